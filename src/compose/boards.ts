import {
  families,
  roundMs,
  serialPort,
  TCP_REPLY_MARGIN_MS,
  tcpPort,
} from '../../hardware/index.ts';
import type { BusConfig, Config } from '../config/config.ts';
import { portAddress } from '../config/port-address.ts';
import type { Store } from '../control/store-port.ts';
import { LockBank } from '../device/lock-bank.ts';
import type { OpenPort, World } from './world.ts';

/** The buses and boards of the config, each with what hardware has for it. */
export function busPlans(config: Config, openPort: OpenPort | undefined) {
  return config.buses.map((bus) => ({
    ...bus,
    ...way(bus.port, bus.baud, openPort),
    boards: boardsOf(bus),
  }));
}

/** How long a bus needs to read each of its boards once, in ms. */
export function roundMsOf(bus: BusConfig): number {
  return roundMs({ ...bus, boards: boardsOf(bus) });
}

function boardsOf({ boards }: BusConfig) {
  return boards.map((board) => ({ ...board, family: familyOf(board.family) }));
}

/** Rows of which each says that a lock was about to be energised. */
const PULSES = ['intent.armed', 'commission.pulse'];

/** Which board and channel each slot is, and what its contact says. */
export function wiringTable({ lockers }: Config) {
  return lockers.flatMap((locker) =>
    locker.slots.map(
      (slot) =>
        ({
          slot: `${locker.id}/${slot.id}`,
          number: slot.number,
          board: slot.board,
          channel: slot.channel,
          contactWhenShut: slot.doorContact === 'closed-when-shut' ? 'closed' : 'open',
          occupancy: slot.occupancy,
        }) as const,
    ),
  );
}

function hatchWiring({ hatch }: Config) {
  if (hatch === undefined) return null;
  const shut = hatch.doorContact === 'closed-when-shut' ? 'closed' : 'open';
  return { board: hatch.board, channel: hatch.channel, contactWhenShut: shut } as const;
}

/** How a bus is reached, and the time that the way takes. */
function way(port: string, baud: number, openPort: OpenPort | undefined) {
  const address = portAddress(port);
  if (address === undefined) throw new TypeError(`the port "${port}" was not checked`);
  const isFar = address.kind === 'tcp';
  const open = isFar ? tcpPort(address.host, address.port) : serialPort(address.path, baud);
  return {
    open: openPort?.(port, baud) ?? open,
    ...(isFar && { replyMarginMs: TCP_REPLY_MARGIN_MS }),
  };
}

function familyOf(name: string) {
  const family = families.get(name);
  if (family === undefined) throw new RangeError(`board family "${name}" is not known`);
  return family;
}

/** The doors of the config, on their boards and buses. */
export function lockBank(config: Config, world: World, { journal }: Store): LockBank {
  const { clock, random, log } = world;
  const [buses, wiring] = [busPlans(config, world.openPort), wiringTable(config)];
  const hatch = hatchWiring(config);
  const pulseMs = config.pulse.ms;
  const isRestart = PULSES.some((t) => journal.lastSlot(t) !== null);
  return new LockBank({ buses, wiring, hatch, pulseMs, isRestart, clock, random, log });
}
