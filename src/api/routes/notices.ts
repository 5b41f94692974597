import { z } from 'zod';
import { channelViews, noticeView } from '../../control/inquiry/notices.ts';
import { parcelView } from '../../control/inquiry/parcels.ts';
import { lease, leaseOf, notNow } from '../lease.ts';
import { ROWS_MAX } from '../limits.ts';
import { Refusal, type Route, route } from '../route.ts';
import { CHANNEL, DONE, NOTICE, PARCEL } from '../shapes.ts';
import type { Tools } from '../tools.ts';

const limit = z.coerce.number().int().min(1).max(ROWS_MAX).default(ROWS_MAX);

/** What people were told, what waits to be told, and what nobody could be told. */
export function noticeRoutes({ store, notices, maintenance }: Tools): Route[] {
  return [
    route({
      ...{ method: 'GET', path: '/notices', role: 'ro', summary: 'notices, newest first' },
      query: z.strictObject({ state: NOTICE.shape.state.optional(), limit }),
      reply: z.array(NOTICE),
      once: ({ query: { state = null, limit: count } }) =>
        store.notices.list(state, count).map((notice) => noticeView(store, notice)),
    }),
    route({
      ...{ method: 'GET', path: '/notices/channels', role: 'ro', summary: 'how channels work' },
      reply: z.array(CHANNEL),
      once: () => channelViews(store, notices),
    }),
    route({
      ...{ method: 'GET', path: '/notices/untold', role: 'ro' },
      summary: 'parcels here of which no channel has taken a notice, oldest first',
      query: z.strictObject({ limit }),
      reply: z.array(PARCEL),
      once: ({ query }) => store.parcels.untold(query.limit).map(parcelView),
    }),
    route({
      ...{ method: 'POST', path: '/notices/:id/resend', role: 'ctl' },
      summary: 'tells it once more; of a parcel’s numbers, with new ones',
      body: z.strictObject({ lease }),
      reply: DONE,
      once: ({ path: { id = '' }, body }) => {
        const { person } = leaseOf(maintenance, body.lease);
        const notice = store.notices.get(id);
        if (notice === null) throw new Refusal(404, 'NO_NOTICE', `no notice "${id}"`);
        return done(notices.resend(notice, `technician:${person.id}`));
      },
    }),
  ];
}

function done(isSent: boolean): Record<string, never> {
  if (isSent) return {};
  const why = 'it is not true any more, nobody knows an address, or somebody is at the slot';
  throw notNow(`not sent: ${why}`);
}
