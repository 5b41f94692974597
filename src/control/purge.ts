import { DAY_MS } from '../domain/hold.ts';
import { isBusy } from '../domain/slot.ts';
import type { Budgets } from './budgets.ts';
import { nightIn } from './night.ts';
import type { Clock, Timer, TrustedClock } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

interface Parts {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly recorder: Recorder;
  readonly clock: TrustedClock;
  readonly budgets: Budgets;
  readonly timeZone: string;
  readonly keepDays: number;
  /** Whether there is a cloud: rows that it has not acknowledged then stay. */
  readonly hasCloud: boolean;
}

/** How customers are reached is known until so long after the end of their last parcel. */
const CONTACT_MS = DAY_MS;
/** A kiosk with 1024 slots writes fewer rows than these steps of three hours a night remove. */
const STEP_MS = 60_000;
/** So often it is looked whether there is something to remove. */
const LOOK_MS = 1_800_000;
const ROWS_PER_STEP_MAX = 1_000;

/** Removes old rows at night, while nobody is at a door, and contacts at any time of day. */
export class Purge {
  readonly #parts: Parts;
  readonly #isNight: (clock: Clock) => boolean;
  #timer: Timer | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#isNight = nightIn(parts.timeZone);
  }

  start(delayMs = STEP_MS): void {
    this.#timer = this.#parts.clock.after('purge', delayMs, () => {
      this.start(this.#look() ? STEP_MS : LOOK_MS);
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  /**
   * Whether there may be more to remove at once. Ages are differences of wall time: nothing is
   * removed while nobody vouches for it.
   */
  #look(): boolean {
    if (this.#parts.clock.trust().state === 'unsynced') return false;
    this.#forgetContacts();
    return this.#isQuiet() && this.#step();
  }

  #isQuiet(): boolean {
    const { clock, supervisor } = this.#parts;
    return this.#isNight(clock) && !supervisor.all().some(isBusy);
  }

  #forgetContacts(): void {
    const { store, clock, budgets } = this.#parts;
    const endedBeforeWall = clock.wallMs() - CONTACT_MS;
    store.transaction(() => store.retention.forgetContacts(endedBeforeWall));
    budgets.forgetGone();
  }

  /** Whether anything was removed. */
  #step(): boolean {
    const { store, recorder, clock, keepDays, hasCloud } = this.#parts;
    const beforeWall = clock.wallMs() - keepDays * DAY_MS;
    const from = store.journal.purgeable(beforeWall, ROWS_PER_STEP_MAX, hasCloud);
    return store.transaction(() => {
      const records = store.retention.forgetRecords(beforeWall, ROWS_PER_STEP_MAX);
      if (records > 0) recorder.record({ t: 'records.purged', data: { records } });
      if (from === null) return records > 0;
      store.journal.purge(from);
      recorder.record({ t: 'journal.purged', data: { from } });
      return true;
    });
  }
}
