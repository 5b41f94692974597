import type { BoardSetup, UnlockJob } from './bus-options.ts';
import { BusMisuse } from './errors.ts';

/** @throws BusMisuse when a board contradicts its family, or two boards share an id or address. */
export function checkBoards(boards: readonly BoardSetup[]): void {
  const ids = new Set(boards.map(({ id }) => id));
  const addresses = new Set(boards.map(({ address }) => address));
  if (ids.size < boards.length) throw new BusMisuse('two boards of a bus have the same id');
  if (addresses.size < boards.length) {
    throw new BusMisuse('two boards of a bus have the same address');
  }
  for (const { id, address, channels, family } of boards) {
    checkRange(`address of board ${id}`, address, family.addresses);
    checkRange(`channels of board ${id}`, channels, { min: 1, max: family.channelsMax });
  }
}

/** @throws BusMisuse when the channel or the pulse is outside the board's limits. */
export function checkUnlock({ channel, pulseMs }: UnlockJob, setup: BoardSetup): void {
  checkRange(`channel of board ${setup.id}`, channel, { min: 1, max: setup.channels });
  const { only } = setup.family.pulseMs;
  checkRange('pulse in ms', pulseMs, setup.family.pulseMs);
  if (only === undefined || only.includes(pulseMs)) return;
  throw new BusMisuse(`pulse in ms is ${pulseMs}, allowed are ${only.join(', ')}`);
}

function checkRange(what: string, value: number, limit: { min: number; max: number }): void {
  if (Number.isInteger(value) && value >= limit.min && value <= limit.max) return;
  throw new BusMisuse(`${what} is ${value}, allowed are ${limit.min} to ${limit.max}`);
}
