import { putHistory } from './filled-store.ts';
import { freshFolder } from './folder.ts';
import { PickupSite } from './pickup-site.ts';
import { atMost, ninetyNineOf100, type Row } from './row.ts';
import type { Say } from './say.ts';

/** 1024 slots. */
const WALL = { buses: 32, boards: 1, channels: 32 } as const;
const HISTORY_PARCELS = 100_000;
/** As many as the budget of R13 lets through at once. */
const BATCH_PICKUPS = 30;
/** The first batch warms up the code. */
const BATCHES = 5;
const DECISION_MS_MAX = 20;

/**
 * From the last key of both numbers to the unlock that is handed to the bus, the commit of the
 * armed intent included: a full-size wall, and the parcels of years in the database.
 */
export async function decisions(say: Say): Promise<Row[]> {
  const site = new PickupSite(freshFolder('decisions'), WALL);
  say(`${HISTORY_PARCELS} parcels of former years`);
  putHistory(site.kiosk.app.store, HISTORY_PARCELS);
  const courier = await site.courier();
  say(`storing ${BATCHES * BATCH_PICKUPS} parcels`);
  const stored = Array.from({ length: BATCHES * BATCH_PICKUPS }, () => site.store(courier));
  site.pickUp(stored.splice(0, BATCH_PICKUPS));
  const decisionsMs: number[] = [];
  while (stored.length > 0) {
    site.rest();
    decisionsMs.push(...site.pickUp(stored.splice(0, BATCH_PICKUPS)));
  }
  await site.stop();
  const slowMs = ninetyNineOf100(decisionsMs);
  const name = 'last key to the unlock at 1024 slots, 99 of 100';
  return [atMost(name, slowMs, 'ms', DECISION_MS_MAX)];
}
