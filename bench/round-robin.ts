import type { BytePort, OpenBytePort, Timer } from '../hardware/index.ts';
import type { SimClock } from '../sim/clock.ts';
import { boardsOf, familyOf, type Plant } from './plant.ts';

/** What masters without a plan wait for an answer. */
const TIMEOUT_MS = 1_000;

export type HeardContacts = (board: string, contacts: readonly boolean[]) => void;

/**
 * The peer of the bus master: asks every board in turn for its status, with the same pause, and
 * gives a silent one a second each time.
 */
export class RoundRobin {
  readonly #clock: SimClock;
  readonly #plant: Plant;
  readonly #heard: HeardContacts;
  readonly #boards: ReturnType<typeof boardsOf>;
  readonly #dialect: ReturnType<ReturnType<typeof familyOf>['dialect']>;
  #port: BytePort | undefined;
  #turn = 0;
  #timeout: Timer | undefined;

  constructor(clock: SimClock, plant: Plant, heard: HeardContacts) {
    this.#clock = clock;
    this.#plant = plant;
    this.#heard = heard;
    this.#boards = boardsOf(plant);
    this.#dialect = familyOf(plant).dialect(1);
  }

  start(open: OpenBytePort): void {
    open({
      opened: (port) => {
        this.#port = port;
        this.#ask();
      },
      bytes: (chunk) => this.#bytes(chunk),
      lost: (error) => {
        throw error;
      },
    });
  }

  #ask(): void {
    const board = this.#boards[this.#turn % this.#boards.length];
    if (board === undefined) return;
    this.#dialect.gap();
    const { channels } = this.#plant;
    const request = this.#dialect.ask(board.address, { kind: 'status', channels });
    this.#timeout = this.#clock.after('no answer', TIMEOUT_MS, () => this.#next());
    this.#port?.write(request, () => {});
  }

  #bytes(chunk: Uint8Array): void {
    const board = this.#boards[this.#turn % this.#boards.length];
    for (const heard of this.#dialect.receive(chunk)) {
      if (heard.kind !== 'reply' || heard.reply.kind !== 'status' || !board) continue;
      this.#timeout?.cancel();
      this.#heard(board.id, heard.reply.reading.contacts);
      this.#clock.after('pause', familyOf(this.#plant).quietMs, () => this.#next());
    }
  }

  #next(): void {
    this.#turn += 1;
    this.#ask();
  }
}
