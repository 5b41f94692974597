import { z } from 'zod';
import type { Store } from '../../control/store-port.ts';
import { ROWS_MAX } from '../limits.ts';
import { Refusal, type Route, route } from '../route.ts';
import { EVENT } from '../shapes.ts';
import type { Tools } from '../tools.ts';

const AFTER = z.coerce.number().int().min(0);

/** The journal, read and followed. */
export function eventRoutes({ store, trace }: Tools): Route[] {
  return [
    route({
      ...{ method: 'GET', path: '/events', role: 'ro', summary: 'rows of the journal' },
      query: z.strictObject({
        after: AFTER.optional(),
        limit: z.coerce.number().int().min(1).max(ROWS_MAX).default(50),
      }),
      reply: z.array(EVENT),
      once: ({ query: { after, limit } }) =>
        after === undefined ? store.journal.tail(limit) : store.journal.after(after, limit),
    }),
    route({
      ...{ method: 'GET', path: '/events/stream', role: 'ro' },
      summary: 'rows of the journal, each once it is on disk',
      query: z.strictObject({ after: AFTER.optional() }),
      reply: EVENT,
      stream: ({ query }, send) => {
        const { journal } = store;
        const last = journal.head()?.seq ?? 0;
        let seq = query.after ?? last;
        if (last - seq > ROWS_MAX) throw tooFarBack(last);
        const catchUp = (): void => {
          for (const row of rowsAfter(journal, seq)) {
            seq = row.seq;
            send(row);
          }
        };
        catchUp();
        return journal.onCommitted(catchUp);
      },
    }),
    route({
      ...{ method: 'GET', path: '/trace', role: 'ro', type: 'application/x-ndjson' },
      summary: 'the last hours as they came in at the ports, a value of JSON on each line',
      reply: z.string(),
      once: () =>
        trace()
          .map((entry) => `${JSON.stringify(entry)}\n`)
          .join(''),
    }),
  ];
}

/** All that a reader of a stream has not read yet is kept for them. */
const tooFarBack = (last: number): Refusal =>
  new Refusal(
    409,
    'TOO_FAR_BACK',
    `the journal is at ${last}: read with GET /events up to its last ${ROWS_MAX} rows first`,
  );

function* rowsAfter(journal: Store['journal'], seq: number) {
  let at = seq;
  for (;;) {
    const rows = journal.after(at, ROWS_MAX);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_MAX) return;
    at = last.seq;
  }
}
