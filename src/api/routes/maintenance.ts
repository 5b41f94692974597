import { z } from 'zod';
import { LEASE_MAX_MS, type Lease } from '../../control/maintenance.ts';
import { TOTAL_DAYS_MAX } from '../../domain/hold.ts';
import { FINDS, OPEN_REASONS } from '../../domain/slot.ts';
import { done, lease, leaseOf, notNow, WHY_NOT } from '../lease.ts';
import { parcelNamed } from '../named.ts';
import { Refusal, type Route, route } from '../route.ts';
import { DONE, LEASE } from '../shapes.ts';
import type { Tools } from '../tools.ts';

const reason = z.enum(OPEN_REASONS);

/** What moves something: for a technician or admin who has signed in, with a reason. */
export function maintenanceRoutes(tools: Tools): Route[] {
  return [...leaseRoutes(tools), ...slotRoutes(tools), ...parcelRoutes(tools)];
}

function leaseRoutes({ maintenance }: Tools): Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/leases', role: 'ctl' },
      summary: 'signs a technician or admin in; one at a time',
      body: z.strictObject({ staff: z.string(), pin: z.string() }),
      reply: LEASE,
      once: async ({ body: { staff, pin }, uid }) => {
        const answer = await maintenance.begin(staff, pin, uid);
        if (answer.kind === 'yours') {
          return { lease: answer.lease.id, idleSeconds: LEASE_MAX_MS / 1_000 };
        }
        if (answer.kind === 'wrong') {
          throw new Refusal(403, 'WRONG', 'no technician or admin has this staff number and PIN');
        }
        if (answer.kind === 'wait') {
          throw new Refusal(403, 'WAIT', `too many wrong tries; next in ${seconds(answer.waitMs)}`);
        }
        const { by, forMs } = answer;
        throw new Refusal(409, 'TAKEN', `${by} is at work here, for ${seconds(forMs)} at least`);
      },
    }),
    route({
      ...{ method: 'DELETE', path: '/leases/:lease', role: 'ctl', summary: 'signs out' },
      reply: DONE,
      once: ({ path }) => {
        leaseOf(maintenance, path.lease);
        maintenance.end();
        return {};
      },
    }),
  ];
}

function slotRoutes({ maintenance, upkeep, supervisor }: Tools): Route[] {
  const slotOf = (path: Readonly<Record<string, string>>) => {
    const id = `${path.locker}/${path.slot}`;
    const record = supervisor.find(id);
    if (record === null) throw new Refusal(404, 'NO_SLOT', `no slot "${id}"`);
    return record;
  };
  return [
    route({
      ...{ method: 'POST', path: '/slots/:locker/:slot/open', role: 'ctl' },
      summary: 'opens one door; what was seen inside has to be said afterwards',
      body: z.strictObject({ lease, reason }),
      reply: DONE,
      once: ({ path, body }) => {
        const { session, person } = leaseOf(maintenance, body.lease);
        const answer = upkeep.open(session, person, slotOf(path).id, body.reason);
        if (answer.kind === 'opening') return {};
        throw notNow(WHY_NOT[answer.why]);
      },
    }),
    route({
      ...{ method: 'POST', path: '/slots/:locker/:slot/block', role: 'ctl' },
      summary: 'takes a slot out of service; what is in it stays on record',
      body: z.strictObject({ lease, reason }),
      reply: DONE,
      once: ({ path, body }) => {
        const { person } = leaseOf(maintenance, body.lease);
        return done(upkeep.block(person, slotOf(path).id, body.reason));
      },
    }),
    route({
      ...{ method: 'POST', path: '/slots/:locker/:slot/unblock', role: 'ctl' },
      summary: 'gives back a slot that was taken out of service',
      body: z.strictObject({ lease }),
      reply: DONE,
      once: ({ path, body }) => {
        const { person } = leaseOf(maintenance, body.lease);
        return done(upkeep.unblock(person, slotOf(path).id));
      },
    }),
    route({
      ...{ method: 'POST', path: '/slots/:locker/:slot/inspect', role: 'ctl' },
      summary: 'says what somebody saw inside; that is the truth from then on',
      body: z.strictObject({ lease, found: z.enum(FINDS) }),
      reply: DONE,
      once: ({ path, body }) => {
        const { person } = leaseOf(maintenance, body.lease);
        return done(upkeep.found(person, slotOf(path), body.found));
      },
    }),
  ];
}

function parcelRoutes({ maintenance, store, extend, cancel }: Tools): Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/parcels/:name/cancel', role: 'ctl' },
      summary: 'cancels a parcel, for an admin: its numbers die, a courier may take it away',
      body: z.strictObject({ lease }),
      reply: DONE,
      once: ({ path, body }) => {
        const { person } = leaseOf(maintenance, body.lease);
        const { id } = parcelNamed(store, path.name);
        // As at the keypad: technicians see to doors, and take nobody's parcel away (M5, M9).
        if (person.role !== 'admin') {
          throw new Refusal(
            403,
            'ADMINS_ONLY',
            'only an admin may cancel a parcel; sign in as one',
          );
        }
        const answer = cancel.byOperator(id, authorOf(person));
        if (answer.kind === 'cancelled') return {};
        const why = answer.kind === 'told' ? `it is ${answer.status}` : WHY_NOT.busy;
        throw notNow(`not cancelled: ${why}`);
      },
    }),
    route({
      ...{ method: 'POST', path: '/parcels/:name/extend', role: 'ctl' },
      summary: 'lengthens the hold of a parcel by whole days',
      body: z.strictObject({ lease, days: z.int().min(1).max(TOTAL_DAYS_MAX) }),
      reply: DONE,
      once: ({ path, body }) => {
        const { person } = leaseOf(maintenance, body.lease);
        const answer = extend.byDays(parcelNamed(store, path.name).id, body.days, authorOf(person));
        if (answer.kind === 'extended') return {};
        const why =
          answer.kind === 'told'
            ? `it is ${answer.status}`
            : `it is held for ${answer.totalDays} days already, at most ${TOTAL_DAYS_MAX}`;
        throw notNow(`not extended: ${why}`);
      },
    }),
  ];
}

/** As the keypad writes it into the rows of parcels. */
const authorOf = ({ role, id }: Lease['person']): string => `${role}:${id}`;

const seconds = (ms: number): string => `${Math.ceil(ms / 1_000)} s`;
