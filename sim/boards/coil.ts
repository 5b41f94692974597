import type { BusClock } from '../../hardware/bus/clock.ts';
import type { Door } from '../door.ts';

/** A lock coil is built for short pulses: this much on time in this window, and no more. */
export const DUTY_ON_MAX_MS = 2_500;
export const DUTY_WINDOW_MS = 10_000;

/** One output with its coil. How warm the coil is outlives a reset of the board. */
export class Coil {
  readonly #door: Door;
  readonly #clock: BusClock;
  /** When it went on and off; the last one is still on when `offMs` is Infinity. */
  #spans: { readonly onMs: number; readonly offMs: number }[] = [];

  constructor(door: Door, clock: BusClock) {
    this.#door = door;
    this.#clock = clock;
  }

  get isOn(): boolean {
    return this.#door.isEnergised;
  }

  /** Whether a pulse of `pulseMs` now would keep the coil within its duty. */
  bears(pulseMs: number): boolean {
    const fromMs = this.#clock.monoMs() + pulseMs - DUTY_WINDOW_MS;
    this.#spans = this.#spans.filter((span) => span.offMs > fromMs);
    const onMs = this.#spans.reduce((sum, s) => sum + s.offMs - Math.max(s.onMs, fromMs), 0);
    return onMs + pulseMs <= DUTY_ON_MAX_MS;
  }

  on(): void {
    this.#spans.push({ onMs: this.#clock.monoMs(), offMs: Infinity });
    this.#door.energise();
  }

  off(): void {
    const span = this.#spans.at(-1);
    if (span === undefined || span.offMs !== Infinity) return;
    this.#spans[this.#spans.length - 1] = { onMs: span.onMs, offMs: this.#clock.monoMs() };
    this.#door.release();
  }
}
