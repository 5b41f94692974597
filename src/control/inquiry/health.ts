import type { SitePlan } from '../../domain/site.ts';
import type { StoredRow } from '../store-port.ts';
import { type LongRead, rowsOfTypes } from './long-read.ts';

/** What the first and the last so many openings took is held against each other. */
const FIRST = 20;
const LAST = 10;
/** With fewer than that nothing is said. */
const OPENINGS_MIN = 5;
/** Slower than this is no drift but a door that somebody pulled later. */
const OPENING_MS_MAX = 5_000;
/** A lock that sticks: half as long again, and by more than the boards' polling explains. */
const SLOW_FACTOR = 1.5;
const SLOW_MS_MIN = 100;

interface LockHealth {
  readonly slot: string;
  /** How many openings were measured. */
  readonly openings: number;
  /** Median time from the board's answer to the open door; null where too few were seen. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly verdict: 'good' | 'slow' | 'unknown';
}

/** B12: a lock that takes longer and longer to open is about to jam. */
export async function healthOf({
  site,
  ...read
}: LongRead & { readonly site: SitePlan }): Promise<LockHealth[]> {
  const times = await openingTimes(read);
  return site.slots.map(({ id }) => judged(id, times.get(id) ?? []));
}

/** For each slot, from the answer to a pulse to the door that was seen open. */
async function openingTimes(read: LongRead): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>();
  const pulsed = new Map<string, StoredRow>();
  for await (const row of rowsOfTypes(read, ['pulse.result', 'slot.opened'])) {
    const slot = row.slot ?? '';
    const pulse = pulsed.get(slot);
    if (row.t === 'pulse.result') pulsed.set(slot, row);
    else if (pulse?.boot === row.boot) {
      pulsed.delete(slot);
      const tookMs = row.mono - pulse.mono;
      const all = times.get(slot) ?? [];
      if (tookMs >= 0 && tookMs <= OPENING_MS_MAX) all.push(tookMs);
      times.set(slot, all);
    }
  }
  return times;
}

function judged(slot: string, times: readonly number[]): LockHealth {
  const openings = times.length;
  if (openings < OPENINGS_MIN) {
    return { slot, openings, firstMs: null, lastMs: null, verdict: 'unknown' };
  }
  const firstMs = median(times.slice(0, FIRST));
  const lastMs = median(times.slice(-LAST));
  const isSlow = lastMs > firstMs * SLOW_FACTOR && lastMs - firstMs > SLOW_MS_MIN;
  return { slot, openings, firstMs, lastMs, verdict: isSlow ? 'slow' : 'good' };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
