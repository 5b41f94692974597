import type { Timer } from '../hardware/bus/clock.ts';
import type { SimClock } from '../sim/clock.ts';
import { VirtualClock } from '../sim/virtual-clock.ts';

/**
 * Virtual time that can also leap: the clocks then show a later time, and every timer is due as far
 * ahead as before. Budgets refill over a leap without a single board being polled in it.
 */
export class LeapClock implements SimClock {
  readonly #clock = new VirtualClock();
  #aheadMs = 0;

  monoMs(): number {
    return this.#clock.monoMs() + this.#aheadMs;
  }

  wallMs(): number {
    return this.#clock.wallMs() + this.#aheadMs;
  }

  after(name: string, delayMs: number, fire: () => void): Timer {
    return this.#clock.after(name, delayMs, fire);
  }

  advance(ms: number): void {
    this.#clock.advance(ms);
  }

  /** @throws when `isSo` does not come true in time. */
  until(what: string, isSo: () => boolean, limitMs: number): void {
    if (this.#clock.runUntil(isSo, limitMs)) return;
    throw new Error(`${what}: not within ${limitMs} ms of virtual time`);
  }

  leap(ms: number): void {
    this.#aheadMs += ms;
  }
}
