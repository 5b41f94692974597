import { expect, test } from 'vitest';
import { START_UP_MS } from '../../sim/boards/powered-board.ts';
import { DEBOUNCE_MS, LATE_ANSWER_MS, TURNAROUND_MS } from '../../sim/boards/shuoming-8a.ts';
import { ShuomingBench } from './shuoming-8a-bench.ts';

const STATUS = '80 01 00 33 B2';
const UNLOCK_3 = '8A 01 03 11 99';
/** Five bytes there and five back, and more. */
const WIRE_MS = 15;

test('status, byte for byte: a board with 8 channels answers with three status bytes', () => {
  const bench = new ShuomingBench();
  expect(bench.ask(STATUS)).toBe('80 01 00 00 FF 33 4D');
  for (const door of bench.wall.board('A').doors) door.force();
  expect(bench.ask(STATUS)).toBe('80 01 00 00 00 33 B2');
  bench.wall.door('A', 2).push();
  expect(bench.ask(STATUS)).toBe('80 01 00 00 02 33 B0');
  expect(bench.ask('80 01 02 33 B0')).toBe('80 01 02 11 92');
  expect(bench.ask('80 01 01 33 B3')).toBe('80 01 01 00 80');
});

test('status of 32 and 50 channels, and the other order of the bytes', () => {
  expect(new ShuomingBench({ channels: 32 }).ask(STATUS)).toBe('80 01 FF FF FF FF 33 B2');
  const closed = { channels: 50, settings: { bulkOrder: 'first-last' } };
  expect(new ShuomingBench(closed).ask(STATUS)).toBe('80 01 FF FF FF FF FF FF 03 33 B1');
  const bench = new ShuomingBench({ channels: 50 });
  expect(bench.ask(STATUS)).toBe('80 01 03 FF FF FF FF FF FF 33 B1');
});

test('an unlock is answered after its pulse, with the contact as it is then', () => {
  const bench = new ShuomingBench();
  const door = bench.wall.door('A', 3);
  expect(bench.ask(UNLOCK_3, 300)).toBe('');
  expect(door.isEnergised).toBe(true);
  bench.clock.advance(TURNAROUND_MS + WIRE_MS);
  expect(bench.heard()).toBe('8A 01 03 00 88');
  expect([door.isOpen, door.isEnergised]).toEqual([true, false]);
  const { doors } = bench.wall.board('A');
  expect(doors.filter((other) => other.isOpen)).toEqual([door]);
  bench.wall.door('A', 5).jam();
  expect(bench.ask('8A 01 05 11 9F', 400)).toBe('8A 01 05 11 9F');
  expect(bench.pulses).toMatchObject([
    { channel: 3, pulseMs: 300, requestId: 1, boot: 1 },
    { channel: 5, pulseMs: 300, requestId: 2, boot: 1 },
  ]);
});

test('R6 a repeated unlock is a second pulse: these boards remember nothing', () => {
  const bench = new ShuomingBench();
  bench.ask(UNLOCK_3, 400);
  bench.ask(UNLOCK_3, 400);
  expect(bench.pulses).toHaveLength(2);
});

test('seconds, the other unlock code, and the answer of the 2016 text', () => {
  const bench = new ShuomingBench({ settings: { unlockCode: '33', unlockReply: 'after-1s' } });
  expect(bench.ask(UNLOCK_3, 2_000)).toBe('');
  expect(bench.ask('8A 01 03 33 BB', LATE_ANSWER_MS)).toBe('');
  bench.clock.advance(WIRE_MS);
  expect(bench.heard()).toBe('8A 01 03 00 88');
  expect(bench.ask('8A 01 03 33 02 B9', 2_000 + TURNAROUND_MS + WIRE_MS)).toBe('8A 01 03 00 88');
  expect(bench.pulses.map(({ pulseMs }) => pulseMs)).toEqual([300, 2_000]);
});

test('I8 it is deaf from an unlock to its reply, so one output is on at a time', () => {
  const bench = new ShuomingBench({ settings: { unlockReply: 'none' } });
  bench.ask(UNLOCK_3, 100);
  expect(bench.ask('8A 01 04 11 9E', 50)).toBe('');
  expect(bench.ask(STATUS, 300)).toBe('');
  expect(bench.pulses).toHaveLength(1);
  expect(bench.ask(STATUS)).toBe('80 01 00 00 FB 33 49');
});

test('R9 what the driver never sends: all locks open in turn, several without a reply', () => {
  const bench = new ShuomingBench({ channels: 3 });
  let energised = 0;
  bench.wall.watch(() => {
    const { doors } = bench.wall.board('A');
    energised = Math.max(energised, doors.filter((door) => door.isEnergised).length);
  });
  expect(bench.ask('8A 01 00 11 9A', 1_000)).toBe('8A 01 00 11 9A');
  expect(bench.ask('90 01 05 00 00 94', 1_000)).toBe('');
  expect(bench.pulses.map(({ channel }) => channel)).toEqual([1, 2, 3, 1, 3]);
  expect(energised).toBe(1);
});

test('changes are reported unasked when the board is one that does so', () => {
  const silent = new ShuomingBench();
  silent.wall.door('A', 5).force();
  silent.clock.advance(100);
  expect(silent.heard()).toBe('');
  for (const [reports, open, shut] of [
    ['82', '82 01 05 00 86', '82 01 05 11 97'],
    ['81', '81 01 05 00 85', '81 01 05 11 94'],
  ] as const) {
    const bench = new ShuomingBench({ settings: { reports } });
    bench.wall.door('A', 5).force();
    bench.clock.advance(DEBOUNCE_MS + WIRE_MS);
    expect(bench.heard()).toBe(open);
    bench.wall.door('A', 5).push();
    bench.clock.advance(100);
    expect(bench.heard()).toBe(`${open} ${shut}`);
    bench.wall.door('A', 5).force();
    bench.wall.door('A', 5).push();
    bench.clock.advance(100);
    expect(bench.heard()).toBe(`${open} ${shut}`);
  }
});

test('others are ignored: addresses, wrong checks, unknown channels and codes', () => {
  const bench = new ShuomingBench();
  for (const frame of [
    '80 02 00 33 B1',
    '80 01 00 33 B3',
    '8A 01 01 11 9A',
    '8A 01 09 11 93',
    '80 01 09 33 BB',
    '8A 01 01 22 A8',
    '9A 01 01 11 8B',
  ]) {
    expect(bench.ask(frame, 500)).toBe('');
  }
  expect(bench.pulses).toEqual([]);
});

test('a request is found behind noise and behind a cut one', () => {
  const bench = new ShuomingBench();
  for (const before of ['FA FD 99 99', '8A 01', '8A 01 01 11', '80', '90 01 02 02']) {
    expect(bench.ask(`${before} ${STATUS}`)).toBe('80 01 00 00 FF 33 4D');
  }
  expect(bench.pulses).toEqual([]);
});

test('a reset drops the output, and nothing of before goes on', () => {
  const bench = new ShuomingBench();
  bench.ask(UNLOCK_3, 60);
  bench.wall.board('A').reset();
  expect(bench.wall.door('A', 3).isEnergised).toBe(false);
  expect(bench.ask(STATUS, START_UP_MS)).toBe('');
  expect(bench.ask(STATUS, 500)).toBe('80 01 00 00 FF 33 4D');
  expect(bench.wall.door('A', 3).isOpen).toBe(false);
  bench.wall.board('A').faults.next('stuck');
  expect(bench.ask(STATUS)).toBe('');
  expect(bench.ask(STATUS)).toBe('');
});
