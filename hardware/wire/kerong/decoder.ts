import type { NoiseReason } from '../family.ts';
import { END, type FrameShape, hex, START, sumOf } from './frame.ts';
import { WASTE_BYTES_MAX } from './limits.ts';

/** A frame with a good sum, or bytes that were discarded and why. `text` is hexadecimal. */
export type Decoded =
  | { readonly frame: Uint8Array }
  | { readonly reason: NoiseReason; readonly text: string };

type Flaw = 'garbage' | 'checksum' | 'half-frame';

/**
 * Bytes to frames of Kerong boards. A start mark may be data, and a sum may fit by chance, so that
 * nothing is thrown away with a rejected frame but its first byte: the search goes on with the next
 * start mark in it. It never throws, holds less than one frame and one report, and every byte ends
 * in a frame or in a report, wherever the borders of chunks are.
 */
export class KerongDecoder {
  readonly #shape: FrameShape;
  /** Begins with a start mark, and is not yet a whole frame. */
  #held: number[] = [];
  #waste: number[] = [];
  #flaw: Flaw = 'garbage';

  constructor(shape: FrameShape) {
    this.#shape = shape;
  }

  /** Bytes not yet given out, 0 to the longest frame and `WASTE_BYTES_MAX`. */
  get heldBytes(): number {
    return this.#held.length + this.#waste.length;
  }

  push(bytes: Uint8Array): readonly Decoded[] {
    const decoded: Decoded[] = [];
    for (const byte of bytes) {
      this.#held.push(byte);
      this.#settle(decoded);
    }
    return decoded;
  }

  /** Drops an unfinished frame, and gives what is whole behind its start mark. */
  gap(): readonly Decoded[] {
    const decoded: Decoded[] = [];
    while (this.#held.length > 0) {
      this.#discard('half-frame', decoded);
      this.#settle(decoded);
    }
    this.#report(decoded);
    return decoded;
  }

  #settle(decoded: Decoded[]): void {
    for (let look = this.#look(); look !== 'unfinished'; look = this.#look()) {
      if (typeof look === 'number') this.#take(look, decoded);
      else this.#discard(look, decoded);
    }
  }

  /** The length of the whole frame that is held, or what is held instead. */
  #look(): number | 'unfinished' | 'garbage' | 'checksum' {
    const held = this.#held;
    if (held.length === 0) return 'unfinished';
    if (held[0] !== START) return 'garbage';
    const command = held[this.#shape.commandAt];
    if (command === undefined) return 'unfinished';
    const length = this.#shape.bytesOf.get(command);
    if (length === undefined) return 'garbage';
    if (held.length < length) return 'unfinished';
    if (held[length - 2] !== END) return 'garbage';
    return sumOf(held.slice(0, length - 1)) === held[length - 1] ? length : 'checksum';
  }

  #take(length: number, decoded: Decoded[]): void {
    this.#report(decoded);
    decoded.push({ frame: Uint8Array.from(this.#held.splice(0, length)) });
  }

  /** The first byte goes; those behind it that fit nowhere are reported with it. */
  #discard(flaw: Flaw, decoded: Decoded[]): void {
    if (flaw !== 'garbage' || this.#waste.length === WASTE_BYTES_MAX) this.#report(decoded);
    if (this.#waste.length === 0) this.#flaw = flaw;
    this.#waste.push(...this.#held.splice(0, 1));
  }

  #report(decoded: Decoded[]): void {
    if (this.#waste.length === 0) return;
    decoded.push({ reason: this.#flaw, text: hex(this.#waste) });
    this.#waste = [];
  }
}
