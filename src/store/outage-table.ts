import type { Outages } from '../control/store-port.ts';
import type { OutageRecord, Stamp } from '../domain/outage.ts';
import type { Connection } from './database.ts';

interface Body {
  readonly body: string;
}

/** The ledger of outages, and which parcels each of them lengthened (R19, B7). */
export function outageTable(database: Connection): Outages {
  const put = database.prepare(
    `INSERT INTO outages (id, body) VALUES (?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
  );
  const lengthen = database.prepare(
    `INSERT INTO lengthened (parcel, outage, ms) VALUES (?, ?, ?)
     ON CONFLICT (parcel, outage) DO UPDATE SET ms = ms + excluded.ms`,
  );
  const open = database.prepare('SELECT body FROM outages WHERE to_wall IS NULL ORDER BY id');
  const since = database.prepare(
    `SELECT body FROM outages WHERE to_wall IS NULL OR to_wall >= ? ORDER BY id LIMIT ?`,
  );
  const of = database.prepare(
    `SELECT body, ms FROM lengthened JOIN outages ON outages.id = outage
     WHERE lengthened.parcel = ? ORDER BY outages.id`,
  );
  const uncite = database.prepare(
    `DELETE FROM lengthened WHERE outage IN (SELECT id FROM outages WHERE to_wall < ?)`,
  );
  const forget = database.prepare('DELETE FROM outages WHERE to_wall < ?');
  const served = database.prepare('SELECT until FROM served');
  const serve = database.prepare('UPDATE served SET until = ?');
  const record = (row: unknown) => JSON.parse((row as Body).body) as OutageRecord;
  return {
    put: (outage) => void put.run(outage.id, JSON.stringify(outage)),
    lengthen: (parcel, outage, ms) => void lengthen.run(parcel, outage, Math.floor(ms)),
    open: () => open.all().map(record),
    since: (wallMs, limit) => since.all(Math.floor(wallMs), limit).map(record),
    of: (parcel) =>
      of.all(parcel).map((row) => ({ outage: record(row), ms: (row as { ms: number }).ms })),
    forget: (endedBeforeWall) => {
      uncite.run(Math.floor(endedBeforeWall));
      forget.run(Math.floor(endedBeforeWall));
    },
    servedUntil: () => {
      const { until } = served.get() as { until: string | null };
      return until === null ? null : (JSON.parse(until) as Stamp);
    },
    serve: (until) => void serve.run(JSON.stringify(until)),
  };
}
