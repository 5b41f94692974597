import { join } from 'node:path';
import { PtyPort } from '../sim/pty-port.ts';
import { seededRandom } from '../sim/random.ts';
import { Wall } from '../sim/wall.ts';
import { readWallFile } from '../sim/wall-file.ts';
import { FineClock } from './fine-clock.ts';
import { machineMs } from './peer.ts';

/** What the wall tells: that it stands, or that a door moved. */
export type WallSaid = 'stands' | { readonly door: string; readonly what: string; atMs: number };
/** What is done at a door, named `BOARD/CHANNEL`. */
export type WallOrder = { readonly door: string; readonly act: 'force' | 'push' };

const MOVES = new Set(['opened', 'forced', 'closed']);

/** A wall behind pseudo terminals whose doors are moved, and watched, by another process. */
function main([wallFile = '', folder = '']: readonly string[]): void {
  const wall = new Wall(new FineClock(), seededRandom(1), readWallFile(wallFile));
  const ports = wall.buses.map(({ name, wire }) => new PtyPort(wire, join(folder, name)));
  const tell = (said: WallSaid): void => void process.send?.(said);
  wall.watch((event) => {
    if (event.kind !== 'door' || !MOVES.has(event.event)) return;
    const door = `${event.board.id}/${event.channel}`;
    tell({ door, what: event.event, atMs: machineMs() });
  });
  process.on('message', ({ door, act }: WallOrder) => {
    const [board = '', channel] = door.split('/');
    wall.door(board, Number(channel))[act]();
  });
  process.once('SIGTERM', () => {
    for (const port of ports) port.unplug();
    process.exit(0);
  });
  tell('stands');
}

if (process.send !== undefined) main(process.argv.slice(2));
