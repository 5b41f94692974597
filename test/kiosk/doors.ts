import type { DoorWatch } from '../../src/control/door-watch.ts';
import type { Clock, Locks } from '../../src/control/ports.ts';
import type { Occupancy } from '../../src/domain/slot.ts';
import type { PulseVerdict } from '../../src/domain/slot-events.ts';

/** What a lock does when it is told to open. */
type Habit = 'opens' | 'stuck' | 'blind' | 'not_sent' | 'silent';

const ANSWER_MS = 30;
const SPRING_MS = 150;
const POLL_MS = 100;

/**
 * The doors as the port of the locks sees them: a test says what each lock does and moves the
 * doors by hand. `blind` opens without its contact saying so; `silent` is read no more.
 */
export class Doors implements Locks {
  readonly #clock: Clock;
  readonly #slots: readonly string[];
  readonly #habits = new Map<string, Habit>();
  readonly #open = new Set<string>();
  readonly #occupancy = new Map<string, Occupancy>();
  #watch: DoorWatch | null = null;
  /** The slots in the order in which they were pulsed. */
  readonly pulses: string[] = [];

  constructor(clock: Clock, slots: readonly string[]) {
    this.#clock = clock;
    this.#slots = slots;
  }

  start(watch: DoorWatch): void {
    this.#watch = watch;
    this.#poll();
  }

  is(slot: string, habit: Habit): void {
    this.#habits.set(slot, habit);
  }

  /** Fits a sensor that says so much of what is inside. */
  contains(slot: string, occupancy: Occupancy): void {
    this.#occupancy.set(slot, occupancy);
  }

  shut(slot: string): void {
    this.#open.delete(slot);
  }

  pulse(slot: string, wanted: () => boolean, done: (verdict: PulseVerdict) => void): void {
    const habit = this.#habits.get(slot) ?? 'opens';
    if (!wanted() || habit === 'not_sent') {
      done('not_sent');
      return;
    }
    this.pulses.push(slot);
    this.#clock.after('answer', ANSWER_MS, () => done('acknowledged'));
    if (habit !== 'opens') return;
    this.#clock.after('spring', SPRING_MS, () => this.#open.add(slot));
  }

  attend(): void {}

  #poll(): void {
    const readings = this.#slots
      .filter((slot) => this.#habits.get(slot) !== 'silent')
      .map((slot) => ({
        slot,
        door: this.#open.has(slot) ? ('open' as const) : ('closed' as const),
        occupancy: this.#occupancy.get(slot) ?? 'unknown',
      }));
    this.#watch?.seen(readings);
    this.#clock.after('poll', POLL_MS, () => this.#poll());
  }
}
