import { z } from 'zod';
import { lease, leaseOf, notNow, WHY_NOT } from '../lease.ts';
import { parcelNamed } from '../named.ts';
import { type Route, route } from '../route.ts';
import { DONE } from '../shapes.ts';
import type { Tools } from '../tools.ts';

const signedIn = z.strictObject({ lease });

/** What helps a recipient who stands there, and what takes a right away again. */
export function custodyRoutes({ maintenance, store, lostCode, upkeep, grants }: Tools): Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/parcels/:name/reissue', role: 'ctl' },
      summary: 'sends new numbers; the old ones die when a channel has accepted them',
      ...{ body: signedIn, reply: DONE },
      once: async ({ path, body }) => {
        const { person } = leaseOf(maintenance, body.lease);
        const answer = await lostCode.byOperator(parcelNamed(store, path.name).id, person.id);
        if (answer === 'noted') return {};
        throw notNow(`not reissued: ${WHY_NO_NUMBERS[answer]}`);
      },
    }),
    route({
      ...{ method: 'POST', path: '/parcels/:name/handout', role: 'ctl' },
      summary: 'opens the door of a parcel for its recipient; then say what is inside',
      body: signedIn,
      reply: z.strictObject({ slot: z.string() }),
      once: ({ path, body }) => {
        const { session, person } = leaseOf(maintenance, body.lease);
        const { slot, status } = parcelNamed(store, path.name);
        if (slot === null) throw notNow(`not handed out: it is ${status}, and in no slot`);
        // What is expired or cancelled is a courier's to take; what is pending is not there yet.
        if (status !== 'stored') throw notNow(`not handed out: it is ${status}`);
        const answer = upkeep.open(session, person, slot, 'recipient');
        if (answer.kind === 'opening') return { slot };
        throw notNow(WHY_NOT[answer.why]);
      },
    }),
    route({
      ...{ method: 'POST', path: '/parcels/:name/revoke', role: 'ctl' },
      summary: 'voids all signed grants (QR codes) of a parcel; its numbers stay',
      ...{ body: signedIn, reply: DONE },
      once: ({ path, body }) => {
        const { person } = leaseOf(maintenance, body.lease);
        grants.revoke(parcelNamed(store, path.name).id, `technician:${person.id}`);
        return {};
      },
    }),
  ];
}

const WHY_NO_NUMBERS = {
  cannot_send: 'nobody carries messages now',
  busy: 'somebody is at its slot',
  not_stored: 'only a stored parcel has numbers',
} as const;
