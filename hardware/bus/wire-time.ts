import type { BoardRequest } from '../wire/family.ts';
import type { BoardHealth, BoardSetup, BusOptions } from './bus-options.ts';
import type { BusClock, Timer } from './clock.ts';
import type { Exchange } from './exchange.ts';

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
  const wireMs = (bytes * BITS_PER_BYTE * 1_000) / baud;
  const onWireMs = Math.ceil(wireMs + family.turnaroundMs(request, settings));
  return isWelcome ? onWireMs : onWireMs + marginMs;
}

/**
 * Silence owed to the wire after an exchange: all boards hear it, and must see where it ended. A
 * board that missed the request before may answer twice, so it gets the time for that.
 */
export function silenceMs(
  { boards, baud, quietMs = 0 }: BusOptions,
  health: BoardHealth,
  { isPlain }: Exchange,
): number {
  const isOver = isPlain && health === 'online';
  const owed = boards.map(({ family }) => (isOver ? family.frameEndMs(baud) : family.quietMs));
  return Math.max(quietMs, ...owed);
}

/**
 * The silence between two exchanges. A timer of its own measures it, because a clock of whole
 * milliseconds that is read before and after may show one more than have passed.
 */
export class Rest {
  readonly #clock: BusClock;
  readonly #name: string;
  readonly #over: () => void;
  #timer: Timer | undefined;

  /** `over` is called when a silence is over, and not when there was none. */
  constructor(clock: BusClock, name: string, over: () => void) {
    this.#clock = clock;
    this.#name = `${name} silence`;
    this.#over = over;
  }

  get isOn(): boolean {
    return this.#timer !== undefined;
  }

  /** `isAwaited`: a board is due by its end, so that no part of a millisecond is to be lost. */
  begin(silenceMs: number, isAwaited: boolean): void {
    this.end();
    if (silenceMs <= 0) return;
    const over = () => {
      this.#timer = undefined;
      this.#over();
    };
    this.#timer = this.#clock.after(this.#name, silenceMs, over, isAwaited);
  }

  end(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
