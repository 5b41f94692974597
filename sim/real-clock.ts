import type { Timer } from '../hardware/bus/clock.ts';
import type { SimClock } from './clock.ts';

/** Longest delay that the runtime's timers take (they fire a longer one at once). */
const DELAY_MAX_MS = 2 ** 31 - 1;

/** The simulated world in real time, for what stands behind a pseudo terminal. */
export class RealClock implements SimClock {
  monoMs(): number {
    return performance.now();
  }

  wallMs(): number {
    return Date.now();
  }

  after(name: string, delayMs: number, fire: () => void): Timer {
    if (!(delayMs >= 0 && delayMs <= DELAY_MAX_MS)) {
      throw new RangeError(`timer '${name}': ${delayMs} ms is not within 0 to ${DELAY_MAX_MS} ms`);
    }
    // Rounded up: nothing on a wire may come before its time.
    const handle = setTimeout(fire, Math.ceil(delayMs));
    return { cancel: () => clearTimeout(handle) };
  }
}

/** Real time passes: for scripts that wait for another thread. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Lets all that waits for the end of the calls under way be done, and no more time pass. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
