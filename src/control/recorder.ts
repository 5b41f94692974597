import { uuid7 } from '../domain/uuid.ts';
import type { Clock, JournalRow, Random, Store } from './ports.ts';

export type Happening = Pick<JournalRow, 't'> &
  Partial<Pick<JournalRow, 'slot' | 'parcel' | 'cause' | 'data'>>;

/** Writes journal rows, each with its outbox entry; call it inside the transaction it is about. */
export class Recorder {
  readonly boot: string;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(store: Store, clock: Clock, random: Random) {
    this.#store = store;
    this.#clock = clock;
    this.#random = random;
    this.boot = this.newId();
  }

  newId(): string {
    return uuid7(this.#clock.wallMs(), this.#random.bytes(10));
  }

  record(happening: Happening): void {
    this.#store.journal.append({
      id: this.newId(),
      tsWall: this.#clock.wallMs(),
      mono: this.#clock.monoMs(),
      boot: this.boot,
      slot: null,
      parcel: null,
      cause: null,
      data: {},
      ...happening,
    });
  }
}
