import type { BoardRequest } from '../family.ts';
import type { BoardType, Said } from '../kerong/dialect.ts';
import { bitsOf, encodeFrame } from '../kerong/frame.ts';
import { PULSE_STEP_MS } from '../kerong/limits.ts';

/**
 * Frames of the CU16, as used by several independent drivers: `02 ADDR CMD [DATA] 03 SUM`. ADDR has
 * the board in its high four bits and the lock, from 0, in its low four.
 */
export const COMMANDS = { status: 0x30, unlock: 0x31, reading: 0x35, setTime: 0x37 } as const;

export const READING_BYTES = 9;

export const CU16: BoardType = {
  shape: {
    commandAt: 2,
    bytesOf: new Map<number, number>([
      [COMMANDS.status, 5],
      [COMMANDS.unlock, 5],
      [COMMANDS.setTime, 7],
      [COMMANDS.reading, READING_BYTES],
    ]),
  },
  channelsMax: 16,
  encode,
  read,
  itemsCount: () => true,
  changesCount: () => false,
};

function encode(address: number, request: BoardRequest): Uint8Array | undefined {
  const board = address << 4;
  switch (request.kind) {
    case 'status':
      return encodeFrame(board, COMMANDS.status);
    case 'unlock':
      return encodeFrame(board | (request.channel - 1), COMMANDS.unlock);
    case 'prepare': {
      // Rounded down: a pulse that is longer than the bus believes could meet the next one (R7).
      const steps = Math.floor(request.pulseMs / PULSE_STEP_MS);
      return encodeFrame(board, COMMANDS.setTime, steps >> 8, steps & 0xff);
    }
    case 'identify':
    case 'off':
      return undefined;
  }
}

/** A reading is `02 ADDR 35 H1-8 H9-16 IR1-8 IR9-16 03 SUM`, its lock bits 0. */
function read(frame: Uint8Array): Said {
  const [, addr = 0, command] = frame;
  if (command !== COMMANDS.reading) return { kind: 'request' };
  if ((addr & 0x0f) !== 0) return { kind: 'odd' };
  const [hooks, items] = [frame.subarray(3, 5), frame.subarray(5, 7)];
  return { kind: 'status', address: addr >> 4, hooks: bitsOf(hooks), items: bitsOf(items) };
}
