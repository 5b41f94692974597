import type { Clock, Timer } from '../control/ports.ts';

/** The longest delay that Node's timers take; a longer one would fire at once. */
const DELAY_MS_MAX = 2 ** 31 - 1;

/** Nobody notifies who waits for this. */
const NEVER = new Int32Array(new SharedArrayBuffer(4));

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

/**
 * Node may fire up to 1 ms early, and takes no long delays: both wait on. With a fine timer the
 * process sleeps for that last fraction, whatever else it has to do; others come 1 ms late instead.
 * What has no delay comes next, once what arrived by now was read: Node's shortest timer is 1 ms.
 */
function after(name: string, delayMs: number, fire: () => void, isFine = false): Timer {
  // By both clocks: the fine one, and the one of whole milliseconds that callers read.
  const dueMs = Math.max(performance.now() + delayMs, Math.ceil(monoMs() + delayMs));
  let isOver = false;
  let cancel: () => void;
  const wake = () => {
    if (isOver) return;
    const restMs = dueMs - performance.now();
    if (isFine && restMs > 0 && restMs < 1) Atomics.wait(NEVER, 0, 0, restMs);
    else if (restMs > 0) return wait(restMs);
    isOver = true;
    try {
      fire();
    } catch (error) {
      throw new TimerError(name, error);
    }
  };
  const wait = (ms: number) => {
    const handle = setTimeout(wake, Math.min(DELAY_MS_MAX, ms));
    cancel = () => clearTimeout(handle);
  };
  if (delayMs > 0) wait(delayMs);
  else {
    const handle = setImmediate(wake);
    cancel = () => clearImmediate(handle);
  }
  return {
    cancel: () => {
      isOver = true;
      cancel();
    },
  };
}

/** Lets everything be done that waits, keys and boards among it. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
