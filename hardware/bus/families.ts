import type { Family } from '../wire/family.ts';
import { lineFamily } from '../wire/line/family.ts';
import { readlineSplitter } from './line-splitter.ts';

/** Every family of boards that the bus can talk to: one line each, found by its name. */
export const families: ReadonlyMap<string, Family> = byName([
  // The next family goes here.
  lineFamily(readlineSplitter),
]);

function byName(all: readonly Family[]): ReadonlyMap<string, Family> {
  return new Map(all.map((family) => [family.name, family]));
}
