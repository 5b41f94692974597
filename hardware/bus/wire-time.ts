import type { BoardRequest } from '../wire/family.ts';
import type { BoardSetup } from './bus-options.ts';

/** 8N1: a start bit, eight data bits, a stop bit. */
const BITS_PER_BYTE = 10;

/** Longest time on the wire, in whole ms, from a request's first bit to its reply's last. */
export function exchangeMsMax(
  { family, channels }: BoardSetup,
  request: BoardRequest,
  requestBytes: number,
  baud: number,
): number {
  const bytes = requestBytes + family.replyBytesMax(request, channels);
  return Math.ceil((bytes * BITS_PER_BYTE * 1_000) / baud + family.turnaroundMs(request));
}
