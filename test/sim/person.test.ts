import { expect, test } from 'vitest';
import { Door } from '../../sim/door.ts';
import { Person } from '../../sim/person.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';

function scene(): { clock: VirtualClock; door: Door; person: Person } {
  const clock = new VirtualClock();
  return { clock, door: new Door(clock), person: new Person(clock) };
}

const PACE = { afterMs: 2_000, closesAfterMs: 1_000 };

test('a courier waits for the door, puts the parcel in and closes', () => {
  const { clock, door, person } = scene();
  person.dropsParcel(door, 'book', PACE);
  clock.advance(10_000);
  expect(door.isOpen).toBe(false);
  door.force();
  clock.advance(1_999);
  expect(person.looks(door)).toEqual([]);
  clock.advance(1);
  expect(person.looks(door)).toEqual(['book']);
  clock.advance(1_000);
  expect(door.isOpen).toBe(false);
  expect(person.looks(door)).toBeUndefined();
});

test('a recipient takes everything out of a door that is open already', () => {
  const { clock, door, person } = scene();
  door.force();
  door.putIn('book');
  person.takesParcel(door, PACE);
  clock.advance(3_000);
  expect([door.isOpen, door.contents]).toEqual([false, []]);
});

test('who walks off leaves everything as it is, doors not seen yet included', () => {
  const { clock, door, person } = scene();
  const other = new Door(clock);
  door.force();
  person.dropsParcel(door, 'book', PACE);
  person.closes(other, 100);
  clock.advance(2_500);
  person.walksOff();
  other.force();
  clock.advance(60_000);
  expect([door.isOpen, other.isOpen]).toEqual([true, true]);
  expect(door.contents).toEqual(['book']);
});

test('a watched door is seen once', () => {
  const { door, person } = scene();
  let seen = 0;
  person.watch(door, () => {
    seen += 1;
  });
  door.force();
  door.push();
  door.force();
  expect(seen).toBe(1);
});
