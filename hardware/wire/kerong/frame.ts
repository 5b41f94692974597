/**
 * Frames of Kerong boards, as used by several independent drivers: `02 … 03 SUM`, where SUM is the
 * low byte of the sum of every byte before it. No byte is escaped: both marks also occur inside of
 * frames, and there is no length byte, so that a frame's length follows from its command alone.
 */
export interface FrameShape {
  /** Place of the command byte, from 0. */
  readonly commandAt: number;
  /** Length of a whole frame in bytes, by its command; a command that is not here is not spoken. */
  readonly bytesOf: ReadonlyMap<number, number>;
}

export const START = 0x02;
export const END = 0x03;

/** The whole frame around the bytes that stand between its marks. */
export function encodeFrame(...between: readonly number[]): Uint8Array {
  const body = [START, ...between, END];
  return Uint8Array.of(...body, sumOf(body));
}

export function sumOf(bytes: readonly number[]): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return sum & 0xff;
}

/** One bit for each lock: the lowest bit of the first byte is lock 1. */
export function bitsOf(bytes: Uint8Array): readonly boolean[] {
  const bits: boolean[] = [];
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit += 1) bits.push(((byte >> bit) & 1) === 1);
  }
  return bits;
}

/** The same the other way round; locks beyond the last bit are 0. */
export function bytesOf(bits: readonly boolean[], count: number): readonly number[] {
  return Array.from({ length: count }, (_, byte) =>
    bits.slice(byte * 8, byte * 8 + 8).reduce((sum, bit, index) => sum + (bit ? 1 << index : 0), 0),
  );
}

/** Bytes for a log or a terminal, such as `02 10 30 03 45`. */
export function hex(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}
