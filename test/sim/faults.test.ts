import { expect, test } from 'vitest';
import { START_UP_MS } from '../../sim/boards/powered-board.ts';
import { Faults } from '../../sim/faults.ts';
import { seededRandom } from '../../sim/random.ts';
import { goodReplies, line, workbench } from './workbench.ts';

test('a fault strikes as often as set, for certain when told so, and never once cleared', () => {
  const faults = new Faults<'lose' | 'flip'>(seededRandom(1));
  const strikes = () => Array.from({ length: 10_000 }, () => faults.strikes('lose'));
  const count = () => strikes().filter(Boolean).length;
  expect(count()).toBe(0);
  faults.set('lose', 0.1);
  expect(Math.abs(count() - 1_000)).toBeLessThan(100);
  expect(faults.strikes('flip')).toBe(false);
  faults.set('lose', 0);
  faults.next('lose', 2);
  expect(count()).toBe(2);
  faults.next('lose', 2);
  faults.set('lose', 1);
  faults.clear();
  expect(count()).toBe(0);
  expect(() => faults.set('lose', 1.1)).toThrow('1.1');
});

test('lose: a request never reaches the board, or its reply never the host', () => {
  const { ask, bus, wall } = workbench();
  bus.wire.toBoards.next('lose');
  expect(ask('U 1 400 0001')).toEqual([]);
  expect(wall.board('A').pulses).toHaveLength(0);
  bus.wire.toHost.next('lose');
  expect(ask('U 1 400 0001')).toEqual([]);
  expect(wall.board('A').pulses).toHaveLength(1);
});

test('flip: one bit changed, which the checksum shows', () => {
  const { ask, bus, clock, heard } = workbench();
  bus.wire.toBoards.next('flip');
  expect(ask('S')).toEqual([]);
  bus.wire.send(line('S', 1));
  clock.advance(10);
  bus.wire.toHost.next('flip');
  bus.wire.send(line('S', 1));
  clock.advance(10);
  const [good, bad] = heard.slice(-2).map(({ bytes }) => bytes);
  const changed = [...(good ?? [])].map((byte, index) => byte ^ (bad?.[index] ?? 0));
  const bits = changed.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
  expect(bits).toBe(1);
});

test('split: every byte in order, in several pieces with pauses', () => {
  const { bus, clock, heard, text } = workbench();
  bus.wire.toBoards.set('split', 1);
  bus.wire.toHost.set('split', 1);
  bus.wire.send(line('S', 1));
  bus.wire.send(line('S', 2));
  clock.advance(1_000);
  expect(heard.length).toBeGreaterThan(2);
  expect(new Set(heard.map(({ atMs }) => atMs)).size).toBeGreaterThan(2);
  expect(goodReplies(text()).map(({ id }) => id)).toEqual([1, 2]);
});

test('merge: held back, and delivered in one piece with the next', () => {
  const { ask, bus, heard } = workbench();
  bus.wire.toHost.next('merge');
  expect(ask('S', { id: 1 })).toEqual([]);
  expect(ask('O', { id: 2 })).toEqual(['S 0001 7FFF - 000000000000000', 'O']);
  expect(heard).toHaveLength(1);
});

test('R21 what an adapter held back is gone with its power, and never opens a door later', () => {
  const { bus, clock, wall } = workbench();
  bus.wire.toBoards.next('merge');
  bus.wire.send(line('U 1 400 0001', 1));
  bus.wire.disconnect();
  clock.advance(2_000);
  bus.wire.connect(() => {});
  bus.wire.send(line('S', 2));
  clock.advance(1_000);
  expect(wall.board('A').pulses).toEqual([]);
});

test('delay: the reply comes late, within about a second', () => {
  const { ask, bus, clock, heard, text } = workbench();
  bus.wire.toHost.next('delay');
  expect(ask('S', { waitMs: 1 })).toEqual([]);
  clock.advance(1_001);
  expect(goodReplies(text())).toHaveLength(1);
  expect(heard[0]?.atMs).toBeGreaterThan(1);
});

test('babble: garbage before a request or a reply costs neither', () => {
  const { ask, bus, heard } = workbench();
  bus.wire.toBoards.next('babble');
  expect(ask('O')).toEqual(['O']);
  bus.wire.toHost.next('babble');
  const plain = heard[0]?.bytes.length ?? 0;
  ask('O');
  expect(heard[1]?.bytes.length).toBeGreaterThan(plain);
});

test('echo: the host hears itself before the reply', () => {
  const { bus, clock, heard } = workbench();
  bus.wire.toBoards.next('echo');
  const request = line('S', 1);
  bus.wire.send(request);
  clock.advance(10);
  expect(heard).toHaveLength(2);
  expect([...(heard[0]?.bytes ?? [])]).toEqual([...request]);
});

test('stuck: the board is deaf until its power was cut', () => {
  const { ask, wall, clock } = workbench();
  const board = wall.board('A');
  board.faults.next('stuck');
  expect([...ask('S'), ...ask('S')]).toEqual([]);
  board.powerOff();
  expect(ask('S', { waitMs: 1_000 })).toEqual([]);
  board.powerOn();
  expect(ask('S')).toEqual([]);
  clock.advance(START_UP_MS);
  expect(ask('S')).toEqual(['S 0002 7FFF - 000000000000000']);
});

test('reset: the board restarts within the pulse, and its boot counter shows it', () => {
  const { ask, wall, clock } = workbench();
  const board = wall.board('A');
  board.faults.next('reset');
  ask('U 1 400 0001', { waitMs: 400 });
  expect(wall.door('A', 1).isEnergised).toBe(false);
  clock.advance(START_UP_MS);
  expect(ask('S')[0]).toMatch(/^S 0002 /);
  expect(board.pulses).toHaveLength(1);
});

test('the same seed gives the same run, fault for fault', () => {
  const run = (): number[] => {
    const { bus, clock, heard, wall } = workbench({ baud: 9_600 });
    for (const fault of ['lose', 'flip', 'split', 'babble', 'delay', 'merge', 'echo'] as const) {
      bus.wire.toHost.set(fault, 0.2);
      bus.wire.toBoards.set(fault, 0.2);
    }
    wall.board('A').faults.set('reset', 0.2);
    for (let id = 0; id < 200; id += 1) {
      bus.wire.send(line(id % 3 === 0 ? 'U 1 100 0001' : 'S', id));
      clock.advance(100);
    }
    return heard.flatMap(({ atMs, bytes }) => [atMs, ...bytes]);
  };
  expect(run()).toEqual(run());
});
