import type { Timer } from '../hardware/index.ts';
import type { SimClock } from '../sim/clock.ts';

/** The runtime's timers count whole milliseconds; the rest of a delay is waited for in the loop. */
const TIMER_STEP_MS = 1;

/**
 * Real time to a fraction of a millisecond, for a wire whose bytes take less than one. It keeps a
 * processor busy for the last 1 to 2 ms of each delay, so it belongs into a process of its own.
 */
export class FineClock implements SimClock {
  monoMs(): number {
    return performance.now();
  }

  wallMs(): number {
    return Date.now();
  }

  after(_name: string, delayMs: number, fire: () => void): Timer {
    const dueMs = performance.now() + delayMs;
    let isOver = false;
    const look = (): void => {
      if (isOver) return;
      if (performance.now() < dueMs) return void setImmediate(look);
      isOver = true;
      fire();
    };
    const coarseMs = Math.floor(delayMs) - TIMER_STEP_MS;
    if (coarseMs > 0) setTimeout(look, coarseMs);
    else look();
    return {
      cancel: () => {
        isOver = true;
      },
    };
  }
}
