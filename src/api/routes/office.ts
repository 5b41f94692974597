import { z } from 'zod';
import { healthOf } from '../../control/inquiry/health.ts';
import { oneAtATime } from '../../control/inquiry/long-read.ts';
import { refOf } from '../../control/inquiry/reference.ts';
import { reportOf } from '../../control/inquiry/report.ts';
import { lease, leaseOf, notNow } from '../lease.ts';
import { Refusal, type Route, route } from '../route.ts';
import { DONE, HEALTH, REFERENCE, REPORT } from '../shapes.ts';
import type { Tools } from '../tools.ts';

const wall = z.coerce.number().int().min(0);

/** What is made of many rows of the journal, and what is done to the kiosk as a whole. */
export function officeRoutes(tools: Tools): Route[] {
  return [...inquiryRoutes(tools), ...kioskRoutes(tools)];
}

function inquiryRoutes({ site, store, clock, breath, busReport }: Tools): Route[] {
  const inTurn = oneAtATime();
  return [
    route({
      ...{ method: 'GET', path: '/report', role: 'ro' },
      summary: 'how many parcels came and went, and how the slots of each size were used',
      query: z.strictObject({ from: wall, to: wall.optional() }),
      reply: REPORT,
      once: ({ query: { from, to = Math.floor(clock.wallMs()) } }) => {
        if (from < to) return inTurn(() => reportOf({ site, store, breath }, from, to));
        throw new Refusal(400, 'BAD_REQUEST', `"from" is ${from}: before "to", which is ${to}`);
      },
    }),
    route({
      ...{ method: 'GET', path: '/health', role: 'ro' },
      summary: 'how long each lock takes to open, against how long it took at first',
      reply: HEALTH,
      once: () => inTurn(() => healthOf({ site, store, breath })),
    }),
    route({
      ...{ method: 'GET', path: '/refs/:ref', role: 'ro' },
      summary: 'what a reference of a screen stands for: a parcel, or a visit to the keypad',
      reply: REFERENCE,
      once: async ({ path: { ref = '' } }) => {
        const found = await inTurn(() => refOf({ store, breath }, ref));
        if (found === null) throw new Refusal(404, 'NO_REF', `nothing here is called "${ref}"`);
        return found;
      },
    }),
    route({
      ...{ method: 'GET', path: '/buses', role: 'ro' },
      summary: 'how buses and boards answered, with the last frames, in lines for a person',
      reply: z.array(z.string()),
      once: () => busReport(),
    }),
  ];
}

function kioskRoutes({ maintenance, backups, time }: Tools): Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/backups', role: 'ctl' },
      summary: 'copies the database; answers when the copy is verified',
      body: z.strictObject({ lease }),
      reply: z.strictObject({ name: z.string() }),
      once: async ({ body }) => {
        leaseOf(maintenance, body.lease);
        const name = await backups.now();
        if (name === null)
          throw new Refusal(503, 'NO_BACKUP', 'no copy could be made; see the log');
        return { name };
      },
    }),
    route({
      ...{ method: 'POST', path: '/clock', role: 'ctl' },
      summary: 'says what time it is, where nobody else can (R25)',
      body: z.strictObject({
        lease,
        at: z.iso.datetime({ offset: true }),
        sure: z.boolean().optional(),
      }),
      reply: DONE,
      once: ({ body }) => {
        const { person } = leaseOf(maintenance, body.lease);
        const answer = time.setBy(person.id, Date.parse(body.at), body.sure);
        if (answer.kind === 'set') return {};
        const floor = new Date(answer.floorMs).toISOString();
        if (answer.kind === 'far_ahead') {
          throw notNow(`not set: the clock says ${floor}, and time never goes back; is that sure?`);
        }
        throw notNow(`not set: time never goes back, and it was ${floor} already`);
      },
    }),
  ];
}
