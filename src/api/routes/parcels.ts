import { z } from 'zod';
import { evidenceOf } from '../../control/inquiry/evidence.ts';
import { parcelView } from '../../control/inquiry/parcels.ts';
import { ROWS_MAX } from '../limits.ts';
import { parcelNamed } from '../named.ts';
import { type Route, route } from '../route.ts';
import { EVIDENCE, PARCEL } from '../shapes.ts';
import type { Tools } from '../tools.ts';

/** The parcels, and the story of each. */
export function parcelRoutes({ store }: Tools): Route[] {
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
      once: ({ path }) => parcelView(parcelNamed(store, path.name)),
    }),
    route({
      ...{ method: 'GET', path: '/parcels/:name/evidence', role: 'ro' },
      summary: 'the whole story of one parcel, oldest first',
      reply: EVIDENCE,
      once: ({ path }) => evidenceOf(store, parcelNamed(store, path.name)),
    }),
  ];
}
