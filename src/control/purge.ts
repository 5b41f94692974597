import { DAY_MS } from '../domain/hold.ts';
import { isBusy } from '../domain/slot.ts';
import { isNight } from './night.ts';
import type { Timer, TrustedClock } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

interface Parts {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly recorder: Recorder;
  readonly clock: TrustedClock;
  readonly timeZone: string;
  readonly keepDays: number;
  /** Whether there is a cloud: rows that it has not acknowledged then stay. */
  readonly hasCloud: boolean;
}

/** A kiosk with 1024 slots writes fewer rows than these steps of three hours a night remove. */
const STEP_MS = 60_000;
const ROWS_PER_STEP_MAX = 1_000;

/** Removes the oldest rows of the journal at night, while nobody is at a door. */
export class Purge {
  readonly #parts: Parts;
  #timer: Timer | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = this.#parts.clock.after('purge', STEP_MS, () => {
      this.start();
      if (this.#isTime()) this.#step();
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  /** Ages are differences of wall time: nothing is removed while nobody vouches for it. */
  #isTime(): boolean {
    const { clock, supervisor, timeZone } = this.#parts;
    if (clock.trust().state === 'unsynced' || !isNight(clock, timeZone)) return false;
    return !supervisor.all().some(isBusy);
  }

  #step(): void {
    const { store, recorder, clock, keepDays, hasCloud } = this.#parts;
    const beforeWall = clock.wallMs() - keepDays * DAY_MS;
    const from = store.journal.purgeable(beforeWall, ROWS_PER_STEP_MAX, hasCloud);
    if (from === null) return;
    store.transaction(() => {
      store.journal.purge(from);
      recorder.record({ t: 'journal.purged', data: { from } });
    });
  }
}
