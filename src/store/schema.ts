/** "LKRD": marks the file as ours (SQLite's `application_id`). */
export const APPLICATION_ID = 0x4c4b5244;

/** From this version on the rows of the journal are chained. */
export const CHAINED_VERSION = 2;

/**
 * Numbered forward-only migrations: entry n brings a database of version n to n + 1. Records are
 * JSON in `body`; what is searched or must be unique is a column generated from it.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE slots (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    parcel TEXT AS (body ->> 'parcel') VIRTUAL
  ) STRICT;
  CREATE UNIQUE INDEX slots_parcel ON slots (parcel) WHERE parcel IS NOT NULL;

  CREATE TABLE parcels (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    tail TEXT NOT NULL,
    status TEXT NOT NULL AS (body ->> 'status') VIRTUAL,
    slot TEXT AS (body ->> 'slot') VIRTUAL,
    carrier TEXT NOT NULL AS (body ->> 'carrier') VIRTUAL,
    recipient TEXT NOT NULL AS (body ->> 'recipient') VIRTUAL,
    code_hash TEXT AS (body ->> 'codeHash') VIRTUAL,
    ended_at INTEGER AS (body ->> 'endedAtWall') VIRTUAL
  ) STRICT;
  CREATE UNIQUE INDEX parcels_slot ON parcels (slot) WHERE slot IS NOT NULL;
  CREATE UNIQUE INDEX parcels_code ON parcels (code_hash) WHERE code_hash IS NOT NULL;
  CREATE INDEX parcels_status ON parcels (status);
  CREATE INDEX parcels_recipient ON parcels (recipient)
    WHERE status = 'stored' AND slot IS NOT NULL;
  CREATE INDEX parcels_tail ON parcels (tail) WHERE status = 'pending';
  CREATE INDEX parcels_numbers ON parcels (ended_at) WHERE code_hash IS NOT NULL;

  CREATE TABLE intents (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;

  CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    t TEXT NOT NULL,
    ts INTEGER NOT NULL,
    mono INTEGER NOT NULL,
    boot TEXT NOT NULL,
    cause TEXT,
    slot TEXT,
    parcel TEXT,
    data TEXT NOT NULL
  ) STRICT;
  CREATE INDEX journal_parcel ON journal (parcel) WHERE parcel IS NOT NULL;

  CREATE TABLE outbox (seq INTEGER PRIMARY KEY REFERENCES journal (seq)) STRICT;

  CREATE TABLE budgets (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;

  CREATE TABLE people (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    staff_hash TEXT AS (body ->> 'staffHash') VIRTUAL,
    phone_hash TEXT AS (body ->> 'phoneHash') VIRTUAL
  ) STRICT;
  CREATE UNIQUE INDEX people_staff ON people (staff_hash) WHERE staff_hash IS NOT NULL;
  CREATE UNIQUE INDEX people_phone ON people (phone_hash) WHERE phone_hash IS NOT NULL;

  CREATE TABLE notices (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    channel TEXT NOT NULL AS (body ->> 'channel') VIRTUAL,
    accepted_at INTEGER AS (body ->> 'acceptedAtWall') VIRTUAL
  ) STRICT;
  CREATE INDEX notices_waiting ON notices (channel, id) WHERE accepted_at IS NULL;
  `,
  // The journal's chain (docs/AUDIT.md). Rows from before it have no hash and get none: nobody
  // could tell any more whether they are what was written.
  `
  ALTER TABLE journal ADD COLUMN h BLOB;
  ALTER TABLE journal ADD COLUMN sig BLOB;
  `,
  // Which life of the database this is: one row, whose epoch is null until an opener begins one.
  `
  CREATE TABLE identity (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT
  ) STRICT;
  INSERT INTO identity (one) VALUES (1);
  `,
  // Announced parcels may weigh and measure something, and have a slot held for them.
  `
  UPDATE parcels SET body = json_set(body, '$.load', json('{}'), '$.reservedUntilWall', null);
  `,
  // What a start must know of the time of day (R25); always one row.
  `
  CREATE TABLE clock (floor_ms INTEGER NOT NULL, was_doubted INTEGER NOT NULL) STRICT;
  INSERT INTO clock VALUES (0, 0);
  `,
  // A parcel says which numbers are asked for; before that it said whether they came one way.
  `
  UPDATE parcels SET body = json_remove(
    json_set(body, '$.policy', iif(body ->> '$.singleChannel', 'code', 'code+otp')),
    '$.singleChannel'
  );
  `,
  // Where a restored database came from, until what follows from that was booked.
  `
  ALTER TABLE identity ADD COLUMN restored TEXT;
  `,
  // People quote a parcel's reference.
  `
  ALTER TABLE parcels ADD COLUMN ref TEXT AS (body ->> 'ref') VIRTUAL;
  CREATE INDEX parcels_ref ON parcels (ref);
  `,
  // Technicians and admins may have an app that makes numbers.
  `
  UPDATE people SET body = json_set(body, '$.totp', null);
  `,
  // The story of a parcel holds what happened to its slots meanwhile.
  `
  CREATE INDEX journal_slot ON journal (slot, seq) WHERE slot IS NOT NULL;
  `,
  // A recipient may leave a parcel behind, or say that it was not there.
  `
  UPDATE parcels SET body = json_set(body, '$.said', null);
  `,
  // The ledger of outages, the parcels that each lengthened, and until when the kiosk served (R19).
  `
  CREATE TABLE outages (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    to_wall INTEGER AS (body ->> '$.to.wallMs') VIRTUAL
  ) STRICT;
  CREATE INDEX outages_to ON outages (to_wall);
  CREATE TABLE lengthened (
    parcel TEXT NOT NULL,
    outage TEXT NOT NULL REFERENCES outages (id),
    ms INTEGER NOT NULL,
    PRIMARY KEY (parcel, outage)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX lengthened_outage ON lengthened (outage);
  CREATE TABLE served (until TEXT) STRICT;
  INSERT INTO served VALUES (NULL);
  `,
  // What the cloud asked for, each with its one result; and small things to keep by name.
  `
  CREATE TABLE commands (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    seq INTEGER AS (body ->> 'finishedSeq') VIRTUAL,
    received_at INTEGER AS (body ->> 'receivedAtWall') VIRTUAL
  ) STRICT;
  CREATE INDEX commands_open ON commands (id) WHERE seq IS NULL;
  CREATE INDEX commands_finished ON commands (seq) WHERE seq IS NOT NULL;

  CREATE TABLE kept (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  `,
  // Signed pickup grants: which generation of a parcel's grants holds, and which were used (M17).
  `
  UPDATE parcels SET body = json_set(body, '$.gen', 0);
  CREATE INDEX parcels_grant ON parcels (substr(id, -12));
  CREATE TABLE grants (
    parcel TEXT NOT NULL REFERENCES parcels (id) ON DELETE CASCADE,
    gen INTEGER NOT NULL,
    nonce INTEGER NOT NULL,
    intent TEXT NOT NULL,
    spent INTEGER NOT NULL,
    PRIMARY KEY (parcel, gen, nonce)
  ) STRICT, WITHOUT ROWID;
  `,
  // A grant may be under way whose generation does not hold yet.
  `
  UPDATE parcels SET body = json_set(body, '$.lastGen', body ->> 'gen');
  `,
  // Whom the cloud has named is the cloud's to take back; everybody until then came from here.
  `
  UPDATE people SET body = json_set(body, '$.origin', 'kiosk');
  CREATE INDEX people_cloud ON people (id) WHERE body ->> 'origin' = 'cloud';
  `,
  // Old commands are looked for every few seconds, and each look read all that are kept.
  `
  CREATE INDEX commands_received ON commands (received_at);
  `,
  // What is old is found by its end, and whom nobody needs to know by having no parcel.
  `
  DROP INDEX parcels_recipient;
  CREATE INDEX parcels_recipient ON parcels (recipient);
  CREATE INDEX parcels_ended ON parcels (ended_at) WHERE ended_at IS NOT NULL;
  CREATE INDEX people_reached ON people (id) WHERE body ->> 'contact' IS NOT NULL;
  `,
  // A notice waits, was accepted, was given up, or is not true any more; and each has its turn.
  `
  DROP INDEX notices_waiting;
  ALTER TABLE notices DROP COLUMN accepted_at;
  UPDATE notices SET body = json_remove(json_set(body,
    '$.state', iif(body ->> '$.acceptedAtWall' IS NULL, 'waiting', 'accepted'),
    '$.why', null, '$.dueMono', 0, '$.refusedBy', json('[]'),
    '$.endedAtWall', body -> '$.acceptedAtWall'
  ), '$.acceptedAtWall');
  ALTER TABLE notices ADD COLUMN state TEXT AS (body ->> '$.state') VIRTUAL;
  ALTER TABLE notices ADD COLUMN due REAL AS (body ->> '$.dueMono') VIRTUAL;
  ALTER TABLE notices ADD COLUMN ended_at INTEGER AS (body ->> '$.endedAtWall') VIRTUAL;
  ALTER TABLE notices ADD COLUMN recipient TEXT AS (body ->> '$.recipient') VIRTUAL;
  ALTER TABLE notices ADD COLUMN parcel TEXT AS (body ->> '$.parcel') VIRTUAL;
  CREATE INDEX notices_due ON notices (channel, due, id) WHERE state = 'waiting';
  CREATE INDEX notices_state ON notices (state, id);
  CREATE INDEX notices_sent ON notices (recipient, ended_at) WHERE state = 'accepted';
  CREATE INDEX notices_parcel ON notices (parcel) WHERE parcel IS NOT NULL;
  `,
  // Which notices let somebody collect (of older ones it is taken to be all with numbers), what
  // tells the operator the same, and which code is promised to a parcel while a notice waits.
  `
  UPDATE notices SET body = json_set(body,
    '$.hasCode', json(iif(body ->> '$.kind' IN ('STORED', 'CODE_REISSUED'), 'true', 'false')),
    '$.topic', null
  );
  ALTER TABLE notices ADD COLUMN topic TEXT AS (body ->> '$.topic') VIRTUAL;
  CREATE INDEX notices_topic ON notices (channel, topic)
    WHERE state = 'waiting' AND topic IS NOT NULL;
  ALTER TABLE parcels ADD COLUMN next_code_hash TEXT AS (body ->> '$.nextCodeHash') VIRTUAL;
  CREATE INDEX parcels_next_code ON parcels (next_code_hash) WHERE next_code_hash IS NOT NULL;
  `,
];
