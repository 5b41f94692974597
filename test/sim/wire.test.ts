import { expect, test } from 'vitest';
import { TURNAROUND_MS } from '../../sim/boards/line.ts';
import { goodReplies, line, workbench } from './workbench.ts';

const STATUS = line('S', 1);

test('a frame of n bytes at 9600 baud arrives after n times 10 bits', () => {
  const { bus, clock, wall, heard } = workbench({ baud: 9_600 });
  const request = line('U 1 400 0001', 1);
  const requestMs = (request.length * 10_000) / 9_600;
  bus.wire.send(request);
  clock.advance(requestMs - 0.01);
  expect(wall.board('A').pulses).toEqual([]);
  clock.advance(0.02);
  expect(wall.board('A').pulses).toHaveLength(1);
  clock.advance(100);
  const reply = heard[0];
  const replyMs = ((reply?.bytes.length ?? 0) * 10_000) / 9_600;
  expect(heard).toHaveLength(1);
  expect(reply?.atMs).toBeCloseTo(requestMs + TURNAROUND_MS + replyMs, 6);
});

test('a wire of baud 0 takes no time, only the board does', () => {
  const { bus, clock, heard } = workbench();
  bus.wire.send(STATUS);
  clock.advance(TURNAROUND_MS);
  expect(heard.map(({ atMs }) => atMs)).toEqual([TURNAROUND_MS]);
});

test('what one talker says in one go is sent in order, not over itself', () => {
  const { bus, clock } = workbench({ baud: 9_600 });
  const overheard: { atMs: number; text: string }[] = [];
  bus.wire.attach((bytes) => {
    overheard.push({ atMs: clock.monoMs(), text: Buffer.from(bytes).toString() });
  });
  bus.wire.send(Buffer.from('first.\n'));
  bus.wire.send(Buffer.from('second\n'));
  clock.advance(50);
  expect(overheard.map(({ text }) => text)).toEqual(['first.\n', 'second\n']);
  expect(overheard[1]?.atMs).toBeCloseTo(2 * (overheard[0]?.atMs ?? 0), 6);
});

test('a host that does not wait for the answer talks over it', () => {
  const { bus, clock, text } = workbench({ baud: 9_600 });
  bus.wire.send(line('I', 1));
  bus.wire.send(line('I', 2));
  clock.advance(200);
  expect(goodReplies(text()).map(({ id }) => id)).not.toContain(1);
});

test.each([0, 9_600])('two boards on one address garble each other at %i baud', (baud) => {
  const { bus, clock, heard, text, wall } = workbench({ baud, boards: [{}, { id: 'B' }] });
  bus.wire.send(line('U 1 400 0001', 1));
  clock.advance(200);
  expect(wall.boards.map((board) => board.pulses.length)).toEqual([1, 1]);
  expect(heard).toHaveLength(2);
  expect(goodReplies(text())).toEqual([]);
});

test('a stranger that talks while the host does garbles only the common stretch', () => {
  const { bus, clock, heard, wall } = workbench({ baud: 9_600 });
  const stranger = bus.wire.attach(() => undefined);
  const request = line('U 1 400 0001', 1);
  bus.wire.send(request);
  clock.advance(20);
  stranger(new Uint8Array(request.length));
  clock.advance(200);
  const noise = heard[0]?.bytes ?? new Uint8Array();
  expect(wall.board('A').pulses).toEqual([]);
  expect(noise[0]).not.toBe(0);
  expect(noise.at(-1)).toBe(0);
});

test('talkers one after the other do not disturb each other, and everyone hears them', () => {
  const { bus, clock, text } = workbench({ baud: 9_600 });
  const overheard: string[] = [];
  const stranger = bus.wire.attach((bytes) => overheard.push(Buffer.from(bytes).toString()));
  stranger(Buffer.from('?\n'));
  clock.advance(50);
  bus.wire.send(STATUS);
  clock.advance(100);
  const reply = overheard[1] ?? '';
  expect(overheard).toEqual([Buffer.from(STATUS).toString(), reply]);
  expect(text()).toBe(`?\n${reply}`);
});

test('pulling the adapter cuts what it was sending', () => {
  const { bus, clock, wall } = workbench({ baud: 9_600 });
  bus.wire.send(line('U 1 400 0001', 1));
  clock.advance(10);
  bus.wire.pull();
  clock.advance(100);
  bus.wire.send(line('U 2 400 0001', 2));
  clock.advance(100);
  expect(wall.board('A').pulses.map(({ channel }) => channel)).toEqual([2]);
});
