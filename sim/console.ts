import { describeWall } from './describe.ts';
import type { Door } from './door.ts';
import { BOARD_FAULTS, WIRE_FAULTS } from './faults.ts';
import type { Pluggable } from './memory-port.ts';
import { SENSOR_FAULTS } from './sensor.ts';
import type { Wall } from './wall.ts';

/** What a console works on. */
interface ConsoleWorld {
  readonly wall: Wall;
  /** The adapter of each bus, by the bus's name. */
  readonly plugs: ReadonlyMap<string, Pluggable>;
}

interface Command {
  readonly args: string;
  readonly about: string;
  /** Lines to print. */
  readonly run: (world: ConsoleWorld, args: readonly string[]) => readonly string[];
}

const DONE: readonly string[] = [];

/** Runs one line that somebody typed, and returns what there is to print. */
export function runCommand(world: ConsoleWorld, line: string): readonly string[] {
  const [name = '', ...args] = line.trim().split(/\s+/);
  if (name === '') return DONE;
  const command = COMMANDS.get(name);
  if (command === undefined) return [`no command '${name}'; try help`];
  const wanted = command.args === '' ? 0 : command.args.split(' ').length;
  if (args.length !== wanted) return [`usage: ${name} ${command.args}`];
  try {
    return command.run(world, args);
  } catch (error) {
    if (error instanceof RangeError) return [error.message];
    throw error;
  }
}

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    help: { args: '', about: 'this list', run: () => help() },
    show: { args: '', about: 'boards and doors', run: ({ wall }) => describeWall(wall) },
    put: {
      args: 'BOARD CH THING',
      about: 'puts a thing into an open door',
      run: ({ wall }, [board, channel, thing = '']) =>
        doorOf(wall, board, channel).putIn(thing) ? DONE : ['the door is closed'],
    },
    take: {
      args: 'BOARD CH',
      about: 'takes everything out of an open door',
      run: ({ wall }, [board, channel]) => {
        const door = doorOf(wall, board, channel);
        if (!door.isOpen) return ['the door is closed'];
        return door.takeOut().length > 0 ? DONE : ['nothing is in it'];
      },
    },
    close: onDoor('pushes the door shut', (door) => door.push()),
    open: onDoor('forces the door open', (door) => door.force()),
    jam: onDoor('holds the door shut', (door) => door.jam()),
    free: onDoor('lets a jammed door go', (door) => door.free()),
    contact: sensorCommand('contact'),
    occupancy: sensorCommand('occupancy'),
    fault: {
      args: 'NAME on|off',
      about: `everywhere: ${[...WIRE_FAULTS, ...BOARD_FAULTS].join(', ')}`,
      run: ({ wall }, [name, state]) => setFault(wall, name, state),
    },
    reset: {
      args: 'BOARD',
      about: 'cuts and restores its power, which also frees a stuck board',
      run: ({ wall }, [board = '']) => done(() => wall.board(board).reset()),
    },
    unplug: onPlug("pulls the bus's adapter", (plug) => plug.unplug()),
    replug: onPlug('puts it back', (plug) => plug.replug()),
  } satisfies Record<string, Command>),
);

function help(): string[] {
  return [...COMMANDS].map(([name, { args, about }]) => `${`${name} ${args}`.padEnd(26)}${about}`);
}

function onDoor(about: string, act: (door: Door) => void): Command {
  return {
    args: 'BOARD CH',
    about,
    run: ({ wall }, [board, channel]) => done(() => act(doorOf(wall, board, channel))),
  };
}

function onPlug(about: string, act: (plug: Pluggable) => void): Command {
  return {
    args: 'BUS',
    about,
    run: ({ plugs }, [name = '']) => {
      const plug = plugs.get(name);
      return plug === undefined ? [`the wall has no bus '${name}'`] : done(() => act(plug));
    },
  };
}

function sensorCommand(sensor: 'contact' | 'occupancy'): Command {
  return {
    args: 'BOARD CH FAULT',
    about: `its ${sensor} sensor: ${SENSOR_FAULTS.join(', ')}`,
    run: ({ wall }, [board, channel, name]) => {
      const fault = oneOf(SENSOR_FAULTS, name);
      return done(() => {
        doorOf(wall, board, channel)[sensor].fault = fault;
      });
    },
  };
}

function setFault(wall: Wall, name: string | undefined, state: string | undefined) {
  const fault = oneOf([...WIRE_FAULTS, ...BOARD_FAULTS], name);
  const probability = oneOf(['off', 'on'], state) === 'on' ? 1 : 0;
  for (const { wire, boards } of wall.buses) {
    if (fault === 'stuck' || fault === 'reset') {
      for (const board of boards) board.faults.set(fault, probability);
    } else {
      wire.toBoards.set(fault, probability);
      wire.toHost.set(fault, probability);
    }
  }
  return DONE;
}

function doorOf(wall: Wall, board = '', channel = ''): Door {
  return wall.door(board, Number(channel));
}

function oneOf<Name extends string>(names: readonly Name[], name: string | undefined): Name {
  const found = names.find((known) => known === name);
  if (found === undefined) throw new RangeError(`'${name}' is not one of ${names.join(', ')}`);
  return found;
}

function done(act: () => void): readonly string[] {
  act();
  return DONE;
}
