import { bytesOf, encodeFrame } from '../../hardware/wire/kerong/frame.ts';
import { COMMANDS, CU16 } from '../../hardware/wire/kerong-cu16/frames.ts';
import { type Command, type Firmware, KerongBoard } from './kerong.ts';
import type { BoardSetup, SimBoard } from './sim-board.ts';

/**
 * A CU16: 16 hook bits and 16 item bits whatever the number of its doors. `unlockAnswer` 'status'
 * makes it answer an unlock. It never answers a set pulse time.
 */
export function kerongCu16Board(setup: BoardSetup): SimBoard {
  return new KerongBoard(setup, FIRMWARE);
}

const FIRMWARE: Firmware = {
  family: 'kerong-cu16',
  shape: CU16.shape,
  command,
  reading: (address, hooks, items) =>
    encodeFrame(address << 4, COMMANDS.reading, ...bytesOf(hooks, 2), ...bytesOf(items, 2)),
};

function command(frame: Uint8Array, address: number): Command | undefined {
  const [, addr = 0, code, high = 0, low = 0] = frame;
  if (addr >> 4 !== address) return undefined;
  if (code === COMMANDS.unlock) return { kind: 'unlock', channel: (addr & 0x0f) + 1 };
  if (code === COMMANDS.status) return { kind: 'status' };
  if (code === COMMANDS.setTime) return { kind: 'set time', pulseMs: (high * 256 + low) * 10 };
  return undefined;
}
