import { parseArgs } from 'node:util';
import { TROUBLES, type Trouble, USUAL_TROUBLES } from './scene.ts';

/** What `npm run storm` was asked for. */
export interface StormOrder {
  readonly firstSeed: number;
  readonly seeds: number;
  readonly hours: number;
  readonly troubles: readonly Trouble[];
}

const SEEDS = 20;
const HOURS = 1;
/** The calm at the end takes a part of it. */
const HOURS_MIN = 0.3;

export const USAGE = `npm run storm -- [--seeds N] [--seed S] [--hours H] [--faults LIST]
  --seeds   how many storms; ${SEEDS}, or 1 with --seed
  --seed    the first one's seed; 1
  --hours   kiosk-hours of each, from ${HOURS_MIN}; ${HOURS}
  --faults  all, none, or some of ${TROUBLES.join(',')}; all but liar`;

/** @throws RangeError when the arguments mean nothing. */
export function readOrder(args: readonly string[]): StormOrder {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string' },
      seed: { type: 'string' },
      hours: { type: 'string' },
      faults: { type: 'string' },
    },
  });
  const { seeds, seed, hours, faults } = values;
  return {
    firstSeed: whole('seed', seed ?? '1'),
    seeds: whole('seeds', seeds ?? (seed === undefined ? String(SEEDS) : '1')),
    hours: hoursOf(hours ?? String(HOURS)),
    troubles: troublesOf(faults),
  };
}

/** The words that play a storm again, exactly. */
export function replay(seed: number, hours: number, troubles: readonly Trouble[]): string {
  const names = troubles.length === 0 ? 'none' : troubles.join(',');
  return `npm run storm -- --seed ${seed} --hours ${hours} --faults ${names}`;
}

function whole(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new RangeError(`--${name} ${text} is not a whole number from 1`);
}

function hoursOf(text: string): number {
  const hours = Number(text);
  if (hours >= HOURS_MIN && hours < Infinity) return hours;
  throw new RangeError(`--hours ${text} is not a number from ${HOURS_MIN}`);
}

function troublesOf(list: string | undefined): readonly Trouble[] {
  if (list === undefined || list === 'all') return USUAL_TROUBLES;
  if (list === 'none') return [];
  return list.split(',').map((name) => {
    const known = TROUBLES.find((one) => one === name);
    if (known !== undefined) return known;
    throw new RangeError(`--faults: '${name}' is none of ${TROUBLES.join(', ')}`);
  });
}
