import type { NoticeRecord, NoticeStore } from '../control/notice-port.ts';
import type { Channel } from '../control/ports.ts';
import type { Connection } from './database.ts';

/** A table whose records are JSON in `body`, as the store has them. */
interface Table {
  get(id: string): NoticeRecord | null;
  put(id: string, record: NoticeRecord): void;
  where(condition: string): (...values: readonly unknown[]) => NoticeRecord[];
  one(condition: string): (...values: readonly unknown[]) => NoticeRecord | null;
}

/** The queue of notices, and what became of them. */
export function noticeTable(database: Connection, table: Table): NoticeStore {
  const next = database.prepare(
    `SELECT due FROM notices WHERE state = 'waiting' AND channel = ? ORDER BY due, id LIMIT 1`,
  );
  const hasten = database.prepare(
    `UPDATE notices SET body = json_set(body, '$.dueMono', 0)
     WHERE state = 'waiting' AND due > 0
       AND (@channel IS NULL OR channel = @channel AND body ->> 'isHeldUp')`,
  );
  const queue = database.prepare(
    `SELECT channel, count(*) AS count, min(body ->> 'createdAtWall') AS oldestWall
     FROM notices WHERE state = 'waiting' GROUP BY channel`,
  );
  const sent = database.prepare(
    `SELECT count(*) AS n FROM notices
     WHERE state = 'accepted' AND recipient = ? AND ended_at >= ?`,
  );
  const all = table.where('true ORDER BY id DESC LIMIT ?');
  const ofState = table.where('state = ? ORDER BY id DESC LIMIT ?');
  return {
    get: table.get,
    put: (notice) => table.put(notice.id, notice),
    due: table.where(`state = 'waiting' AND channel = ? AND due <= ? ORDER BY due, id LIMIT ?`),
    nextDueMono: (channel) => (next.get(channel) as { due: number } | undefined)?.due ?? null,
    hasten: (channel) => void hasten.run({ channel }),
    waitingAfter: table.where(`state = 'waiting' AND channel = ? AND id > ? ORDER BY id LIMIT ?`),
    of: table.where('parcel = ? ORDER BY id'),
    waitingOn: table.one(`state = 'waiting' AND channel = ? AND topic = ?`),
    list: (state, limit) => (state === null ? all(limit) : ofState(state, limit)),
    queue: () => queue.all() as { channel: Channel; count: number; oldestWall: number }[],
    sentSince: (recipient, sinceWall) =>
      (sent.get(recipient, Math.floor(sinceWall)) as { n: number }).n,
  };
}
