import { z } from 'zod';
import { findParcel } from '../../control/inquiry/parcels.ts';
import { leaseOf, notNow, WHY_NOT } from '../lease.ts';
import { Refusal, type Route, route } from '../route.ts';
import { DONE } from '../shapes.ts';
import type { Tools } from '../tools.ts';

const body = z.strictObject({ lease: z.string().describe('of POST /leases') });

/** What helps a recipient who stands there, and what takes a right away again. */
export function custodyRoutes({ maintenance, store, lostCode, upkeep, grants }: Tools): Route[] {
  const parcelOf = (name = '') => {
    const parcel = findParcel(store, name);
    if (parcel === null) throw new Refusal(404, 'NO_PARCEL', `no parcel "${name}"`);
    return parcel;
  };
  return [
    route({
      ...{ method: 'POST', path: '/parcels/:name/reissue', role: 'ctl' },
      summary: 'sends new numbers; the old ones die when a channel has accepted them',
      ...{ body, reply: DONE },
      once: async ({ path, body: { lease } }) => {
        const { person } = leaseOf(maintenance, lease);
        const answer = await lostCode.byOperator(parcelOf(path.name).id, person.id);
        if (answer === 'noted') return {};
        throw notNow(`not reissued: ${WHY_NO_NUMBERS[answer]}`);
      },
    }),
    route({
      ...{ method: 'POST', path: '/parcels/:name/handout', role: 'ctl' },
      summary: 'opens the door of a parcel for its recipient; then say what is inside',
      body,
      reply: z.strictObject({ slot: z.string() }),
      once: ({ path, body: { lease } }) => {
        const { session, person } = leaseOf(maintenance, lease);
        const { slot, status } = parcelOf(path.name);
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
      ...{ body, reply: DONE },
      once: ({ path, body: { lease } }) => {
        const { person } = leaseOf(maintenance, lease);
        grants.revoke(parcelOf(path.name).id, `technician:${person.id}`);
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
