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

/** Of the longest good reply, or of a refusal where that is longer. */
function replyBytesMax(request: BoardRequest, channels: number): number {
  return FRAME_BYTES + Math.max(REFUSAL_BYTES, argBytes(request, channels));
}

/** The words of the longest good reply, each with the space before it. */
function argBytes(request: BoardRequest, channels: number): number {
  switch (request.kind) {
    case 'identify':
      return 2 + 3 + 5 + 1 + WORD_CHARS_MAX;
    case 'status':
      return 5 + 2 * (1 + Math.ceil(channels / 4)) + 1 + channels;
    case 'unlock':
      return 3 + 5;
    case 'prepare':
    case 'off':
      return 0;
  }
}

/** `<AA IIII V` and `*CCCC` with `\r\n`. */
const FRAME_BYTES = 10 + 7;
/** ` <code> <word>`. */
const REFUSAL_BYTES = 3 + 1 + WORD_CHARS_MAX;
