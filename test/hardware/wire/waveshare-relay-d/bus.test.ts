import { describe, expect, test } from 'vitest';
import { Bench } from './bench.ts';
import { bytesOf } from './vectors.ts';

const OFF = '010500FF0000FDFA';
const STATUS = '01020000000879CC';
/** An unlock of any channel of board 1. */
const UNLOCK = '010502';
const ALL_SHUT = Array.from({ length: 8 }, () => true);

describe('a healthy board', () => {
  test('R20 all outputs go off, then the inputs are read, then the board serves', () => {
    const bench = new Bench().started();
    expect(bench.written.slice(0, 2)).toEqual([OFF, STATUS]);
    expect(bench.health.map(({ health }) => health)).toEqual(['probing', 'online']);
    expect(bench.contacts()).toEqual(ALL_SHUT);
    expect(bench.noise).toEqual([]);
  });

  test('R20 an output that was left on is off before the first reading', () => {
    const bench = new Bench();
    bench.wire.send(bytesOf('01 05 00 02 FF 00 2D FA'));
    bench.clock.advance(200);
    expect(bench.wall.door('A', 3).isEnergised).toBe(true);
    bench.started();
    expect(bench.wall.door('A', 3).isEnergised).toBe(false);
    expect(bench.contacts()[2]).toBe(false);
  });

  test('R7 an unlock pulses that lock; its board is read at once and shows the open door', () => {
    const bench = new Bench().started();
    const from = bench.written.length;
    const verdicts = bench.unlock({ channel: 3 });
    bench.clock.advance(400);
    expect(verdicts).toEqual([{ kind: 'Answered', reply: { kind: 'done' } }]);
    expect(bench.written.slice(from, from + 2)).toEqual(['010502020005ADB1', STATUS]);
    expect(bench.wall.door('A', 3).isOpen).toBe(true);
    expect(bench.contacts()).toEqual(ALL_SHUT.map((shut, index) => shut && index !== 2));
    expect(bench.wall.board('A').pulses).toMatchObject([{ channel: 3, pulseMs: 500 }]);
  });

  test('R7 the next lock waits until the pulse before has ended and the supply has rested', () => {
    const bench = new Bench().started();
    bench.unlock({ channel: 1 });
    bench.unlock({ channel: 2 });
    bench.clock.advance(3_000);
    const [first, second] = bench.wall.board('A').pulses;
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(800);
  });

  test('the board ends the pulse when the host has died', () => {
    const bench = new Bench().started();
    const door = bench.wall.door('A', 1);
    bench.unlock({ pulseMs: 700 });
    bench.clock.runUntil(() => door.isEnergised, 1_000);
    bench.port.unplug();
    bench.clock.advance(699);
    expect(door.isEnergised).toBe(true);
    bench.clock.advance(1);
    expect(door.isEnergised).toBe(false);
  });

  test('R21 after the port came back all is switched off and read, and nothing opened', () => {
    const bench = new Bench().started();
    const verdicts = bench.unlock();
    bench.port.unplug();
    const from = bench.written.length;
    bench.port.replug();
    bench.clock.advance(5_000);
    expect(verdicts).toMatchObject([{ kind: 'PortLost' }]);
    expect(bench.written.slice(from, from + 2)).toEqual([OFF, STATUS]);
    expect(bench.writesFrom(from, UNLOCK)).toEqual([]);
    expect(bench.healthOf()).toBe('online');
  });

  test('items in the slots are read from the upper inputs', () => {
    const settings = { inputs: 'doors-and-items' };
    const bench = new Bench({ boards: [{ channels: 4, settings }] }).started();
    bench.wall.door('A', 2).force();
    bench.wall.door('A', 2).putIn('book');
    bench.clock.advance(500);
    expect(bench.readings.at(-1)?.reading).toEqual({
      contacts: [true, false, true, true],
      occupied: [false, true, false, false],
    });
  });

  test('a contact wired the other way, or stuck, is told as it is', () => {
    const bench = new Bench().started();
    bench.wall.door('A', 1).contact.fault = 'inverted';
    bench.wall.door('A', 2).contact.fault = 'stuck-on';
    bench.unlock({ channel: 2 });
    bench.clock.advance(500);
    expect(bench.wall.door('A', 2).isOpen).toBe(true);
    expect(bench.contacts().slice(0, 3)).toEqual([false, true, true]);
  });
});

describe('what cannot be asked', () => {
  test('a pulse that the board cannot time is not sent, and the bus goes on', () => {
    const bench = new Bench().started();
    expect(() => bench.unlock({ pulseMs: 350 })).toThrow(
      'pulse in ms is 350, allowed are 100, 200',
    );
    const readings = bench.readings.length;
    bench.clock.advance(1_000);
    expect(bench.readings.length).toBeGreaterThan(readings);
    expect(bench.wall.board('A').pulses).toEqual([]);
  });

  test('more channels than the choice of inputs leaves: out of service, and says why', () => {
    const settings = { inputs: 'doors-and-items' };
    const bench = new Bench({
      boards: [{}, { id: 'B', address: 2 }],
      known: [{ settings }, { id: 'B', address: 2 }],
    }).started();
    expect(bench.health.filter(({ board }) => board === 'A').at(-1)).toMatchObject({
      health: 'offline',
      why: 'not sent: with inputs "doors-and-items" channels is 8, allowed are 1 to 4',
    });
    expect(bench.healthOf('B')).toBe('online');
  });
});

describe('boards in trouble', () => {
  test('R9 two boards at the factory address both act, and their answers garble each other', () => {
    const bench = new Bench({ boards: [{}, { id: 'B' }], known: [{}] });
    bench.started();
    expect(bench.healthOf()).toBe('offline');
    bench.wire.send(bytesOf('01 05 02 00 00 05 0C 71'));
    bench.clock.advance(50);
    expect(bench.wall.boards.map(({ pulses }) => pulses.length)).toEqual([1, 1]);
  });

  test('R21 a board that restarts during a pulse drops it, and nothing is pulsed again', () => {
    const bench = new Bench().started();
    const board = bench.wall.board('A');
    board.faults.next('reset');
    bench.unlock({ pulseMs: 2_000 });
    bench.clock.advance(2_500);
    expect(board.pulses).toHaveLength(1);
    expect(bench.wall.door('A', 1).isEnergised).toBe(false);
    bench.clock.advance(3_000);
    expect(bench.healthOf()).toBe('online');
  });

  test('a board without power goes offline, and comes back switched off', () => {
    const bench = new Bench().started();
    bench.wall.board('A').powerOff();
    bench.clock.advance(5_000);
    expect(bench.healthOf()).toBe('offline');
    bench.wall.board('A').powerOn();
    const from = bench.written.length;
    bench.clock.advance(35_000);
    expect(bench.healthOf()).toBe('online');
    expect(bench.writesFrom(from, OFF).length).toBeGreaterThan(0);
  });

  test('a board that hangs takes no other with it', () => {
    const bench = new Bench({ boards: [{}, { id: 'B', address: 2 }] }).started();
    bench.wall.board('A').faults.next('stuck');
    bench.clock.advance(5_000);
    expect(bench.healthOf('A')).toBe('offline');
    expect(bench.healthOf('B')).toBe('online');
  });
});
