import type { Door } from '../door.ts';

/** A board's door inputs: what they read now, and how often each has changed. */
export class Inputs {
  readonly #doors: readonly Door[];
  #last: boolean[] = [];
  #changes: number[] = [];

  constructor(doors: readonly Door[]) {
    this.#doors = doors;
    this.restart();
    doors.forEach((door, index) => {
      door.watch(() => this.#look(index));
    });
  }

  /** The board starts: counting begins at zero, from what the contacts are now. */
  restart(): void {
    this.#last = this.contacts();
    this.#changes = this.#doors.map(() => 0);
  }

  contacts(): boolean[] {
    return this.#doors.map((door) => door.contact.read());
  }

  occupied(): boolean[] {
    return this.#doors.map((door) => door.occupancy.read());
  }

  /** Contact changes since the start, for each channel. */
  changes(): readonly number[] {
    return this.#changes;
  }

  #look(index: number): void {
    const now = this.#doors[index]?.contact.read();
    if (now === undefined || now === this.#last[index]) return;
    this.#last[index] = now;
    this.#changes[index] = (this.#changes[index] ?? 0) + 1;
  }
}
