import { expect, test } from 'vitest';
import { Door, type DoorEvent, POP_MS } from '../../sim/door.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';

function doorWithLog(): { clock: VirtualClock; door: Door; log: DoorEvent[] } {
  const clock = new VirtualClock();
  const door = new Door(clock);
  const log: DoorEvent[] = [];
  door.watch((event) => log.push(event));
  return { clock, door, log };
}

test('a pulse longer than the spring needs opens the door, a shorter one does not', () => {
  const { clock, door, log } = doorWithLog();
  door.energise();
  clock.advance(POP_MS - 1);
  door.release();
  clock.advance(1_000);
  expect(door.isOpen).toBe(false);
  door.energise();
  clock.advance(POP_MS);
  door.release();
  expect(door.isOpen).toBe(true);
  expect(log).toEqual(['energised', 'released', 'energised', 'opened', 'released']);
});

test('a weak spring needs its own time', () => {
  const { clock, door } = doorWithLog();
  door.popMs = 400;
  door.energise();
  clock.advance(399);
  expect(door.isOpen).toBe(false);
  clock.advance(1);
  expect(door.isOpen).toBe(true);
});

test('a jammed door holds against the spring until it is freed under power, or forced', () => {
  const { clock, door } = doorWithLog();
  door.jam();
  door.energise();
  clock.advance(1_000);
  expect(door.isOpen).toBe(false);
  door.free();
  clock.advance(POP_MS);
  expect(door.isOpen).toBe(true);
  door.release();
  door.push();
  door.jam();
  door.force();
  expect(door.isOpen).toBe(true);
});

test('a door pushed shut under power springs open again, without power it stays shut', () => {
  const { clock, door } = doorWithLog();
  door.force();
  door.energise();
  door.push();
  clock.advance(POP_MS);
  expect(door.isOpen).toBe(true);
  door.release();
  door.push();
  clock.advance(1_000);
  expect(door.isOpen).toBe(false);
});

test('things go in and out of an open door only', () => {
  const { door } = doorWithLog();
  expect(door.putIn('book')).toBe(false);
  door.force();
  expect(door.putIn('book')).toBe(true);
  expect(door.putIn('shoes')).toBe(true);
  door.push();
  expect(door.takeOut()).toEqual([]);
  expect(door.contents).toEqual(['book', 'shoes']);
  door.force();
  expect(door.takeOut()).toEqual(['book', 'shoes']);
  expect(door.contents).toEqual([]);
});

test('sensors tell the truth unless they are at fault', () => {
  const { door, log } = doorWithLog();
  expect([door.contact.read(), door.occupancy.read()]).toEqual([true, false]);
  door.force();
  door.putIn('book');
  expect([door.contact.read(), door.occupancy.read()]).toEqual([false, true]);
  door.contact.fault = 'stuck-on';
  door.occupancy.fault = 'inverted';
  expect([door.contact.read(), door.occupancy.read()]).toEqual([true, false]);
  door.contact.fault = 'stuck-off';
  door.push();
  expect(door.contact.read()).toBe(false);
  door.contact.fault = 'none';
  expect(door.contact.read()).toBe(true);
  expect(log.filter((event) => event === 'sensor')).toHaveLength(4);
});
