import type { Family } from '../wire/family.ts';
import { kerongCu16Family } from '../wire/kerong-cu16/family.ts';
import { kerongCu48Family } from '../wire/kerong-cu48/family.ts';
import { lineFamily } from '../wire/line/family.ts';
import { shuomingFamily } from '../wire/shuoming-8a/family.ts';
import { waveshareRelayDFamily } from '../wire/waveshare-relay-d/family.ts';
import { readlineSplitter } from './line-splitter.ts';

/** Every family of boards that the bus can talk to: one line each, found by its name. */
export const families: ReadonlyMap<string, Family> = byName([
  // The next family goes here.
  lineFamily(readlineSplitter),
  kerongCu16Family,
  kerongCu48Family,
  shuomingFamily,
  waveshareRelayDFamily,
]);

function byName(all: readonly Family[]): ReadonlyMap<string, Family> {
  return new Map(all.map((family) => [family.name, family]));
}
