import { z } from 'zod';
import type { Lease } from '../control/maintenance.ts';
import { Refusal } from './route.ts';
import type { Tools } from './tools.ts';

/** What those who have signed in bring with each request, and how they are refused. */

export const lease = z.string().describe('of POST /leases');

export function leaseOf(maintenance: Tools['maintenance'], id = ''): Lease {
  const found = maintenance.use(id);
  if (found !== null) return found;
  throw new Refusal(
    403,
    'NO_LEASE',
    'sign in first (lockerctl login); a lease ends after 5 idle minutes',
  );
}

export function done(changed: boolean): Record<string, never> {
  if (changed) return {};
  throw notNow('nothing changed: it is so already, or somebody is at the slot');
}

export const notNow = (message: string): Refusal => new Refusal(409, 'NOT_NOW', message);

/** Why a door stays shut. */
export const WHY_NOT = {
  busy: 'somebody is at the slot, or another door of yours is open',
  dark: 'its board does not answer',
  jammed: 'its lock is jammed',
  unverified: 'after a restore nobody has confirmed yet what lies there; inspect it first',
  session_over: 'the session is over; sign in again',
} as const;
