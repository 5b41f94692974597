import { z } from 'zod';
import { findParcel, parcelView } from '../../control/inquiry/parcels.ts';
import { ROWS_MAX } from '../limits.ts';
import { Refusal, type Route, route } from '../route.ts';
import { EVENT, PARCEL } from '../shapes.ts';
import type { Tools } from '../tools.ts';

/** The parcels, and what the journal says of each. */
export function parcelRoutes({ store }: Tools): Route[] {
  const found = (name = '') => {
    const parcel = findParcel(store, name);
    if (parcel === null) throw new Refusal(404, 'NO_PARCEL', `no parcel "${name}"`);
    return parcel;
  };
  return [
    route({
      ...{ method: 'GET', path: '/parcels', role: 'ro', summary: 'parcels, newest first' },
      query: z.strictObject({
        status: PARCEL.shape.status.optional(),
        limit: z.coerce.number().int().min(1).max(ROWS_MAX).default(ROWS_MAX),
      }),
      reply: z.array(PARCEL),
      once: ({ query }) => store.parcels.list(query.status ?? null, query.limit).map(parcelView),
    }),
    route({
      ...{ method: 'GET', path: '/parcels/:name', role: 'ro', summary: 'one parcel' },
      reply: PARCEL,
      once: ({ path }) => parcelView(found(path.name)),
    }),
    route({
      ...{ method: 'GET', path: '/parcels/:name/events', role: 'ro' },
      summary: 'what the journal says of one parcel, oldest first',
      reply: z.array(EVENT),
      once: ({ path }) => store.journal.of(found(path.name).id),
    }),
  ];
}
