import type { NoiseReason } from '../family.ts';
import { LINE_BYTES_MAX, type LineFrame, parseLine } from './frame.ts';
import type { LineSplitter } from './splitter.ts';

/** A line with a good checksum, or bytes that were discarded and why. `text` is printable ASCII. */
export type Decoded =
  | { readonly frame: LineFrame; readonly text: string }
  | { readonly reason: NoiseReason; readonly text: string };

/**
 * Bytes to lines of the `line` protocol. It stands in front of a splitter that would hold a line of
 * any length, and gives it a line end in three more cases than `\n`: before a start mark, so that a
 * good line is found behind noise or a cut line without scanning twice; after `LINE_BYTES_MAX`
 * bytes; and at a gap. It never throws, and everything that is not a frame is reported.
 */
export class LineDecoder {
  readonly #splitter: LineSplitter;
  #heldBytes = 0;

  constructor(splitter: LineSplitter) {
    this.#splitter = splitter;
  }

  /** Bytes of an unfinished line, 0 to `LINE_BYTES_MAX`. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  push(bytes: Uint8Array): readonly Decoded[] {
    const decoded: Decoded[] = [];
    let from = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      const heldBytes = this.#heldBytes + at - from;
      const end = endBefore(byte, heldBytes);
      if (end === undefined) continue;
      if (end === 'line end') {
        decoded.push(...this.#endLine(end, part(bytes, from, at + 1)));
      } else {
        this.#keep(part(bytes, from, at));
        decoded.push(...this.#endLine(end));
      }
      from = byte === LINE_END ? at + 1 : at;
    }
    if (from < bytes.length) this.#keep(part(bytes, from, bytes.length));
    return decoded;
  }

  /** Drops an unfinished line. */
  gap(): readonly Decoded[] {
    return this.#heldBytes === 0 ? [] : this.#endLine('half-frame');
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#heldBytes += bytes.length;
    this.#splitter.push(bytes);
  }

  #endLine(end: LineEnd, last: Uint8Array = LINE_END_BYTES): readonly Decoded[] {
    this.#heldBytes = 0;
    return this.#splitter.push(last).map((line): Decoded => {
      const text = printable(line);
      if (end !== 'line end') return { reason: end, text };
      const frame = parseLine(line);
      return typeof frame === 'string' ? { reason: frame, text } : { frame, text };
    });
  }
}

/** Why a line ends: at its own end, or with something that can only be discarded. */
type LineEnd = 'line end' | 'garbage' | 'overlong' | 'half-frame';

/** Whether a line of `heldBytes` ends when `byte` comes, and how. */
function endBefore(byte: number, heldBytes: number): LineEnd | undefined {
  if (byte === LINE_END) return 'line end';
  if (heldBytes > 0 && (byte === REQUEST_MARK || byte === REPLY_MARK)) return 'garbage';
  if (heldBytes === LINE_BYTES_MAX) return 'overlong';
  return undefined;
}

/** Mostly a chunk is one line, and needs no view of its own. */
function part(bytes: Uint8Array, from: number, to: number): Uint8Array {
  return from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to);
}

/** Noise goes into logs and onto terminals, where control characters do harm. */
function printable(text: string): string {
  return text.replace(/[^ -~]/g, (char) => {
    return `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

const LINE_END = 0x0a;
const LINE_END_BYTES = Uint8Array.of(LINE_END);
const REPLY_MARK = 0x3c;
const REQUEST_MARK = 0x3e;
