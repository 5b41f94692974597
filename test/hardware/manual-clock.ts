import type { BusClock, Timer } from '../../hardware/index.ts';

interface Waiting {
  readonly atMs: number;
  readonly fire: () => void;
}

/** A clock that moves only when told to; timers fire in the order of their times. */
export class ManualClock implements BusClock {
  #nowMs = 0;
  readonly #waiting = new Set<Waiting>();

  monoMs(): number {
    return this.#nowMs;
  }

  after(_name: string, delayMs: number, fire: () => void): Timer {
    const waiting = { atMs: this.#nowMs + delayMs, fire };
    this.#waiting.add(waiting);
    return { cancel: () => this.#waiting.delete(waiting) };
  }

  /** Timers that wait; a bus that rests has few. */
  get timers(): number {
    return this.#waiting.size;
  }

  run(forMs: number): void {
    const endMs = this.#nowMs + forMs;
    for (let next = this.#first(); next && next.atMs <= endMs; next = this.#first()) {
      this.#waiting.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.fire();
    }
    this.#nowMs = endMs;
  }

  /** Time passes and nothing is called, as when the process is held up elsewhere. */
  stall(forMs: number): void {
    this.#nowMs += forMs;
  }

  #first(): Waiting | undefined {
    let first: Waiting | undefined;
    for (const waiting of this.#waiting) {
      if (!first || waiting.atMs < first.atMs) first = waiting;
    }
    return first;
  }
}
