import { expect, test } from 'vitest';
import { Door } from '../../sim/door.ts';
import { drawWall, type Line } from '../../sim/live/draw-wall.ts';
import { handle, keepDoors, restoreDoors } from '../../sim/live/hands.ts';
import { doorView, messageViews } from '../../sim/live/view.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { newSlot, type SlotRecord } from '../../src/domain/slot.ts';

const CELL_COLUMNS = 12;

const newDoor = (): Door => new Door(new VirtualClock());

function believed(change: Partial<SlotRecord>): SlotRecord {
  return { ...newSlot('LOCK1/1'), board: 'ok', door: 'closed', ...change };
}

const picture = (lines: readonly Line[]): string[] =>
  lines.map((pieces) => pieces.map(({ text }) => text).join(''));

test('the wall shows what is seen in each compartment, and below it what is believed', () => {
  const full = newDoor();
  handle('o', full, '');
  handle('p', full, 'a lamp');
  const jammed = newDoor();
  handle('j', jammed, '');
  const open = believed({ state: 'open', door: 'open' });
  const barred = believed({
    state: 'out_of_service',
    bar: { kind: 'out_of_service', reason: 'changed_while_off' },
  });
  const columns = [
    [doorView({ number: 1, size: 'S' }, full, open, true)],
    [
      doorView({ number: 9, size: 'M' }, jammed, barred, false),
      doorView({ number: 10, size: 'M' }, newDoor(), believed({ content: 'full' }), false),
    ],
  ];
  expect(picture(drawWall(columns, CELL_COLUMNS))).toEqual([
    '┌────────────┬────────────┐',
    '│▸ 1 S open  │  9 M jammed│',
    '│a lamp      │░░░░░░░░░░░░│',
    '├ open ──────┼✗changed wh…┤',
    '│            │ 10 M closed│',
    '│            │░░░░░░░░░░░░│',
    '└────────────┴≠free ──────┘',
  ]);
});

test('the kiosk is wrong about what it claims, not about what it does not know', () => {
  const open = newDoor();
  handle('o', open, '');
  const isWrong = (door: Door, change: Partial<SlotRecord>): boolean =>
    doorView({ number: 1, size: 'S' }, door, believed(change), false).isWrong;
  expect(isWrong(open, { door: 'closed' })).toBe(true);
  expect(isWrong(open, { door: 'open' })).toBe(false);
  expect(isWrong(open, { door: 'unknown' })).toBe(false);
  handle('p', open, 'a lamp');
  expect(isWrong(open, { door: 'open', content: 'empty' })).toBe(true);
  expect(isWrong(open, { door: 'open', content: 'unknown' })).toBe(false);
  expect(isWrong(open, { door: 'open', content: 'empty', state: 'open' })).toBe(false);
});

test('a wall that is kept and restored stands as it stood', () => {
  const wall = () => new Map(['open', 'full', 'jammed', 'as new'].map((id) => [id, newDoor()]));
  const before = wall();
  for (const id of ['open', 'full']) {
    const door = before.get(id) ?? newDoor();
    handle('o', door, '');
    handle('p', door, 'a lamp');
    handle('p', door, 'a book');
    if (id === 'full') handle('c', door, '');
  }
  before.get('jammed')?.jam();
  const after = wall();
  restoreDoors(after, JSON.parse(JSON.stringify(keepDoors(before))));
  for (const [id, { isOpen, isJammed, contents }] of before) {
    expect(after.get(id)).toMatchObject({ isOpen, isJammed, contents });
  }
  expect(keepDoors(after)).toEqual(keepDoors(before));
});

test('hands say what came of it', () => {
  const door = newDoor();
  const does = (key: Parameters<typeof handle>[0]) => handle(key, door, 'a lamp');
  expect(does('p')).toBe('it is closed: nothing can be put in');
  expect(does('t')).toBe('it is closed: nothing can be taken out');
  expect(does('c')).toBe('is closed already');
  expect(does('o')).toBe('is forced open');
  expect(does('o')).toBe('is open already');
  expect(does('p')).toBe('a lamp is put in');
  expect(does('t')).toBe('a lamp is taken out');
  expect(does('t')).toBe('nothing is inside');
  door.energise();
  expect(does('j')).toBe('is jammed');
  expect(does('c')).toBe('is closed');
  expect(does('j')).toBe('is freed');
});

test('messages stand newest first, with their number in front', () => {
  const text = 'Your parcel FB9VM3 is in the locker.\nPickup code: 2336973\n';
  const received = [
    { to: '1', subject: 'Your parcel is in the locker', text },
    { to: '2', subject: 'Your parcel was collected', text: 'Your parcel FB9VM3 was collected.\n' },
  ];
  expect(messageViews(received, (address) => `N${address}`)).toMatchObject([
    { to: 'N2', gist: 'FB9VM3 Your parcel was collected' },
    { to: 'N1', gist: 'FB9VM3 Pickup code: 2336973' },
  ]);
});
