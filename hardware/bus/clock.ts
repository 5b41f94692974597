/** A running timer; cancelling one that has fired or was cancelled does nothing. */
export interface Timer {
  cancel(): void;
}

/** Monotonic time and named timers: all that the bus knows of time. */
export interface BusClock {
  /** Milliseconds since an arbitrary start; never goes back, not affected by the wall clock. */
  monoMs(): number;
  /**
   * Runs `fire` once, `delayMs` (≥ 0) from now and not earlier. The name is for logs and simulated
   * runs. A fine timer is not late by a part of a millisecond either, and holds up others for it.
   */
  after(name: string, delayMs: number, fire: () => void, isFine?: boolean): Timer;
}
