import type { Event } from '../api/shapes.ts';
import { moment } from './words.ts';

/** One row on one line: place, time, what, where, and the rest. */
export function eventLine({ seq, tsWall, t, slot, data }: Event): string {
  const rest = Object.entries(data).map(([name, value]) => {
    return `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`;
  });
  return [`${seq}`.padStart(6), moment(tsWall), t.padEnd(20), slot ?? '', ...rest]
    .filter((part) => part !== '')
    .join('  ');
}
