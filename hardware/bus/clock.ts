/** A running timer; cancelling one that has fired or was cancelled does nothing. */
export interface Timer {
  cancel(): void;
}

/** Monotonic time and named timers: all that the bus knows of time. */
export interface BusClock {
  /** Milliseconds since an arbitrary start; never goes back, not affected by the wall clock. */
  monoMs(): number;
  /** Runs `fire` once, `delayMs` (≥ 0) from now. The name is for logs and simulated runs. */
  after(name: string, delayMs: number, fire: () => void): Timer;
}
