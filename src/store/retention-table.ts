import type { Store } from '../control/store-port.ts';
import type { Connection } from './database.ts';

/** Parcels that are here, expected, or left at `:ended` or later: what is theirs is needed. */
const LIVE = `(ended_at IS NULL OR ended_at >= :ended)`;
/** Announced and never brought, for as long as records are kept. */
const FORGOTTEN = `status = 'pending' AND slot IS NULL AND body ->> 'createdAtWall' < :before`;

/** What is removed of each table when it is old, at most so many rows at a time. */
const RECORDS = [
  // A former parcel's grants go with it.
  `DELETE FROM parcels WHERE id IN (SELECT id FROM parcels
     WHERE ended_at < :before AND slot IS NULL LIMIT :rows)`,
  `DELETE FROM parcels WHERE id IN (SELECT id FROM parcels WHERE ${FORGOTTEN} LIMIT :rows)`,
  // Ids begin with the time of day, in order (RFC 9562, UUID version 7).
  `DELETE FROM intents WHERE id IN (SELECT id FROM intents WHERE id < :id
     AND id NOT IN (SELECT body ->> 'intent' FROM slots WHERE body ->> 'intent' IS NOT NULL)
     LIMIT :rows)`,
  `DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE id < :id LIMIT :rows)`,
  // Customers whom nobody needs to know any more; staff and the cloud's people are not ours to go.
  `DELETE FROM people WHERE id IN (SELECT id FROM people
     WHERE body ->> 'role' = 'customer' AND body ->> 'origin' = 'kiosk' AND id < :id
     AND NOT EXISTS (SELECT 1 FROM parcels WHERE recipient = people.id) LIMIT :rows)`,
];

const CONTACTS = [
  `UPDATE people SET body = json_set(body, '$.contact', null)
   WHERE body ->> 'contact' IS NOT NULL
     AND body ->> 'role' = 'customer' AND body ->> 'origin' = 'kiosk'
     AND EXISTS (SELECT 1 FROM parcels WHERE recipient = people.id)
     AND NOT EXISTS (SELECT 1 FROM parcels WHERE recipient = people.id AND ${LIVE})`,
  // Nobody can be told any more.
  `DELETE FROM notices WHERE state = 'waiting' AND parcel IS NOT NULL AND NOT EXISTS
     (SELECT 1 FROM parcels WHERE parcels.id = notices.parcel AND ${LIVE})`,
  // Those of one parcel; what somebody has left of tries with an app is named alike, and stays.
  `DELETE FROM budgets WHERE (name GLOB 'second:*' OR name GLOB 'lost-code:*') AND NOT EXISTS
     (SELECT 1 FROM parcels WHERE id = substr(name, instr(name, ':') + 1) AND ${LIVE})`,
];

/** What is kept for a time only, besides the journal. */
export function retentionTable(database: Connection): Store['retention'] {
  const records = RECORDS.map((sql) => database.prepare(sql));
  const contacts = CONTACTS.map((sql) => database.prepare(sql));
  return {
    forgetRecords: (beforeWall, rows) => {
      const before = Math.floor(beforeWall);
      const values = { before, id: idAt(before), rows };
      return records.reduce((sum, statement) => sum + statement.run(values).changes, 0);
    },
    forgetContacts: (endedBeforeWall) => {
      const values = { ended: Math.floor(endedBeforeWall) };
      return contacts.reduce((sum, statement) => sum + statement.run(values).changes, 0);
    },
  };
}

/** Ids that were made before then are smaller. */
function idAt(wallMs: number): string {
  const hex = Math.max(0, wallMs).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
