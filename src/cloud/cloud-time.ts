import type { Clock, Timer } from '../control/ports.ts';
import type { TimeKeeper } from '../control/time-keeper.ts';
import type { ClockState } from './messages.ts';
import type { Questions } from './questions.ts';

interface Parts {
  readonly clock: Clock;
  readonly time: TimeKeeper;
  readonly questions: Questions;
  readonly clockState: () => ClockState;
}

/** What the cloud said counts for an hour; it is asked again before that. */
const ASK_EVERY_MS = 600_000;
/** Who answers later may have been a minute on the way: that says too little. */
const TOOK_MAX_MS = 10_000;

/**
 * Asks the cloud for the time of day while nobody vouches for the kiosk's own: with time sync of
 * one opinion, a clock that jumped is believed again (R25).
 */
export class CloudTime {
  readonly #parts: Parts;
  #timer: Timer | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  opened(): void {
    this.#ask();
  }

  closed(): void {
    this.#timer?.cancel();
  }

  #ask(): void {
    const { clock, time, questions, clockState } = this.#parts;
    this.#timer?.cancel();
    this.#timer = clock.after('time of the cloud', ASK_EVERY_MS, () => this.#ask());
    if (clockState() === 'synced') return;
    questions.ask('time', {}, ({ ts }, tookMs) => {
      if (tookMs <= TOOK_MAX_MS) time.cloudSays(Date.parse(ts) + tookMs / 2);
    });
  }
}
