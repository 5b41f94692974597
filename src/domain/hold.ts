/** How long a parcel may lie: a counter of serviceable time, never wall time (R19). */
export interface HoldRecord {
  readonly totalMs: number;
  readonly remindBeforeMs: number;
  readonly countedMs: number;
  readonly reminded: boolean;
  /** The counter starts when one channel accepted the notice, or 24 h after the drop. */
  readonly told: boolean;
  readonly untoldMs: number;
}

export const DAY_MS = 86_400_000;
/** However often it is extended, a hold is no longer (R19). */
export const TOTAL_DAYS_MAX = 14;
/** Without an accepted notice the counter starts after this, with an alarm (R19). */
const UNTOLD_MAX_MS = DAY_MS;

export function newHold(totalMs: number, remindBeforeMs: number): HoldRecord {
  return { totalMs, remindBeforeMs, countedMs: 0, reminded: false, told: false, untoldMs: 0 };
}

/**
 * Adds the time that has passed: `isServed` when the parcel could have been collected in it. Before
 * anybody was told, all of it counts as time without a notice.
 */
export function count(hold: HoldRecord, elapsedMs: number, isServed: boolean): HoldRecord {
  if (elapsedMs === 0) return hold;
  if (hold.told) return isServed ? { ...hold, countedMs: hold.countedMs + elapsedMs } : hold;
  const untoldMs = hold.untoldMs + elapsedMs;
  return { ...hold, untoldMs, told: untoldMs >= UNTOLD_MAX_MS };
}

type HoldDue = 'expire' | 'remind' | null;

export function dueOf(hold: HoldRecord): HoldDue {
  if (hold.countedMs >= hold.totalMs) return 'expire';
  if (!hold.reminded && hold.countedMs >= hold.totalMs - hold.remindBeforeMs) return 'remind';
  return null;
}

/** Serviceable time left until the next thing is due; infinite while nobody was told. */
export function untilDueMs(hold: HoldRecord): number {
  if (!hold.told) return UNTOLD_MAX_MS - hold.untoldMs;
  const next = hold.reminded ? hold.totalMs : hold.totalMs - hold.remindBeforeMs;
  return Math.max(0, next - hold.countedMs);
}
