import type { Clock, JournalRow, Random, Store } from './ports.ts';

type Happening = Pick<JournalRow, 't'> &
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

/** A UUID of version 7 (RFC 9562, section 5.7): sorted by time; `random` holds 10 bytes. */
function uuid7(wallMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  let rest = Math.floor(wallMs);
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    text.slice(12, 16),
    text.slice(16, 20),
    text.slice(20),
  ].join('-');
}
