import type { BoardRequest } from '../wire/family.ts';
import type { BoardSetup } from './bus-options.ts';

/** 8N1: a start bit, eight data bits, a stop bit. */
const BITS_PER_BYTE = 10;

/** Longest time on the wire, in whole ms, from a request's first bit to its reply's last. */
export function exchangeMsMax(
  { family, channels, settings = {} }: BoardSetup,
  request: BoardRequest,
  requestBytes: number,
  baud: number,
): number {
  const bytes = requestBytes + family.replyBytesMax(request, channels);
  const wireMs = (bytes * BITS_PER_BYTE * 1_000) / baud;
  return Math.ceil(wireMs + family.turnaroundMs(request, settings));
}

/** Silence owed to the wire after any exchange: all boards hear it, and must see where it ended. */
export function quietMs(boards: readonly BoardSetup[]): number {
  return Math.max(...boards.map(({ family }) => family.quietMs));
}
