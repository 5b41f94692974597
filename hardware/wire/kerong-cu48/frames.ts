import type { BoardRequest } from '../family.ts';
import type { BoardType, Said } from '../kerong/dialect.ts';
import { bitsOf, encodeFrame } from '../kerong/frame.ts';

/**
 * Frames of the CU48, from captures of one driver's author: `02 BOARD LOCK CMD [DATA] 03 SUM`, the
 * locks from 0.
 */
export const COMMANDS = { status: 0x60, unlock: 0x61, reading: 0x75, change: 0x77 } as const;

export const READING_BYTES = 18;

export const CU48: BoardType = {
  shape: {
    commandAt: 3,
    bytesOf: new Map<number, number>([
      [COMMANDS.status, 6],
      [COMMANDS.unlock, 6],
      [COMMANDS.reading, READING_BYTES],
      [COMMANDS.change, READING_BYTES],
    ]),
  },
  channelsMax: 48,
  encode,
  read,
  itemsCount: ({ items }) => items === 'ir',
  changesCount: ({ code77 }) => code77 === 'report',
};

function encode(address: number, request: BoardRequest): Uint8Array | undefined {
  switch (request.kind) {
    case 'status':
      return encodeFrame(address, 0, COMMANDS.status);
    case 'unlock':
      return encodeFrame(address, request.channel - 1, COMMANDS.unlock);
    case 'prepare':
    case 'identify':
    case 'off':
      return undefined;
  }
}

/** A reading is `02 BOARD 00 75 H1…H6 X1…X6 03 SUM`; the frame 77 has the same layout. */
function read(frame: Uint8Array): Said {
  const [, address = 0, lock, command] = frame;
  if (command === COMMANDS.change) return { kind: 'change', address };
  if (command !== COMMANDS.reading) return { kind: 'request' };
  if (lock !== 0) return { kind: 'odd' };
  const [hooks, items] = [frame.subarray(4, 10), frame.subarray(10, 16)];
  return { kind: 'status', address, hooks: bitsOf(hooks), items: bitsOf(items) };
}
