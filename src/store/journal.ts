import type { JournalRow, Store } from '../control/ports.ts';
import type { Connection } from './database.ts';

interface Row {
  readonly seq: number;
  readonly id: string;
  readonly t: string;
  readonly ts: number;
  readonly mono: number;
  readonly boot: string;
  readonly cause: string | null;
  readonly slot: string | null;
  readonly parcel: string | null;
  readonly data: string;
}

/** The journal, append-only, and the outbox that names its rows to the cloud. */
export function journalTables(database: Connection): Pick<Store, 'journal' | 'outbox'> {
  const append = database.prepare(
    `INSERT INTO journal (id, t, ts, mono, boot, cause, slot, parcel, data)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const post = database.prepare('INSERT INTO outbox (seq) VALUES (?)');
  const ofParcel = database.prepare('SELECT * FROM journal WHERE parcel = ? ORDER BY seq');
  const tail = database.prepare('SELECT * FROM journal ORDER BY seq DESC LIMIT ?');
  const waiting = database.prepare(
    `SELECT count(*) AS count, (
       SELECT ts FROM journal WHERE seq = (SELECT min(seq) FROM outbox)
     ) AS oldestWall FROM outbox`,
  );
  return {
    journal: {
      append: (row) => {
        const { id, t, tsWall, mono, boot, cause, slot, parcel, data } = row;
        const times = [Math.floor(tsWall), Math.floor(mono)];
        const fields = [boot, cause, slot, parcel, JSON.stringify(data)];
        const { lastInsertRowid } = append.run(id, t, ...times, ...fields);
        post.run(lastInsertRowid);
        return Number(lastInsertRowid);
      },
      of: (parcel) => ofParcel.all(parcel).map((row) => fromRow(row as Row)),
      tail: (count) =>
        tail
          .all(count)
          .map((row) => fromRow(row as Row))
          .reverse(),
    },
    outbox: {
      waiting: () => waiting.get() as { count: number; oldestWall: number | null },
    },
  };
}

function fromRow(row: Row): JournalRow {
  const { id, t, mono, boot, cause, slot, parcel } = row;
  const data = JSON.parse(row.data) as JournalRow['data'];
  return { id, t, tsWall: row.ts, mono, boot, cause, slot, parcel, data };
}
