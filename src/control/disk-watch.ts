import type { Clock, Timer } from './ports.ts';
import type { Store } from './store-port.ts';

/** A disk that somebody fills is seen before commits fail on it. */
const LOOK_MS = 5_000;

/** Has the store look how full its disk is. */
export class DiskWatch {
  readonly #store: Store;
  readonly #clock: Clock;
  #timer: Timer | null = null;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  start(): void {
    this.#store.isDiskFull();
    this.#timer = this.#clock.after('disk', LOOK_MS, () => this.start());
  }

  stop(): void {
    this.#timer?.cancel();
  }
}
