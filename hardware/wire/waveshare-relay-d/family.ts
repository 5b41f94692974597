import type { BoardRequest, Family } from '../family.ts';
import { silenceMs } from '../silence.ts';
import { RelayDialect } from './dialect.ts';
import { FRAME_BYTES_MAX, READING_BYTES } from './frame.ts';
import { ADDRESSES, CHANNELS_MAX, CHANNELS_WITH_ITEMS_MAX, PULSE_MS } from './limits.ts';
import { SETTINGS } from './settings.ts';

/** The Waveshare Modbus RTU Relay (D): 8 relays, 8 inputs (README.md beside this file). */
export const waveshareRelayDFamily: Family = {
  name: 'waveshare-relay-d',
  baud: 9_600,
  addresses: ADDRESSES,
  channelsMax: CHANNELS_MAX,
  pulseMs: PULSE_MS,
  gapMs: 20,
  frameEndMs: silenceMs,
  // The 4 ms that end a frame at 9600 baud, and the 16 ms for which adapters hold short reads.
  quietMs: 20,
  senses: { occupancy: true },
  probe: ['off', 'status'],
  settings: SETTINGS,
  limitsWith: ({ inputs }) => {
    const occupancy = inputs === 'doors-and-items';
    return { channelsMax: occupancy ? CHANNELS_WITH_ITEMS_MAX : CHANNELS_MAX, occupancy };
  },
  mayShareBusWith: ['line'],
  // No document states it. A healthy board does not cost this time, only a silent one does.
  turnaroundMs: () => 100,
  replyBytesMax: (request: BoardRequest) =>
    request.kind === 'status' ? READING_BYTES : FRAME_BYTES_MAX,
  dialect: () => new RelayDialect(),
};
