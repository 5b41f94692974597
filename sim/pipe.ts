import type { BusClock } from '../hardware/bus/clock.ts';
import type { Faults, WireFault } from './faults.ts';
import type { Random } from './random.ts';

const PIECES_MAX = 4;
/** Longest pause within a split frame: the latency timer of a USB adapter from the factory. */
const PAUSE_MAX_MS = 16;
const BABBLE_MAX_BYTES = 40;
const NONE = new Uint8Array();

/** The last stretch to a receiver, where an adapter may lose, spoil, hold or cut up a frame. */
export class Pipe {
  readonly #clock: BusClock;
  readonly #random: Random;
  readonly #faults: Faults<WireFault>;
  readonly #deliver: (bytes: Uint8Array) => void;
  /** A frame held back until the next one. */
  #held: Uint8Array = NONE;
  /** Pieces under way, and when the last of them arrives: nothing may overtake them. */
  #underWay = 0;
  #lastMs = 0;

  constructor(
    clock: BusClock,
    random: Random,
    faults: Faults<WireFault>,
    deliver: (bytes: Uint8Array) => void,
  ) {
    this.#clock = clock;
    this.#random = random;
    this.#faults = faults;
    this.#deliver = deliver;
  }

  push(frame: Uint8Array): void {
    if (this.#faults.strikes('lose')) return;
    let bytes = this.#faults.strikes('flip') ? this.#flipped(frame) : frame;
    if (this.#faults.strikes('babble')) {
      bytes = joined(this.#random.bytes(1 + this.#random.int(BABBLE_MAX_BYTES)), bytes);
    }
    if (this.#held.length === 0 && this.#faults.strikes('merge')) {
      this.#held = bytes;
      return;
    }
    bytes = joined(this.#held, bytes);
    this.#held = NONE;
    if (this.#faults.strikes('split')) this.#split(bytes);
    else this.#pass(bytes, 0);
  }

  /** What is held back never arrives. */
  drop(): void {
    this.#held = NONE;
  }

  #flipped(frame: Uint8Array): Uint8Array {
    const bytes = Uint8Array.from(frame);
    const index = this.#random.int(bytes.length);
    bytes[index] = (bytes[index] ?? 0) ^ (1 << this.#random.int(8));
    return bytes;
  }

  #split(bytes: Uint8Array): void {
    const cuts = Array.from({ length: PIECES_MAX - 1 }, () => this.#random.int(bytes.length));
    let from = 0;
    for (const cut of [...cuts.sort((a, b) => a - b), bytes.length]) {
      if (cut === from) continue;
      this.#pass(bytes.subarray(from, cut), from === 0 ? 0 : this.#random.int(PAUSE_MAX_MS + 1));
      from = cut;
    }
  }

  /** Delivers `pauseMs` after what went before. */
  #pass(bytes: Uint8Array, pauseMs: number): void {
    const nowMs = this.#clock.monoMs();
    this.#lastMs = Math.max(nowMs, this.#lastMs) + pauseMs;
    if (this.#underWay === 0 && this.#lastMs <= nowMs) {
      this.#deliver(bytes);
      return;
    }
    this.#underWay += 1;
    this.#clock.after('adapter delivers', this.#lastMs - nowMs, () => {
      this.#underWay -= 1;
      this.#deliver(bytes);
    });
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
