import { describe, expect, test } from 'vitest';
import { DOORS, KerongBench, type KerongName } from './bench.ts';
import { bytes } from './vectors.ts';

interface Kind {
  readonly family: KerongName;
  /** What the host sends to board 1. */
  readonly status: string;
  readonly unlock: string;
}

const kinds: readonly Kind[] = [
  { family: 'kerong-cu16', status: '02 10 30 03 45', unlock: '02 12 31 03 48' },
  { family: 'kerong-cu48', status: '02 01 00 60 03 66', unlock: '02 01 02 61 03 69' },
];

const SHUT = Array<boolean>(DOORS).fill(true);
const THIRD_OPEN = SHUT.with(2, false);

describe.each(kinds)('$family: bus and boards', ({ family, status, unlock }) => {
  const pulsesOf = (bench: KerongBench) => bench.wall.board('B1').pulses;

  test('R20 a board is read before it serves', () => {
    const bench = new KerongBench({ family }).started();
    expect(bench.health).toEqual(['b1 probing', 'b1 online']);
    expect(bench.reading()?.contacts).toEqual(SHUT);
    expect(bench.noise).toEqual([]);
  });

  test('R6 an unlock without an answer: sent once, status first, and the door is seen open', () => {
    const bench = new KerongBench({ family }).started();
    const verdicts = bench.unlock();
    bench.clock.advance(150);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['NoReply']);
    expect(bench.sent.slice(0, 2)).toEqual([unlock, status]);
    bench.clock.advance(10_000);
    expect(bench.sent.filter((text) => text === unlock)).toHaveLength(1);
    expect(pulsesOf(bench)).toMatchObject([{ channel: 3, pulseMs: 300, requestId: 1 }]);
    expect(bench.reading()?.contacts).toEqual(THIRD_OPEN);
    expect(bench.health).toEqual(['b1 probing', 'b1 online']);
  });

  test('an unlock that is answered is acknowledged, whether that was expected or not', () => {
    for (const settings of [{ unlockAnswer: 'none' }, { unlockAnswer: 'status' }]) {
      const real = { unlockAnswer: 'status' };
      const bench = new KerongBench({ family, settings, real }).started();
      const verdicts = bench.unlock();
      bench.clock.advance(50);
      expect(verdicts).toEqual([{ kind: 'Answered', reply: { kind: 'done' } }]);
      bench.clock.advance(1_000);
      expect(bench.reading()?.contacts).toEqual(THIRD_OPEN);
    }
  });

  test('R7 one lock at a time, though the boards tell nothing of their pulses', () => {
    const bench = new KerongBench({ family, real: { afterUnlock: 'busy' } }).started();
    const verdicts = [bench.unlock(1), bench.unlock(2), bench.unlock(3)];
    let energisedMax = 0;
    for (const door of bench.wall.board('B1').doors) {
      door.watch(() => {
        const on = bench.wall.board('B1').doors.filter(({ isEnergised }) => isEnergised);
        energisedMax = Math.max(energisedMax, on.length);
      });
    }
    bench.clock.advance(5_000);
    expect(verdicts.flat()).toHaveLength(3);
    expect(pulsesOf(bench).map(({ channel }) => channel)).toEqual([1, 2, 3]);
    expect(energisedMax).toBe(1);
  });

  test('an adapter that echoes makes no unlock look answered', () => {
    const bench = new KerongBench({ family }).started();
    bench.wall.bus('main').wire.toBoards.set('echo', 1);
    const verdicts = bench.unlock();
    bench.clock.advance(2_000);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['NoReply']);
    expect(new Set(bench.noise)).toEqual(new Set(['echo']));
    expect(bench.reading()?.contacts).toEqual(THIRD_OPEN);
  });

  test('garbage before every reply costs nothing but a note', () => {
    const bench = new KerongBench({ family }).started();
    bench.arrive = (chunk) => [bytes('FA FD 99 99'), chunk];
    bench.unlock();
    bench.clock.advance(2_000);
    expect(new Set(bench.noise)).toEqual(new Set(['garbage']));
    expect(bench.reading()?.contacts).toEqual(THIRD_OPEN);
    expect(bench.health).toEqual(['b1 probing', 'b1 online']);
  });

  test.each(['split', 'merge', 'babble', 'flip', 'lose', 'delay'] as const)(
    'with the fault %s on half of the replies the open door is seen, and pulsed once',
    (fault) => {
      const bench = new KerongBench({ family }).started();
      bench.wall.bus('main').wire.toHost.set(fault, 0.5);
      bench.unlock();
      bench.clock.advance(20_000);
      expect(bench.reading()?.contacts).toEqual(THIRD_OPEN);
      expect(pulsesOf(bench)).toHaveLength(1);
    },
  );

  test('split and merged chunks are read as they would be whole', () => {
    const bench = new KerongBench({ family }).started();
    bench.arrive = (chunk) => Array.from(chunk, (byte) => Uint8Array.of(byte));
    bench.clock.advance(1_000);
    bench.arrive = (chunk) => [Uint8Array.of(...chunk, ...chunk)];
    bench.clock.advance(1_000);
    expect(new Set(bench.noise)).toEqual(new Set(['late']));
    expect(bench.health).toEqual(['b1 probing', 'b1 online']);
  });

  test('R6 a reading that answers an earlier request acknowledges no unlock', () => {
    const bench = new KerongBench({ family, settings: { unlockAnswer: 'status' } }).started();
    let late: Uint8Array | undefined;
    bench.arrive = (chunk) => {
      late = chunk;
      return [];
    };
    bench.clock.runUntil(() => late !== undefined, 1_000);
    const verdicts = bench.unlock();
    bench.clock.runUntil(() => bench.sent.at(-1) === unlock, 1_000);
    if (late) bench.later(10, late);
    bench.clock.runUntil(() => verdicts.length > 0, 1_000);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['NoReply']);
    expect(bench.noise).toEqual(['late']);
    expect(pulsesOf(bench)).toHaveLength(1);
  });

  test('a late answer to an unlock passes for the next reading; later ones are right', () => {
    const bench = new KerongBench({ family, real: { unlockAnswer: 'status' } }).started();
    let held = 0;
    bench.arrive = (chunk) => {
      if (bench.sent.at(-1) !== unlock) return [chunk];
      held += 1;
      bench.later(90, chunk);
      return [];
    };
    const verdicts = bench.unlock();
    bench.clock.advance(1_000);
    expect(held).toBe(1);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['NoReply']);
    expect(bench.noise).toEqual(['late']);
    expect(bench.reading()?.contacts).toEqual(THIRD_OPEN);
  });

  test('a wrong function code and a wrong sum are no replies, and no state is believed', () => {
    for (const at of [-3, -1] as const) {
      const bench = new KerongBench({ family }).started();
      const commandAt = family === 'kerong-cu16' ? 2 : 3;
      bench.wall.door('B1', 3).force();
      bench.arrive = (chunk) => {
        const index = at === -1 ? chunk.length - 1 : commandAt;
        return [chunk.with(index, (chunk[index] ?? 0) ^ 0x04)];
      };
      bench.clock.advance(5_000);
      expect(bench.reading()?.contacts).toEqual(SHUT);
      expect(bench.health.at(-1)).toBe('b1 offline');
      expect(bench.noise).toContain(at === -1 ? 'checksum' : 'garbage');
      bench.arrive = (chunk) => [chunk];
      bench.clock.advance(60_000);
      expect(bench.reading()?.contacts).toEqual(THIRD_OPEN);
    }
  });

  test('two boards with one address garble each other and are never in service', () => {
    const bench = new KerongBench({ family, addresses: [1, 1] }).started();
    bench.clock.advance(60_000);
    expect(bench.health).toEqual(['b1 probing', 'b1 offline']);
    expect(bench.unlock()).toEqual([{ kind: 'NotSent', why: 'board b1 is offline' }]);
    expect(bench.readings).toEqual([]);
  });

  test('several boards on one bus are told apart', () => {
    const bench = new KerongBench({ family, addresses: [0, 1, 14] }).started();
    bench.unlock(10, 'b14');
    bench.clock.advance(2_000);
    expect(bench.wall.door('B3', 10).isOpen).toBe(true);
    expect(bench.reading('b14')?.contacts).toEqual(SHUT.with(9, false));
    expect(bench.reading('b0')?.contacts).toEqual(SHUT);
    expect(bench.reading('b1')?.contacts).toEqual(SHUT);
    expect(bench.noise).toEqual([]);
  });

  test('contacts are told raw: inverted and stuck ones as they are', () => {
    const bench = new KerongBench({ family });
    bench.wall.door('B1', 1).contact.fault = 'inverted';
    bench.wall.door('B1', 2).contact.fault = 'stuck-off';
    bench.started();
    expect(bench.reading()?.contacts).toEqual(SHUT.with(0, false).with(1, false));
    bench.unlock(1);
    bench.clock.advance(1_000);
    bench.unlock(2);
    bench.clock.advance(1_000);
    expect(bench.reading()?.contacts).toEqual(SHUT.with(1, false));
  });

  test('R6 a board that resets during its pulse is asked again, not pulsed again', () => {
    const bench = new KerongBench({ family }).started();
    bench.wall.board('B1').faults.next('reset');
    const verdicts = bench.unlock();
    bench.clock.advance(10_000);
    expect(verdicts).toHaveLength(1);
    expect(pulsesOf(bench)).toHaveLength(1);
    expect(bench.wall.door('B1', 3).isEnergised).toBe(false);
    expect(bench.health.at(-1)).toBe('b1 online');
    const open = bench.wall.door('B1', 3).isOpen;
    expect(bench.reading()?.contacts[2]).toBe(!open);
  });

  test('R21 nothing opens when the port or the power comes back', () => {
    const bench = new KerongBench({ family }).started();
    bench.wall.board('B1').powerOff();
    bench.clock.advance(5_000);
    bench.wall.board('B1').powerOn();
    bench.clock.advance(60_000);
    expect(bench.health.at(-1)).toBe('b1 online');
    expect(bench.sent.filter((text) => text !== status)).toEqual([]);
    expect(pulsesOf(bench)).toEqual([]);
  });
});
