import { expect, test } from 'vitest';
import { KerongBench } from '../kerong/bench.ts';
import { bytes } from '../kerong/vectors.ts';

const family = 'kerong-cu16';
const SET_TIME = '02 10 37 00 37 03 83';
const STATUS = '02 10 30 03 45';

test('the pulse time is set between two readings, and the silence that follows is no fault', () => {
  const bench = new KerongBench({ family, settings: { pulseTime: 'set' }, pulseMs: 550 });
  bench.bus.start();
  bench.clock.advance(1_000);
  expect(bench.sent.slice(0, 3)).toEqual([STATUS, SET_TIME, STATUS]);
  expect(bench.health).toEqual(['b1 probing', 'b1 online']);
  bench.unlock(3, 'b1', 550);
  bench.clock.advance(1_000);
  expect(bench.wall.board('B1').pulses).toMatchObject([{ channel: 3, pulseMs: 550 }]);
  expect(bench.sent.filter((text) => text === SET_TIME)).toHaveLength(1);
});

test('R6 an unlock that is not answered is not waited for: the board is read at once', () => {
  const bench = new KerongBench({ family }).started();
  bench.unlock(3);
  bench.clock.runUntil(() => bench.sent.includes('02 12 31 03 48'), 1_000);
  const askedMs = bench.clock.monoMs();
  bench.sent.length = 0;
  bench.clock.runUntil(() => bench.sent.length > 0, 1_000);
  expect(bench.sent).toEqual([STATUS]);
  expect(bench.clock.monoMs() - askedMs).toBeLessThan(60);
});

test('an answer to it in whatever form keeps no board out of service', () => {
  const bench = new KerongBench({ family, settings: { pulseTime: 'set' }, pulseMs: 550 });
  bench.bus.start();
  bench.clock.runUntil(() => bench.sent.at(-1) === SET_TIME, 1_000);
  bench.later(10, bytes('02 10 38 00 37 03 84'));
  bench.clock.advance(1_000);
  expect(bench.noise).toEqual(['garbage']);
  expect(bench.health).toEqual(['b1 probing', 'b1 online']);
});

test('a board that came back is told its pulse time again', () => {
  const bench = new KerongBench({ family, settings: { pulseTime: 'set' }, pulseMs: 550 }).started();
  bench.wall.board('B1').powerOff();
  bench.clock.advance(5_000);
  expect(bench.sent).not.toContain(SET_TIME);
  bench.wall.board('B1').powerOn();
  bench.clock.advance(30_000);
  expect(bench.sent.filter((text) => text === SET_TIME)).toHaveLength(1);
  bench.unlock(3, 'b1', 550);
  bench.clock.advance(1_000);
  expect(bench.wall.board('B1').pulses).toMatchObject([{ pulseMs: 550 }]);
});

test('without that choice the board keeps its own time and is never told one', () => {
  const bench = new KerongBench({ family, pulseMs: 550 });
  bench.bus.start();
  bench.clock.advance(1_000);
  expect(new Set(bench.sent)).toEqual(new Set([STATUS]));
});

test('R16a what lies in a slot is told with the contacts', () => {
  const bench = new KerongBench({ family }).started();
  bench.unlock(2);
  bench.clock.advance(1_000);
  bench.wall.door('B1', 2).putIn('book');
  bench.wall.door('B1', 2).push();
  bench.clock.advance(1_000);
  const { contacts = [], occupied = [] } = bench.reading() ?? {};
  expect(contacts.map(Number).join('')).toBe('1111111111');
  expect(occupied.map(Number).join('')).toBe('0100000000');
});
