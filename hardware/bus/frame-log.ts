import { FRAME_BYTES_KEPT_MAX } from './limits.ts';

/** Bytes that passed between the bus and one board, as they came. */
export interface PassedBytes {
  /** Monotonic ms. */
  readonly atMs: number;
  readonly way: 'sent' | 'heard';
  /** The board that was asked last. */
  readonly board: string;
  readonly bytes: Uint8Array;
}

/** The same for a person to read. */
export interface LoggedFrame extends Omit<PassedBytes, 'bytes'> {
  readonly hex: string;
  /** The same as text, in protocols of printable lines. */
  readonly text?: string;
}

/** In the order of time. What was heard between two requests is one frame: chunks mean nothing. */
export function framesOf(passed: readonly PassedBytes[]): readonly LoggedFrame[] {
  const frames: (Omit<PassedBytes, 'bytes'> & { bytes: readonly number[] })[] = [];
  for (const { bytes, ...rest } of passed.toSorted((a, b) => a.atMs - b.atMs)) {
    const last = frames.at(-1);
    const goesOn = rest.way === 'heard' && last?.way === 'heard' && last.board === rest.board;
    if (goesOn) last.bytes = [...last.bytes, ...bytes].slice(0, FRAME_BYTES_KEPT_MAX);
    else frames.push({ ...rest, bytes: [...bytes] });
  }
  return frames.map(({ bytes, ...rest }) => {
    const hex = bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
    const text = textOf(bytes);
    return { ...rest, hex, ...(text !== undefined && { text }) };
  });
}

/** The text of printable lines; undefined for anything else. */
function textOf(bytes: readonly number[]): string | undefined {
  const text = String.fromCharCode(...bytes);
  return /^[ -~]+(?:\r?\n[ -~]*)*$/.test(text) ? text.trimEnd() : undefined;
}
