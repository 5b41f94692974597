import type { BusClock } from '../hardware/bus/clock.ts';
import type { Config } from '../src/config/config.ts';
import { FAMILIES } from './boards/families.ts';
import type { Random } from './random.ts';
import { type BoardPlan, Wall } from './wall.ts';

interface Surroundings {
  readonly clock: BusClock;
  readonly random: Random;
  /** Bits per second of every wire; 0 takes no time. */
  readonly baud: number;
  /** Boards that stand at every bus and not in the config. */
  readonly strays?: readonly BoardPlan[] | undefined;
}

/** The wall that a config describes: its buses under the names of their ports, wired as it says. */
export function wallOf(config: Config, around: Surroundings): Wall {
  const { clock, random, baud, strays = [] } = around;
  const slots = config.lockers.flatMap((locker) => locker.slots);
  const sensing = new Set(slots.filter(({ occupancy }) => occupancy).map(({ board }) => board));
  const buses = config.buses.map((bus) => ({
    name: bus.port,
    baud,
    boards: [
      ...bus.boards.map((board) => ({
        ...board,
        family: familyOf(board.family),
        occupancy: sensing.has(board.id),
      })),
      ...strays,
    ],
  }));
  const wall = new Wall(clock, random, { buses });
  for (const { board, channel, doorContact } of slots) {
    // The contacts of a wall are closed when their doors are.
    if (doorContact === 'closed-when-open') wall.door(board, channel).contact.fault = 'inverted';
  }
  return wall;
}

function familyOf(name: string): BoardPlan['family'] {
  if (Object.hasOwn(FAMILIES, name)) return name as BoardPlan['family'];
  throw new RangeError(`no board of the family "${name}" can be simulated`);
}
