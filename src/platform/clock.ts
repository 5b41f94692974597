import type { Clock, Timer } from '../control/ports.ts';

/** The longest delay that Node's timers take; a longer one would fire at once. */
const DELAY_MS_MAX = 2 ** 31 - 1;

/** What a timer threw, with the timer's name; the process does not outlive it (fatal.ts). */
class TimerError extends Error {
  override readonly name = 'TimerError';

  constructor(timer: string, cause: unknown) {
    super(`the timer "${timer}" threw`, { cause });
  }
}

/** The clocks of the machine, in whole milliseconds. */
export function systemClock(): Clock {
  return { wallMs: () => Date.now(), monoMs, after };
}

function monoMs(): number {
  return Math.floor(performance.now());
}

/** Node may fire a little early by this clock, and takes no long delays: both wait on. */
function after(name: string, delayMs: number, fire: () => void): Timer {
  const dueMs = monoMs() + delayMs;
  let handle: NodeJS.Timeout;
  const wait = () => {
    handle = setTimeout(wake, Math.min(DELAY_MS_MAX, Math.max(0, dueMs - monoMs())));
  };
  const wake = () => {
    if (monoMs() < dueMs) return wait();
    try {
      fire();
    } catch (error) {
      throw new TimerError(name, error);
    }
  };
  wait();
  return { cancel: () => clearTimeout(handle) };
}
