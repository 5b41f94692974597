import { freshFolder } from './folder.ts';
import { PickupSite } from './pickup-site.ts';
import { atLeast, type Row } from './row.ts';
import type { Say } from './say.ts';

/** One bus, and so one supply: one lock at a time. */
const WALL = { buses: 1, boards: 3, channels: 48 } as const;
const SESSIONS = 100;
const PICKUPS_PER_MIN = 50;
const MINUTE_MS = 60_000;

/**
 * Everybody stays at the keypad until the last one has left: so many sessions are open, while one
 * pickup after the other goes through one bus. In the kiosk's own time, so that it is exact.
 */
export async function sessions(say: Say): Promise<Row[]> {
  const site = new PickupSite(freshFolder('sessions'), WALL);
  const courier = await site.courier();
  say(`storing ${SESSIONS} parcels`);
  const stored = Array.from({ length: SESSIONS }, () => site.store(courier));
  site.rest();
  const fromMs = site.clock.monoMs();
  site.pickUp(stored);
  const perMin = (SESSIONS * MINUTE_MS) / (site.clock.monoMs() - fromMs);
  await site.stop();
  return [atLeast('pickups with 100 open sessions, one bus', perMin, 'per min', PICKUPS_PER_MIN)];
}
