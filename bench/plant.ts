import { type BusOptions, type Family, families } from '../hardware/index.ts';
import type { WallPlan } from '../sim/wall.ts';

/** Boards of one family on one bus, for the benches that need no config and no slots. */
export interface Plant {
  readonly family: keyof typeof SILENCES_MS;
  readonly baud: number;
  readonly boards: number;
  readonly channels: number;
}

/** How long the simulated boards of a family are silent before they answer (sim/boards). */
const SILENCES_MS = {
  line: 1,
  'kerong-cu16': 5,
  'kerong-cu48': 5,
  'shuoming-8a': 5,
  'waveshare-relay-d': 2,
} as const;

/** A start bit, eight data bits, a stop bit. */
const BITS_PER_BYTE = 10;

export function familyOf({ family }: Plant): Family {
  const found = families.get(family);
  if (found === undefined) throw new Error(`there is no board family "${family}"`);
  return found;
}

/** For the bus: boards `1`, `2`, … at these addresses, or one above where 0 is an address. */
export function boardsOf(plant: Plant): BusOptions['boards'] {
  const family = familyOf(plant);
  return Array.from({ length: plant.boards }, (_, index) => {
    const address = family.addresses.min + index;
    return { id: String(index + 1), address, family, channels: plant.channels };
  });
}

/** For the wall: the same boards on a bus named `bus`; their ids begin with its name. */
export function wallBusOf(plant: Plant, bus: string): WallPlan['buses'][number] {
  const { family, baud, channels } = plant;
  const boards = boardsOf(plant).map(({ id, address }) => {
    return { id: `${bus}-${id}`, address, family, channels, occupancy: false };
  });
  return { name: bus, baud, boards };
}

/** What no master could shorten in one exchange: bytes, the board's silence, the owed one. */
export function wireMs(plant: Plant, bytes: number): number {
  const owedMs = familyOf(plant).frameEndMs(plant.baud);
  return (bytes * BITS_PER_BYTE * 1_000) / plant.baud + boardSilenceMs(plant) + owedMs;
}

/** A relay board hears that a request has ended by the same silence. */
function boardSilenceMs(plant: Plant): number {
  const hearsMs = plant.family === 'waveshare-relay-d' ? familyOf(plant).frameEndMs(plant.baud) : 0;
  return SILENCES_MS[plant.family] + hearsMs;
}
