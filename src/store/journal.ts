import type { Seal } from '../control/ports.ts';
import type { Appended, JournalRow, Store, StoredRow } from '../control/store-port.ts';
import { CHAIN_START, type ChainedRow, checkpointBytes, hex, link } from './chain.ts';
import type { Connection } from './database.ts';

interface Tail {
  readonly seq: number;
  /** Null in rows from before the chain. */
  readonly h: Uint8Array | null;
}

interface Look {
  readonly look: (rows: readonly Appended[]) => void;
  /** Types of rows; all of them unless given. */
  readonly wanted: ReadonlySet<string> | undefined;
}

/** What journal and transactions have to say to each other about one outermost transaction. */
export interface Watch {
  /** Runs its work, and what looks at its rows before the commit. */
  during<T>(work: () => T): T;
  /** It is on disk. */
  after(): void;
}

interface JournalTables extends Pick<Store, 'journal' | 'outbox'> {
  readonly watch: Watch;
}

/** The journal, append-only and chained, and the outbox that names its rows to the cloud. */
export function journalTables(database: Connection, seal: Seal): JournalTables {
  const insert = database.prepare(
    `INSERT INTO journal (seq, id, t, ts, mono, boot, cause, slot, parcel, data, h, sig)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const post = database.prepare('INSERT INTO outbox (seq) VALUES (?)');
  const oldest = database.prepare('SELECT min(seq) AS seq FROM journal');
  const end = database.prepare('SELECT seq, h FROM journal ORDER BY seq DESC LIMIT 1');
  const looks: Look[] = [];
  const listeners = new Set<(rows: readonly Appended[]) => void>();
  let appended: Appended[] = [];

  const append = (row: JournalRow, sign: boolean): number => {
    // Read back each time: whatever was rolled back, the row follows what is there.
    const last = end.get() as Tail | undefined;
    const columns = columnsOf(row, (last?.seq ?? 0) + 1);
    const { seq, id, t, ts, mono, boot, cause, slot, parcel, data } = columns;
    const h = link(seal, last?.h ?? CHAIN_START, columns);
    const sig = sign ? seal.sign(checkpointBytes(seq, h)) : null;
    insert.run(seq, id, t, ts, mono, boot, cause, slot, parcel, data, h, sig);
    post.run(seq);
    appended.push({ ...row, tsWall: ts, mono, seq });
    return seq;
  };
  return {
    journal: {
      append: (row) => append(row, false),
      checkpoint: (row) => append({ ...row, data: { ...row.data, key: seal.key } }, true),
      first: () => (oldest.get() as { seq: number | null }).seq,
      head: () => {
        const last = end.get() as Tail | undefined;
        return last?.h ? { seq: last.seq, hash: hex(last.h) } : null;
      },
      beforeCommit: (look, wanted) => void looks.push({ look, wanted }),
      onCommitted: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      ...purging(database),
      ...reads(database),
    },
    outbox: outboxOf(database),
    watch: {
      during: (work) => {
        appended = [];
        const result = work();
        const rows = [...appended];
        for (const { look, wanted } of looks) {
          const seen = wanted === undefined ? rows : rows.filter(({ t }) => wanted.has(t));
          if (seen.length > 0) look(seen);
        }
        return result;
      },
      after: () => {
        const rows = appended;
        if (rows.length > 0) for (const listener of listeners) listener(rows);
      },
    },
  };
}

function purging(database: Connection): Pick<Store['journal'], 'purgeable' | 'purge'> {
  const found = database.prepare(
    `SELECT max(seq) AS seq FROM journal WHERE sig IS NOT NULL AND ts < :before
       AND seq > (SELECT min(seq) FROM journal)
       AND seq <= (SELECT min(seq) FROM journal) + :rows
       AND (NOT :acknowledged OR NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.seq < journal.seq))`,
  );
  const unpost = database.prepare('DELETE FROM outbox WHERE seq < ?');
  const remove = database.prepare('DELETE FROM journal WHERE seq < ?');
  return {
    purgeable: (beforeWall, rowsMax, acknowledged) => {
      const values = { before: Math.floor(beforeWall), rows: rowsMax };
      const row = found.get({ ...values, acknowledged: acknowledged ? 1 : 0 });
      return (row as { seq: number | null }).seq;
    },
    purge: (from) => {
      unpost.run(from);
      remove.run(from);
    },
  };
}

type Reads = Pick<
  Store['journal'],
  'of' | 'ofSlot' | 'ofTypes' | 'ofSession' | 'tail' | 'lastSlot' | 'after'
>;

function reads(database: Connection): Reads {
  const ofParcel = database.prepare('SELECT * FROM journal WHERE parcel = ? ORDER BY seq');
  const ofSlot = database.prepare(
    'SELECT * FROM journal WHERE slot = ? AND seq BETWEEN ? AND ? ORDER BY seq LIMIT ?',
  );
  const ofTypes = database.prepare(
    `SELECT * FROM journal WHERE seq BETWEEN ? AND ? AND t IN (SELECT value FROM json_each(?))
     ORDER BY seq`,
  );
  const ofSession = database.prepare(
    `SELECT * FROM journal WHERE seq BETWEEN ? AND ? AND cause LIKE 'session:%' || ?
     ORDER BY seq LIMIT ?`,
  );
  const tail = database.prepare('SELECT * FROM journal ORDER BY seq DESC LIMIT ?');
  const last = database.prepare('SELECT slot FROM journal WHERE t = ? ORDER BY seq DESC LIMIT 1');
  const after = database.prepare('SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?');
  const rows = (found: unknown[]): StoredRow[] =>
    found.map((row) => fromRow(row as ChainedRow & Tail));
  return {
    of: (parcel) => rows(ofParcel.all(parcel)),
    ofSlot: (slot, first, last, limit) => rows(ofSlot.all(slot, first, last, limit)),
    ofTypes: (types, first, last) => rows(ofTypes.all(first, last, JSON.stringify(types))),
    ofSession: (end, first, last, limit) => rows(ofSession.all(first, last, end, limit)),
    tail: (count) => rows(tail.all(count)).reverse(),
    lastSlot: (t) => (last.get(t) as { slot: string | null } | undefined)?.slot ?? null,
    after: (seq, limit) => rows(after.all(seq, limit)),
  };
}

function outboxOf(database: Connection): Store['outbox'] {
  const waiting = database.prepare(
    `SELECT count(*) AS count, (
       SELECT ts FROM journal WHERE seq = (SELECT min(seq) FROM outbox)
     ) AS oldestWall FROM outbox`,
  );
  const after = database
    .prepare(
      `SELECT seq, id, t, ts, mono, boot, cause, slot, parcel, data
       FROM outbox JOIN journal USING (seq) WHERE seq > ? ORDER BY seq LIMIT ?`,
    )
    // As lists: to make an object of each row takes longer than to read it.
    .raw();
  const prune = database.prepare('DELETE FROM outbox WHERE seq <= ?');
  const again = database.prepare(
    `INSERT OR IGNORE INTO outbox (seq) SELECT seq FROM journal WHERE seq BETWEEN ? AND ?`,
  );
  return {
    waiting: () => waiting.get() as { count: number; oldestWall: number | null },
    after: (seq, limit) => after.all(seq, limit).map((row) => fromList(row as ColumnList)),
    prune: (upto) => prune.run(upto).changes,
    again: (from, to) => again.run(from, to).changes,
  };
}

type ClockedData = JournalRow['data'] & Partial<Pick<JournalRow, 'clk' | 'clkErrorMs'>>;

function columnsOf(row: JournalRow, seq: number): ChainedRow {
  const { id, t, tsWall, clk, clkErrorMs, mono, boot, cause, slot, parcel } = row;
  const times = { ts: Math.floor(tsWall), mono: Math.floor(mono) };
  // With the data, so that the chain covers them too.
  const data = JSON.stringify({ ...row.data, clk, clkErrorMs });
  return { seq, id, t, ...times, boot, cause, slot, parcel, data };
}

function fromRow(row: ChainedRow & Pick<Tail, 'h'>): StoredRow {
  return { ...eventRow(row), hash: row.h === null ? null : hex(row.h) };
}

type ColumnList = [
  ...[seq: number, id: string, t: string, ts: number, mono: number, boot: string],
  ...[cause: string | null, slot: string | null, parcel: string | null, data: string],
];

function fromList([seq, id, t, ts, mono, boot, cause, slot, parcel, data]: ColumnList): Appended {
  return eventRow({ seq, id, t, ts, mono, boot, cause, slot, parcel, data });
}

function eventRow(row: ChainedRow): Appended {
  const { seq, id, t, mono, boot, cause, slot, parcel } = row;
  // Rows from before it was known say nothing of their clock.
  const { clk = 'unsynced', clkErrorMs = null, ...data } = JSON.parse(row.data) as ClockedData;
  const times = { tsWall: row.ts, clk, clkErrorMs, mono };
  return { seq, id, t, ...times, boot, cause, slot, parcel, data };
}
