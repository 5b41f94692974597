import { z } from 'zod';
import { ROLES as PERSON_ROLES, PIN_DIGITS_MIN } from '../../domain/person.ts';
import { lease, leaseOf } from '../lease.ts';
import { ROWS_MAX } from '../limits.ts';
import { Refusal, type Route, route } from '../route.ts';
import { DONE, PERSON } from '../shapes.ts';
import type { Tools } from '../tools.ts';

const PIN_SHAPE = new RegExp(`^\\d{${PIN_DIGITS_MIN},}$`);
const pin = z.string().regex(PIN_SHAPE, `at least ${PIN_DIGITS_MIN} digits and nothing else`);
/** As the phone numbers of the config's people. */
const phone = z.string().regex(/^\+?[\d ()/-]{4,32}$/, 'a phone number, such as +49 8382 123456');

/** Who may do what here; technicians and admins are added at the machine's own files (M9). */
export function peopleRoutes(tools: Tools): Route[] {
  return [listRoute(tools), ...addRoutes(tools), ...staffRoutes(tools)];
}

/** @throws Refusal of a PIN that would let in whoever tries the usual ones. */
function judge(people: Tools['people'], given: string): void {
  const trouble = people.pinTrouble(given);
  if (trouble !== null) throw new Refusal(400, 'BAD_PIN', trouble);
}

function listRoute({ people }: Tools): Route {
  return route({
    ...{ method: 'GET', path: '/people', role: 'ro' },
    summary: 'people, without anything that leads to them',
    query: z.strictObject({ role: z.enum(PERSON_ROLES) }),
    reply: z.array(PERSON),
    once: ({ query }) => people.list(query.role, ROWS_MAX),
  });
}

function addRoutes({ maintenance, people, language }: Tools): Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/couriers', role: 'ctl' },
      summary: 'adds a courier; the answer has the staff number, shown only now',
      body: z.strictObject({ lease, carrier: z.string().min(1).max(64), pin }),
      reply: z.strictObject({ staff: z.string() }),
      once: async ({ body }) => {
        const { person } = leaseOf(maintenance, body.lease);
        judge(people, body.pin);
        return { staff: await people.addCourier(body.carrier, body.pin, person.id) };
      },
    }),
    route({
      ...{ method: 'POST', path: '/users', role: 'ctl' },
      summary: 'adds a customer, or replaces what is known of one with this phone',
      body: z.strictObject({
        ...{ lease, phone, email: z.email().optional() },
        needsLowSlot: z.boolean().optional().describe('as it was unless it is said'),
      }),
      reply: z.strictObject({ id: z.string() }),
      once: ({ body }) => {
        const { person } = leaseOf(maintenance, body.lease);
        const contact = { phone: body.phone, email: body.email ?? null, language };
        return { id: people.addCustomer(contact, body.needsLowSlot, person.id) };
      },
    }),
  ];
}

function staffRoutes({ maintenance, people, signIn }: Tools): Route[] {
  const known = (id: string, isKnown: boolean): Record<string, never> => {
    if (isKnown) return {};
    const what = `no courier "${id}" with a staff number`;
    throw new Refusal(404, 'NO_PERSON', `${what}; lockerctl couriers list`);
  };
  return [
    route({
      ...{ method: 'POST', path: '/couriers/:person/pin', role: 'ctl' },
      summary: 'gives a courier another PIN; one that was disabled may work again',
      body: z.strictObject({ lease, pin }),
      reply: DONE,
      once: async ({ path: { person: id = '' }, body }) => {
        const { person } = leaseOf(maintenance, body.lease);
        judge(people, body.pin);
        return known(id, await people.setPin(id, body.pin, person.id));
      },
    }),
    route({
      ...{ method: 'POST', path: '/couriers/:person/disable', role: 'ctl' },
      summary: 'no PIN lets this courier in any more',
      body: z.strictObject({ lease }),
      reply: DONE,
      once: ({ path: { person: id = '' }, body }) => {
        const { person } = leaseOf(maintenance, body.lease);
        return known(id, people.disable(id, person.id));
      },
    }),
    route({
      ...{ method: 'POST', path: '/couriers/:person/unblock', role: 'ctl' },
      summary: 'lets a courier try again who typed too many wrong PINs',
      body: z.strictObject({ lease }),
      reply: DONE,
      once: ({ path: { person: id = '' }, body }) => {
        const { person } = leaseOf(maintenance, body.lease);
        return known(id, people.isCourier(id) && signIn.unblock(id, person.id));
      },
    }),
  ];
}
