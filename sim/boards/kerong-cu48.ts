import { bytesOf, encodeFrame } from '../../hardware/wire/kerong/frame.ts';
import { COMMANDS, CU48 } from '../../hardware/wire/kerong-cu48/frames.ts';
import { type Command, type Firmware, KerongBoard } from './kerong.ts';
import type { BoardSetup, SimBoard } from './sim-board.ts';

/**
 * A CU48: 48 hook bits and 48 item bits whatever the number of its doors. `unlockAnswer` 'status'
 * makes it answer an unlock, `code77` 'report' makes it tell by itself of contacts that moved.
 */
export function kerongCu48Board(setup: BoardSetup): SimBoard {
  return new KerongBoard(setup, FIRMWARE);
}

const FIRMWARE: Firmware = {
  family: 'kerong-cu48',
  shape: CU48.shape,
  command,
  reading: (address, hooks, items) => told(address, 0, COMMANDS.reading, hooks, items),
  change: (address, channel, hooks, items) =>
    told(address, channel - 1, COMMANDS.change, hooks, items),
};

function command(frame: Uint8Array, address: number): Command | undefined {
  const [, board, lock = 0, code] = frame;
  if (board !== address) return undefined;
  if (code === COMMANDS.unlock) return { kind: 'unlock', channel: lock + 1 };
  return code === COMMANDS.status ? { kind: 'status' } : undefined;
}

function told(
  address: number,
  lock: number,
  code: number,
  hooks: readonly boolean[],
  items: readonly boolean[],
): Uint8Array {
  return encodeFrame(address, lock, code, ...bytesOf(hooks, 6), ...bytesOf(items, 6));
}
