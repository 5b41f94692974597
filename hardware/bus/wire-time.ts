import type { BoardRequest } from '../wire/family.ts';
import type { BoardSetup, BusOptions } from './bus-options.ts';
import type { BusClock, Timer } from './clock.ts';

/** 8N1: a start bit, eight data bits, a stop bit. */
const BITS_PER_BYTE = 10;

/**
 * Longest time, in whole ms, from a request's first bit to its reply's last; with the margin,
 * unless none is expected.
 */
export function exchangeMsMax(
  { family, channels, settings = {} }: BoardSetup,
  request: BoardRequest,
  requestBytes: number,
  baud: number,
  marginMs: number,
): number {
  const isWelcome = request.kind === 'unlock' && family.unlockReply?.(settings) === 'none';
  const bytes = requestBytes + family.replyBytesMax(request, channels);
  const onWireMs = Math.ceil(wireMs(bytes, baud) + family.turnaroundMs(request, settings));
  return isWelcome ? onWireMs : onWireMs + marginMs;
}

/**
 * Time in ms that a bus needs to read each of its boards once, when all answer at once and with
 * their longest reply: the time on the wire, and the silence after each.
 */
export function roundMs({ boards, baud, quietMs = 0 }: Wired): number {
  const restMs = frameEndMs({ boards, baud, quietMs });
  const eachMs = boards.map(({ family, address, channels, settings }) => {
    const request = { kind: 'status', channels } as const;
    const asked = family.dialect(0).ask(address, request, settings);
    return wireMs(asked.length + family.replyBytesMax(request, channels), baud) + restMs;
  });
  return eachMs.reduce((sum, ms) => sum + ms, 0);
}

type Wired = Pick<BusOptions, 'boards' | 'baud' | 'quietMs'>;

function wireMs(bytes: number, baud: number): number {
  return (bytes * BITS_PER_BYTE * 1_000) / baud;
}

function frameEndMs({ boards, baud, quietMs = 0 }: Wired): number {
  return Math.max(quietMs, ...boards.map(({ family }) => family.frameEndMs(baud)));
}

/**
 * The silence owed to the wire between two exchanges: all boards hear it, and must see where one
 * ended. A timer of its own measures it, because a clock of whole milliseconds that is read before
 * and after may show one more than have passed.
 */
export class Rest {
  readonly #clock: BusClock;
  readonly #name: string;
  readonly #over: () => void;
  readonly #frameEndMs: number;
  readonly #quietMs: number;
  #timer: Timer | undefined;

  /** `over` is called when a silence is over, and not when there was none. */
  constructor(options: BusOptions, over: () => void) {
    const { clock, name, boards, quietMs = 0 } = options;
    this.#clock = clock;
    this.#name = `${name} silence`;
    this.#over = over;
    this.#frameEndMs = frameEndMs(options);
    this.#quietMs = Math.max(quietMs, ...boards.map(({ family }) => family.quietMs));
  }

  get isOn(): boolean {
    return this.#timer !== undefined;
  }

  /**
   * `isOver`: nothing more can come, as after a plain exchange with a board that had missed none.
   * Others may answer twice and get the time for that. When a board is due by the end of the
   * silence, no part of a millisecond is to be lost.
   */
  begin(isOver: boolean, nextDueInMs: number): void {
    this.end();
    const silenceMs = isOver ? this.#frameEndMs : this.#quietMs;
    if (silenceMs <= 0) return;
    const over = () => {
      this.#timer = undefined;
      this.#over();
    };
    this.#timer = this.#clock.after(this.#name, silenceMs, over, nextDueInMs <= silenceMs);
  }

  end(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
