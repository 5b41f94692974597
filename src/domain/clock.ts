/**
 * How far the time of day may be relied on (R25). `synced`: time sync vouches for it now;
 * `holdover`: it was vouched for and has run on since; `unsynced`: nobody knows.
 */
export type ClockState = 'synced' | 'holdover' | 'unsynced';

export interface Trust {
  readonly state: ClockState;
  /** The time of day is right within so many milliseconds; null where nobody knows. */
  readonly errorMs: number | null;
}

/** What time sync says of the system's clock. */
export interface SyncReading {
  readonly isSynced: boolean;
  /** Means something only while it is synced. */
  readonly errorMs: number;
}

/** One moment on both clocks of the system. */
export interface Moment {
  readonly wallMs: number;
  readonly monoMs: number;
}

/** What is held of the system's clock; monotonic times are of this boot. */
export interface TimeKeeping {
  /** Added to the system's clock, since a technician knew better. */
  readonly aheadMs: number;
  /** A moment from when on both clocks should have gone alike. */
  readonly anchor: Moment;
  /** `start`: nobody has vouched since the start; `jump`: it left the monotonic clock. */
  readonly doubt: 'start' | 'jump' | null;
  /** When somebody vouched for it last, and how well. */
  readonly vouched: { readonly atMono: number; readonly errorMs: number };
  /** What the cloud said last, and when. */
  readonly cloud: Moment | null;
}

/** A larger step against monotonic time is not believed (R25: 10 min). */
const JUMP_MS = 600_000;
/**
 * A clock that says that the kiosk was off for longer is not believed without time sync: what it
 * says is committed and never falls again, so that a wrong year would stay.
 */
const OFF_MS_MAX = 14 * 86_400_000;
/** Time sync and the cloud are of one opinion when they differ by no more. */
const AGREE_MS = 60_000;
/** What the cloud said longer ago counts no more. */
const CLOUD_SAID_MS_MAX = 3_600_000;
/** A clock that runs alone drifts by no more than 100 ppm, twice what its crystal is sold for. */
const DRIFT = 1e-4;
/** A technician reads the time from a watch. */
const SET_ERROR_MS = 60_000;

/**
 * Before the first look after a start. `floorMs`: what was committed last; 0 at the first start of
 * all. `wasDoubted`: the clock was not believed when the kiosk ran last, and a restart is no reason
 * to believe it; then time goes on from the floor.
 */
export function newTimeKeeping(now: Moment, floorMs: number, wasDoubted: boolean): TimeKeeping {
  return {
    aheadMs: 0,
    anchor: { ...now, wallMs: floorMs || now.wallMs },
    doubt: wasDoubted ? 'jump' : 'start',
    vouched: { atMono: now.monoMs, errorMs: 0 },
    cloud: null,
  };
}

/** Looks at the system's clock. `floorMs`: the last time that was given away or committed. */
export function looked(
  kept: TimeKeeping,
  now: Moment,
  sync: SyncReading,
  floorMs: number,
): TimeKeeping {
  const { aheadMs, anchor, doubt } = kept;
  const isOurs = doubt === null && aheadMs === 0;
  if (!isOurs && sync.isSynced && cloudAgrees(kept, now)) return vouchedBySync(kept, now, sync);
  if (doubt === 'jump') return kept;
  if (doubt === 'start') {
    // The first word of time sync sets a clock that stood still while the power was off.
    if (!sync.isSynced) return kept;
    if (now.wallMs >= floorMs - JUMP_MS) return vouchedBySync(kept, now, sync);
    return { ...kept, doubt: 'jump', anchor: { ...now, wallMs: floorMs } };
  }
  const awayMs = now.wallMs + aheadMs - expectedMs(anchor, now);
  if (Math.abs(awayMs) > JUMP_MS) return { ...kept, doubt: 'jump' };
  return sync.isSynced && aheadMs === 0 ? vouchedBySync(kept, now, sync) : kept;
}

/**
 * The time of day, before the floor. A clock that jumped is left alone: time goes on as it did. So
 * it does after a start, as long as nobody vouches for a clock that cannot be right.
 */
export function timeOf({ aheadMs, anchor, doubt }: TimeKeeping, now: Moment): number {
  const expected = expectedMs(anchor, now);
  if (doubt === 'jump') return expected;
  if (doubt === null) return now.wallMs + aheadMs;
  const offMs = now.wallMs - expected;
  return offMs >= 0 && offMs <= OFF_MS_MAX ? now.wallMs : expected;
}

/** What the time is worth that is given away: never one before `floorMs`. */
export function trustIn(kept: TimeKeeping, now: Moment, sync: SyncReading, floorMs: number): Trust {
  const behindMs = Math.max(0, floorMs - timeOf(kept, now));
  if (kept.doubt !== null || behindMs > JUMP_MS) return { state: 'unsynced', errorMs: null };
  if (sync.isSynced && kept.aheadMs === 0) {
    return { state: 'synced', errorMs: sync.errorMs + behindMs };
  }
  const { atMono, errorMs } = kept.vouched;
  const driftMs = Math.ceil((now.monoMs - atMono) * DRIFT);
  return { state: 'holdover', errorMs: errorMs + driftMs + behindMs };
}

/** A technician says what time it is; with time sync of one opinion, its clock is taken. */
export function setTo(
  kept: TimeKeeping,
  now: Moment,
  sync: SyncReading,
  wallMs: number,
): TimeKeeping {
  if (sync.isSynced && Math.abs(wallMs - now.wallMs) <= JUMP_MS) {
    return vouchedBySync(kept, now, sync);
  }
  return {
    ...kept,
    aheadMs: wallMs - now.wallMs,
    anchor: { ...now, wallMs },
    doubt: null,
    vouched: { atMono: now.monoMs, errorMs: SET_ERROR_MS },
  };
}

function vouchedBySync(kept: TimeKeeping, now: Moment, { errorMs }: SyncReading): TimeKeeping {
  const vouched = { atMono: now.monoMs, errorMs };
  return { ...kept, aheadMs: 0, anchor: now, doubt: null, vouched };
}

function cloudAgrees({ cloud }: TimeKeeping, now: Moment): boolean {
  if (cloud === null || now.monoMs - cloud.monoMs > CLOUD_SAID_MS_MAX) return false;
  return Math.abs(expectedMs(cloud, now) - now.wallMs) <= AGREE_MS;
}

const expectedMs = (since: Moment, now: Moment): number =>
  since.wallMs + (now.monoMs - since.monoMs);
