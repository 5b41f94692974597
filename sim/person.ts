import type { BusClock, Timer } from '../hardware/bus/clock.ts';
import type { Door } from './door.ts';

/** Hands in front of the wall, on the clock. Each waits for a door and then takes its time. */
export class Person {
  readonly #clock: BusClock;
  readonly #steps = new Set<Timer>();

  constructor(clock: BusClock) {
    this.#clock = clock;
  }

  /** Does `then` as soon as the door is open, once; at once if it is open already. */
  watch(door: Door, then: () => void): void {
    if (door.isOpen) {
      then();
      return;
    }
    const step = {
      cancel: door.watch(() => {
        if (!door.isOpen) return;
        step.cancel();
        this.#steps.delete(step);
        then();
      }),
    };
    this.#steps.add(step);
  }

  /** Waits for the open door, puts `thing` in after `afterMs`, and closes `closesAfterMs` later. */
  dropsParcel(door: Door, thing: string, pace: Pace): void {
    this.#handles(door, pace, () => door.putIn(thing));
  }

  /** Waits for the open door, takes everything, and closes. */
  takesParcel(door: Door, pace: Pace): void {
    this.#handles(door, pace, () => door.takeOut());
  }

  /** Waits for the open door and closes it, touching nothing. */
  closes(door: Door, afterMs: number): void {
    this.watch(door, () => this.#after(afterMs, () => door.push()));
  }

  /** Drops everything that was still to be done: open doors stay open. */
  walksOff(): void {
    for (const step of this.#steps) step.cancel();
    this.#steps.clear();
  }

  /** What there is to see; undefined behind a closed door. */
  looks(door: Door): readonly string[] | undefined {
    return door.isOpen ? door.contents : undefined;
  }

  #handles(door: Door, pace: Pace, act: () => void): void {
    this.watch(door, () => {
      this.#after(pace.afterMs, () => {
        act();
        this.#after(pace.closesAfterMs, () => door.push());
      });
    });
  }

  #after(delayMs: number, act: () => void): void {
    const step = this.#clock.after('person acts', delayMs, () => {
      this.#steps.delete(step);
      act();
    });
    this.#steps.add(step);
  }
}

interface Pace {
  /** From the open door to the hand in it. */
  readonly afterMs: number;
  /** From then to the push that closes it. */
  readonly closesAfterMs: number;
}
