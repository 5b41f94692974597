import type { NoiseReason } from '../family.ts';
import {
  announcedBytes,
  FRAME_BYTES,
  FRAME_BYTES_MAX,
  type ModbusFrame,
  parseFrame,
} from './frame.ts';
import { HELD_BYTES_MAX } from './limits.ts';

/** A frame with a good checksum, or bytes that were discarded and why; `text` is their hex. */
export type Decoded =
  | { readonly frame: ModbusFrame; readonly text: string }
  | { readonly reason: NoiseReason; readonly text: string };

/**
 * Bytes to frames. Modbus ends a frame by a silence of 3.5 characters, which nobody can see through
 * a USB adapter (MODBUS over Serial Line V1.02, section 2.5.1.1). So after every byte this looks
 * whether a frame ends there: the longest one whose address, function code, length and checksum fit
 * together. It therefore waits for nothing, finds a good frame behind any noise with its last byte,
 * and never throws. What was in front of a frame is reported.
 */
export class FrameDecoder {
  readonly #held = new Uint8Array(HELD_BYTES_MAX);
  #count = 0;

  /** Bytes of which no frame has come yet, 0 to `HELD_BYTES_MAX`. */
  get heldBytes(): number {
    return this.#count;
  }

  push(bytes: Uint8Array): readonly Decoded[] {
    const decoded: Decoded[] = [];
    for (const byte of bytes) {
      if (this.#count === HELD_BYTES_MAX) decoded.push(...this.#drop(HELD_BYTES_MAX - TAIL_BYTES));
      this.#held[this.#count] = byte;
      this.#count += 1;
      for (const length of FRAME_BYTES) {
        const from = this.#count - length;
        if (from < 0 || announcedBytes(this.#held, from) !== length) continue;
        const last = this.#held.subarray(from, this.#count);
        const frame = parseFrame(last);
        if (frame === undefined) continue;
        const text = hex(last);
        decoded.push(...this.#drop(from), { frame, text });
        this.#count = 0;
        break;
      }
    }
    return decoded;
  }

  /** Drops what is held. */
  gap(): readonly Decoded[] {
    return this.#drop(this.#count);
  }

  #drop(count: number): readonly Decoded[] {
    if (count === 0) return [];
    const dropped = this.#held.subarray(0, count);
    const noise = { reason: reasonOf(dropped), text: hex(dropped) };
    this.#held.copyWithin(0, count, this.#count);
    this.#count -= count;
    return [noise];
  }
}

/** As much as an unfinished frame can have. */
const TAIL_BYTES = FRAME_BYTES_MAX - 1;

/** What is wrong with bytes that are no frame, by what their beginning announces. */
function reasonOf(bytes: Uint8Array): NoiseReason {
  const announced = announcedBytes(bytes, 0) ?? 0;
  if (bytes.length < announced) return 'half-frame';
  return bytes.length === announced ? 'checksum' : 'garbage';
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}
