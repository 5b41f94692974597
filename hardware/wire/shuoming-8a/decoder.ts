import type { NoiseReason } from '../family.ts';
import { type Attempt, type Frame, readBulk, readShort } from './frame.ts';
import { NOISE_BYTES_MAX } from './limits.ts';

/** A frame, the expected echo, or bytes that were discarded and why. */
export type Decoded =
  | { readonly frame: Frame; readonly bytes: Uint8Array }
  | { readonly echo: true; readonly bytes: Uint8Array }
  | { readonly reason: Discard; readonly bytes: Uint8Array };

type Discard = Extract<NoiseReason, 'garbage' | 'half-frame' | 'checksum'>;

/**
 * Bytes to frames. The protocol has no marks and no lengths, so what follows a head byte is tried
 * in this order: the echo that is expected, the status of a board whose status bytes are known, a
 * short frame. When none fits, one byte is discarded and the rest is tried again, so that a good
 * frame is found behind any noise. It never throws, and everything that is not a frame is reported.
 */
export class FrameDecoder {
  /** An unfinished frame: always shorter than `FRAME_BYTES_MAX`. */
  #held: number[] = [];
  /** Bytes that were discarded and not reported yet: fewer than `NOISE_BYTES_MAX`. */
  #discarded: number[] = [];
  #why: Discard = 'garbage';
  /** By address: at most one entry for each. */
  readonly #statusBytes = new Map<number, number>();
  #echo: Uint8Array | undefined;

  /** Bytes that are kept, 0 to `FRAME_BYTES_MAX` + `NOISE_BYTES_MAX`. */
  get heldBytes(): number {
    return this.#held.length + this.#discarded.length;
  }

  /** The board was asked for its status, and answers with this many status bytes, 1 to 7. */
  expectStatus(address: number, statusBytes: number): void {
    this.#statusBytes.set(address, statusBytes);
  }

  /** The adapter will return these bytes, once; `undefined`: it returns nothing. */
  expectEcho(bytes: Uint8Array | undefined): void {
    this.#echo = bytes;
  }

  push(bytes: Uint8Array): readonly Decoded[] {
    const decoded: Decoded[] = [];
    for (const byte of bytes) {
      this.#held.push(byte);
      this.#settle(decoded, false);
    }
    return decoded;
  }

  /** Nothing more comes: takes what is whole out of an unfinished frame and drops the rest. */
  gap(): readonly Decoded[] {
    const decoded: Decoded[] = [];
    this.#settle(decoded, true);
    this.#report(decoded);
    return decoded;
  }

  /** Takes frames and noise from the front for as long as what stands there is decided. */
  #settle(decoded: Decoded[], ended: boolean): void {
    while (this.#held.length > 0) {
      const attempt = this.#attempt(ended);
      if (attempt === 'more') return;
      if (typeof attempt === 'string') {
        this.#discard(attempt, decoded);
        continue;
      }
      this.#report(decoded);
      const bytes = Uint8Array.from(this.#held.splice(0, attempt.length));
      decoded.push('frame' in attempt ? { frame: attempt.frame, bytes } : { echo: true, bytes });
    }
  }

  #attempt(ended: boolean): Echo | Attempt | Discard {
    let why: Discard = 'garbage';
    for (const read of READERS) {
      const attempt = read(this.#held, this.#echo, this.#statusBytes);
      if (typeof attempt !== 'string') {
        if ('echo' in attempt) this.#echo = undefined;
        return attempt;
      }
      if (attempt === 'more' && !ended) return 'more';
      why = stronger(why, attempt === 'more' ? 'half-frame' : attempt);
    }
    return why;
  }

  #discard(why: Discard, decoded: Decoded[]): void {
    this.#why = this.#discarded.length === 0 ? why : stronger(this.#why, why);
    this.#discarded.push(...this.#held.splice(0, 1));
    if (this.#discarded.length === NOISE_BYTES_MAX) this.#report(decoded);
  }

  #report(decoded: Decoded[]): void {
    if (this.#discarded.length === 0) return;
    decoded.push({ reason: this.#why, bytes: Uint8Array.from(this.#discarded) });
    this.#discarded = [];
  }
}

interface Echo {
  readonly echo: true;
  readonly length: number;
}

type Reader = (
  held: readonly number[],
  echo: Uint8Array | undefined,
  statusBytes: ReadonlyMap<number, number>,
) => Echo | Attempt;

const READERS: readonly Reader[] = [
  (held, echo) => {
    if (!echo?.every((byte, at) => at >= held.length || byte === held[at])) return 'garbage';
    return held.length < echo.length ? 'more' : { echo: true, length: echo.length };
  },
  (held, _echo, statusBytes) => {
    const count = statusBytes.get(held[1] ?? 0);
    return count === undefined ? 'garbage' : readBulk(held, count);
  },
  readShort,
];

/** The reason that says most about bytes which were discarded together. */
function stronger(one: Discard, other: Discard): Discard {
  return STRENGTH.indexOf(one) > STRENGTH.indexOf(other) ? one : other;
}

const STRENGTH: readonly Discard[] = ['garbage', 'half-frame', 'checksum'];
