import type { Settings } from '../family.ts';
import { CODE } from './frame.ts';
import { STATUS_BYTES_MAX } from './limits.ts';

/** Where the documents disagree (README.md, "Settings"); the default first. */
export const SETTINGS = {
  unlockCode: ['11', '33'],
  bulkOrder: ['last-first', 'first-last'],
  bulkBytes: ['auto', '3', '4', '5', '7'],
  echo: ['learned', 'none', 'adapter'],
} as const;

/** The settings of one board, for use. */
export interface Choices {
  /** The code byte of an unlock. */
  readonly unlockCode: number;
  /** Which status byte holds channels 1 to 8. */
  readonly bulkOrder: (typeof SETTINGS.bulkOrder)[number];
  readonly bulkBytes: (typeof SETTINGS.bulkBytes)[number];
  readonly echo: (typeof SETTINGS.echo)[number];
}

/** @throws RangeError for a value that is not one of the setting's. */
export function choicesOf(settings: Settings): Choices {
  return {
    unlockCode: choice(settings, 'unlockCode') === '11' ? CODE.unlock : CODE.read,
    bulkOrder: choice(settings, 'bulkOrder'),
    bulkBytes: choice(settings, 'bulkBytes'),
    echo: choice(settings, 'echo'),
  };
}

/**
 * Status bytes, 3 to 7, of a board with `channels` channels. A captured board with 8 channels
 * answers with three, as one with 24 does; 32 channels have four (2016 text); 50 have seven.
 * @throws RangeError when the chosen number has no room for the channels.
 */
export function statusBytesOf(channels: number, { bulkBytes }: Choices): number {
  const needed = Math.ceil(channels / 8);
  if (bulkBytes === 'auto') return needed > 5 ? STATUS_BYTES_MAX : Math.max(3, needed);
  const chosen = Number(bulkBytes);
  if (chosen >= needed) return chosen;
  throw new RangeError(`bulkBytes is ${chosen}, ${channels} channels need ${needed} or more`);
}

type Name = keyof typeof SETTINGS;

function choice<Of extends Name>(settings: Settings, name: Of): (typeof SETTINGS)[Of][number] {
  const [usual] = SETTINGS[name];
  const value = settings[name] ?? usual;
  const allowed: readonly string[] = SETTINGS[name];
  if (isOne<(typeof SETTINGS)[Of][number]>(value, allowed)) return value;
  throw new RangeError(`${name} is "${value}", allowed are ${allowed.join(', ')}`);
}

function isOne<Value extends string>(value: string, allowed: readonly string[]): value is Value {
  return allowed.includes(value);
}
