import type { SimClock } from '../clock.ts';

/** What somebody does, step by step; it yields how many milliseconds pass before the next step. */
export type Script = Generator<number, void, void>;

/** A part of a script that comes to a result. */
export type Part<T> = Generator<number, T, void>;

/** Plays the script on the clock, from the next instant on. */
export function play(clock: SimClock, name: string, script: Script): void {
  const step = (): void => {
    const next = script.next();
    if (next.done !== true) clock.after(name, next.value, step);
  };
  clock.after(name, 0, step);
}

/** Waits until it is so, looking now and then; false when it was not so for the whole time. */
export function* until(isSo: () => boolean, limitMs: number, everyMs = LOOK_MS): Part<boolean> {
  for (let waitedMs = 0; waitedMs <= limitMs; waitedMs += everyMs) {
    if (isSo()) return true;
    yield everyMs;
  }
  return false;
}

/** So often somebody who waits looks up. */
export const LOOK_MS = 1_000;
