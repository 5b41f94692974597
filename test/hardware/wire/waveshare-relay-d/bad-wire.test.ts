import { describe, expect, test } from 'vitest';
import { encodeFrame } from '../../../../hardware/wire/waveshare-relay-d/frame.ts';
import { Bench } from './bench.ts';
import { bytesOf } from './vectors.ts';

const OFF = '010500FF0000FDFA';
const STATUS = '01020000000879CC';
const UNLOCK_1 = '0105020000050C71';
/** An unlock of any channel of board 1. */
const UNLOCK = '010502';
const ALL_SHUT = Array.from({ length: 8 }, () => true);

/** A board of one's own on the wire: it says what it is told, on hearing what begins like this. */
function talker(bench: Bench, head: string, says: (asked: Uint8Array) => readonly Uint8Array[]) {
  const say = bench.wire.attach((bytes) => {
    if (!Buffer.from(bytes).toString('hex').toUpperCase().startsWith(head)) return;
    bench.clock.after('talker', 6, () => {
      for (const frame of says(bytes)) say(frame);
    });
  });
}

describe('a bad wire', () => {
  test('garbage before the reply', () => {
    const bench = new Bench().started();
    bench.wire.toHost.set('babble', 1);
    const verdicts = bench.unlock();
    bench.clock.advance(500);
    expect(verdicts).toMatchObject([{ kind: 'Answered' }]);
    expect(bench.contacts()[0]).toBe(false);
    expect(bench.noise).toContain('garbage');
  });

  test('replies in pieces', () => {
    const bench = new Bench().started();
    bench.wire.toHost.set('split', 1);
    const verdicts = bench.unlock();
    bench.clock.advance(1_000);
    expect(verdicts).toMatchObject([{ kind: 'Answered' }]);
    expect(bench.healthOf()).toBe('online');
    expect(bench.noise).toEqual([]);
  });

  test('R6 a reply that arrives together with the next one: no second pulse', () => {
    const bench = new Bench().started();
    bench.wire.toHost.next('merge');
    const verdicts = bench.unlock();
    bench.clock.advance(3_000);
    expect(verdicts).toMatchObject([{ kind: 'NoReply' }]);
    expect(bench.noise).toEqual(['late']);
    expect(bench.wall.board('A').pulses).toHaveLength(1);
    expect(bench.healthOf()).toBe('online');
  });

  test('a reply with a bit changed is a bad reply', () => {
    const bench = new Bench().started();
    bench.wire.toHost.next('flip');
    const verdicts = bench.unlock();
    bench.clock.advance(500);
    expect(verdicts).toMatchObject([{ kind: 'BadReply' }]);
    expect(bench.contacts()[0]).toBe(false);
  });

  test('R6 an unlock without an answer is never repeated; the status is read first', () => {
    const bench = new Bench().started();
    bench.wire.toHost.next('lose');
    const from = bench.written.length;
    const verdicts = bench.unlock();
    bench.clock.advance(5_000);
    expect(verdicts).toMatchObject([{ kind: 'NoReply', awaited: 'unlock of board A (address 1)' }]);
    expect(bench.writesFrom(from, UNLOCK)).toEqual([UNLOCK_1]);
    expect(bench.written.slice(from, from + 2)).toEqual([UNLOCK_1, STATUS]);
    expect(bench.wall.board('A').pulses).toHaveLength(1);
    expect(bench.contacts()[0]).toBe(false);
  });

  test('R6 an unlock that the board never heard is not repeated either', () => {
    const bench = new Bench().started();
    bench.wire.toBoards.next('lose');
    const from = bench.written.length;
    const verdicts = bench.unlock();
    bench.clock.advance(5_000);
    expect(verdicts).toMatchObject([{ kind: 'NoReply' }]);
    expect(bench.writesFrom(from, UNLOCK)).toHaveLength(1);
    expect(bench.wall.board('A').pulses).toEqual([]);
    expect(bench.contacts()).toEqual(ALL_SHUT);
  });
});

describe('replies that are not what was asked for', () => {
  test.each([
    ['a function with one bit wrong', '01030105304B', 'garbage'],
    ['the state of the relays', '010101FF11C8', 'malformed'],
  ])('%s is a bad reply, its good checksum notwithstanding', (_about, reply, reason) => {
    const bench = new Bench({ boards: [{ id: 'X', address: 9 }], known: [{}] });
    talker(bench, OFF, (asked) => [asked]);
    talker(bench, STATUS, () => [bytesOf(reply)]);
    bench.started();
    expect(new Set(bench.noise)).toEqual(new Set([reason]));
    expect(bench.bus.stats().get('A')).toMatchObject({ badReply: 4, noReply: 0 });
    expect(bench.healthOf()).toBe('offline');
  });

  test('an exception refuses, by its name', () => {
    const bench = new Bench({ boards: [{ id: 'X', address: 9 }], known: [{}] });
    talker(bench, OFF, (asked) => [asked]);
    talker(bench, STATUS, () => [encodeFrame({ address: 1, code: 2, data: [1, 0xff] })]);
    talker(bench, UNLOCK, () => [encodeFrame({ address: 1, code: 0x85, data: [4] })]);
    bench.started();
    const verdicts = bench.unlock();
    bench.clock.advance(200);
    expect(verdicts).toEqual([{ kind: 'Refused', code: 4, why: 'server-device-failure' }]);
    expect(bench.healthOf()).toBe('online');
  });

  test('a relay board without inputs refuses its status and stays out of service', () => {
    const bench = new Bench({ boards: [{ id: 'X', address: 9 }], known: [{}] });
    talker(bench, OFF, (asked) => [asked]);
    talker(bench, STATUS, () => [encodeFrame({ address: 1, code: 0x82, data: [1] })]);
    bench.started();
    expect(bench.health.at(-1)).toMatchObject({
      health: 'offline',
      why: 'refused with code 1, illegal-function',
    });
  });
});

describe('echoes', () => {
  const settings = { echo: 'adapter' };

  test('an adapter that echoes does not acknowledge for a board that is not there', () => {
    const bench = new Bench({ boards: [{ id: 'X', address: 9 }], known: [{ settings }] });
    bench.wire.toBoards.set('echo', 1);
    bench.started();
    expect(new Set(bench.noise)).toEqual(new Set(['echo']));
    expect(bench.bus.stats().get('A')).toMatchObject({ answered: 0, badReply: 0 });
    expect(bench.healthOf()).toBe('offline');
  });

  test('with an echo the board still answers, and a lost answer is missed', () => {
    const bench = new Bench({ boards: [{ settings }] });
    bench.wire.toBoards.set('echo', 1);
    bench.started();
    const answered = bench.unlock({ channel: 1 });
    bench.clock.advance(2_000);
    bench.wire.toBoards.next('lose');
    bench.wire.toBoards.set('echo', 1);
    const lost = bench.unlock({ channel: 2 });
    bench.clock.advance(2_000);
    expect(answered).toMatchObject([{ kind: 'Answered' }]);
    expect(lost).toMatchObject([{ kind: 'NoReply' }]);
    expect(bench.wall.board('A').pulses).toHaveLength(1);
    expect(bench.healthOf()).toBe('online');
  });

  test('an echo that the installation does not know of is counted at every poll', () => {
    const bench = new Bench();
    bench.wire.toBoards.set('echo', 1);
    bench.started();
    expect(bench.healthOf()).toBe('online');
    expect(bench.bus.stats().get('A')?.discarded.echo).toBeGreaterThan(1);
  });

  test('a board said to be behind an echo that is not there never serves', () => {
    const bench = new Bench({ boards: [{ settings }] }).started();
    expect(bench.healthOf()).toBe('offline');
  });
});

describe('late replies', () => {
  test('between two exchanges one is discarded', () => {
    const bench = new Bench().started();
    bench.clock.runUntil(() => bench.written.at(-1) === STATUS, 1_000);
    bench.clock.advance(100);
    const readings = bench.readings.length;
    bench.wire.attach(() => {})(encodeFrame({ address: 1, code: 2, data: [1, 0] }));
    bench.clock.advance(20);
    expect(bench.noise).toEqual(['late']);
    expect(bench.readings.length).toBe(readings);
  });

  test('R6 that of an unlock does not answer the status which follows it', () => {
    const bench = new Bench().started();
    talker(bench, STATUS, () => [bytesOf('01 05 02 00 00 05 0C 71')]);
    bench.wall.board('A').powerOff();
    bench.unlock();
    bench.clock.advance(300);
    expect(bench.noise).toEqual(['late']);
    expect(bench.bus.stats().get('A')).toMatchObject({ badReply: 0 });
  });

  test('half of one, then silence, does not spoil the next', () => {
    const bench = new Bench().started();
    bench.wire.attach(() => {})(bytesOf('01 02 01'));
    bench.clock.advance(1_000);
    expect(bench.noise).toEqual(['half-frame']);
    expect(bench.bus.stats().get('A')).toMatchObject({ noReply: 0, badReply: 0 });
  });
});
