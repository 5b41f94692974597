import type { BoardRequest, Family } from '../family.ts';
import { silenceMs } from '../silence.ts';
import { FrameDecoder } from './decoder.ts';
import { ShuomingDialect } from './dialect.ts';
import { FRAME_BYTES_MAX } from './frame.ts';
import { ADDRESSES, BOARD_PULSE_MS, CHANNELS_MAX } from './limits.ts';
import { SETTINGS } from './settings.ts';

/** The 2016 text: a board answers an unlock one second later. Others answer after the pulse. */
const UNLOCK_ANSWER_MS = 1_000;
/** The vendor's page says "200 秒", seconds; nobody waits that long, so milliseconds are meant. */
const STATUS_ANSWER_MS = 200;

/** The "8A / 80" boards of Guangzhou Shuoming and of many resellers (README.md). */
export const shuomingFamily: Family = {
  name: 'shuoming-8a',
  baud: 9_600,
  addresses: ADDRESSES,
  channelsMax: CHANNELS_MAX,
  pulseMs: { min: BOARD_PULSE_MS, max: 2_000, only: [BOARD_PULSE_MS, 1_000, 2_000] },
  // 3.5 characters are 4 ms; drivers in use wait up to 30 ms for the rest of a frame.
  gapMs: 30,
  frameEndMs: silenceMs,
  // What the wire carried before the verdict has then been read: adapters keep up to 16 ms back.
  quietMs: 20,
  senses: { occupancy: false },
  // There is no request for a board's kind, and none that switches a pulsing output off.
  probe: ['status'],
  settings: SETTINGS,
  limitsWith: ({ bulkBytes }) => {
    const room = bulkBytes === 'auto' ? CHANNELS_MAX : Number(bulkBytes) * 8;
    return { channelsMax: Math.min(CHANNELS_MAX, room), occupancy: false };
  },
  // No marks, no lengths and a weak check: any other protocol could look like this one.
  mayShareBusWith: [],
  turnaroundMs,
  unlockReply: () => 'after-pulse',
  replyBytesMax: () => FRAME_BYTES_MAX,
  dialect: () => new ShuomingDialect(new FrameDecoder()),
};

function turnaroundMs(request: BoardRequest): number {
  return request.kind === 'unlock' ? request.pulseMs + UNLOCK_ANSWER_MS : STATUS_ANSWER_MS;
}
