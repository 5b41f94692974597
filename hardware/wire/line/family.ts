import type { BoardRequest, Family } from '../family.ts';
import { LineDecoder } from './decoder.ts';
import { LineDialect } from './dialect.ts';
import { ADDRESSES, CHANNELS_MAX, PULSE_MS, WORD_CHARS_MAX } from './limits.ts';
import type { LineSplitter } from './splitter.ts';

/** The `line` protocol for boards with firmware of your own (hardware/README.md). */
export function lineFamily(newSplitter: () => LineSplitter): Family {
  return {
    name: 'line',
    baud: 115_200,
    addresses: ADDRESSES,
    channelsMax: CHANNELS_MAX,
    pulseMs: PULSE_MS,
    gapMs: 20,
    // Direction marks and ids tell a late line from the awaited one, so no silence is needed.
    frameEndMs: () => 0,
    quietMs: 0,
    senses: { occupancy: true },
    probe: ['off', 'identify', 'status'],
    settings: {},
    mayShareBusWith: ['waveshare-relay-d'],
    turnaroundMs: () => 5,
    replyBytesMax,
    dialect: (firstId) => new LineDialect(new LineDecoder(newSplitter()), firstId),
  };
}

function replyBytesMax(request: BoardRequest, channels: number): number {
  const refusal = [2, WORD_CHARS_MAX];
  return FRAME_BYTES + Math.max(argBytes(refusal), argBytes(argLengths(request, channels)));
}

/** Lengths of the words in the longest good reply. */
function argLengths(request: BoardRequest, channels: number): readonly number[] {
  const bitDigits = Math.ceil(channels / 4);
  switch (request.kind) {
    case 'identify':
      return [1, 2, 4, WORD_CHARS_MAX];
    case 'status':
      return [4, bitDigits, bitDigits, channels];
    case 'unlock':
      return [2, 4];
    case 'prepare':
    case 'off':
      return [];
  }
}

/** A space stands before each word. */
function argBytes(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total + 1 + length, 0);
}

/** `<AA IIII V` and `*CCCC` with `\r\n`. */
const FRAME_BYTES = 10 + 7;
