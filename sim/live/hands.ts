import type { Door } from '../door.ts';
import type { KeptDoors } from './kept.ts';

/** What hands can do to a door, by the key that does it. */
export const HANDS = {
  p: 'put in',
  t: 'take out',
  c: 'close',
  j: 'jam/free',
  o: 'force open',
} as const;
export type HandKey = keyof typeof HANDS;

/** Does it, and says what came of it. */
export function handle(key: HandKey, door: Door, thing: string): string {
  switch (key) {
    case 'p':
      return door.putIn(thing) ? `${thing} is put in` : 'it is closed: nothing can be put in';
    case 't':
      return takeOut(door);
    case 'c':
      return close(door);
    case 'j':
      return door.isJammed
        ? said(() => door.free(), 'is freed')
        : said(() => door.jam(), 'is jammed');
    case 'o':
      return door.isOpen ? 'is open already' : said(() => door.force(), 'is forced open');
  }
}

function said(act: () => void, what: string): string {
  act();
  return what;
}

function takeOut(door: Door): string {
  if (!door.isOpen) return 'it is closed: nothing can be taken out';
  const taken = door.takeOut();
  return taken.length === 0 ? 'nothing is inside' : `${taken.join(', ')} is taken out`;
}

function close(door: Door): string {
  if (!door.isOpen) return 'is closed already';
  door.push();
  return door.isOpen ? 'springs open again' : 'is closed';
}

/** The doors as they stand, by slot; only those that are not closed and empty. */
export function keepDoors(doors: ReadonlyMap<string, Door>): KeptDoors {
  const kept: KeptDoors = {};
  for (const [slot, { isOpen: open, isJammed: jammed, contents }] of doors) {
    if (open || jammed || contents.length > 0)
      kept[slot] = { open, jammed, contents: [...contents] };
  }
  return kept;
}

/** Puts closed and empty doors back as they were. */
export function restoreDoors(doors: ReadonlyMap<string, Door>, kept: KeptDoors): void {
  for (const [slot, { open, jammed, contents }] of Object.entries(kept)) {
    const door = doors.get(slot);
    if (door === undefined) continue;
    door.force();
    for (const thing of contents) door.putIn(thing);
    if (!open) door.push();
    if (jammed) door.jam();
  }
}
