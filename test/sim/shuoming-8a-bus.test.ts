import { describe, expect, test } from 'vitest';
import { bytesOf } from '../hardware/wire/shuoming-8a/vectors.ts';
import { ShuomingBench } from './shuoming-8a-bench.ts';

/** The real bus and the real decoder against simulated boards. */

const STATUS = '80 01 00 33 B2';
const UNLOCK_3 = '8A 01 03 11 99';

function running(setup: ConstructorParameters<typeof ShuomingBench>[0] = {}) {
  const bench = new ShuomingBench(setup);
  return { bench, bus: bench.master() };
}

test('R20 a board is in service once it was read', () => {
  const { bench } = running();
  expect(bench.health).toEqual(['probing', 'online']);
  expect(bench.readings[0]).toEqual({ contacts: Array(8).fill(true) });
  expect(new Set(bench.sent)).toEqual(new Set([STATUS]));
});

test('R7 an unlock is answered late, the door is seen open at once, then seen closed', () => {
  const { bench, bus } = running({ settings: { unlockReply: 'after-1s' } });
  const verdicts = bench.unlock(bus);
  bench.clock.advance(1_000);
  expect(bench.wall.door('A', 3).isOpen).toBe(true);
  expect(verdicts).toEqual([]);
  bench.clock.advance(50);
  expect(verdicts).toEqual([{ kind: 'Answered', reply: { kind: 'done' } }]);
  expect(bench.contact()).toBe(false);
  bench.wall.door('A', 3).push();
  bench.clock.advance(100);
  expect(bench.contact()).toBe(true);
  expect(bench.sent.filter((frame) => frame !== STATUS)).toEqual([UNLOCK_3]);
  expect(bench.noise).toEqual([]);
});

test.each([
  { what: 'after the pulse', driver: {}, fromReplyMs: 300 },
  // An adapter that echoes makes the reply come at once, while the pulse has just begun.
  { what: 'too soon for that', driver: { echo: 'none' }, fromReplyMs: 600 },
])('R7 the next pulse waits for the rest after a reply that comes $what', (one) => {
  const { bench, bus } = running({ driver: one.driver });
  if (one.fromReplyMs > 300) bench.line.wire.toBoards.set('echo', 1);
  let repliedMs = 0;
  const done = (): void => {
    repliedMs = bench.clock.monoMs();
  };
  bus.unlock({ board: 'A', channel: 3, pulseMs: 300, wanted: () => true, done });
  bench.unlock(bus, 4);
  bench.clock.advance(3_000);
  const [, second] = bench.pulses;
  const waitedMs = (second?.atMs ?? 0) - repliedMs;
  expect(waitedMs).toBeGreaterThanOrEqual(one.fromReplyMs);
  expect(waitedMs).toBeLessThan(one.fromReplyMs + 100);
});

test.each([
  { what: 'unlock code 33', settings: { unlockCode: '33' }, pulseMs: 300 },
  { what: 'the other order of status bytes', settings: { bulkOrder: 'first-last' }, pulseMs: 300 },
  { what: 'a pulse of 2 s', settings: {}, pulseMs: 2_000 },
])('a door opens with $what, and it alone', ({ settings, pulseMs }) => {
  const { bench, bus } = running({ channels: 50, settings });
  const verdicts = bench.unlock(bus, 42, pulseMs);
  bench.clock.advance(pulseMs + 200);
  expect(verdicts.map(({ kind }) => kind)).toEqual(['Answered']);
  expect(bench.pulses).toMatchObject([{ channel: 42, pulseMs }]);
  expect(bench.readings.at(-1)?.contacts.indexOf(false)).toBe(41);
  expect(bench.readings.at(-1)?.contacts.lastIndexOf(false)).toBe(41);
});

test('a board of the other unlock code hears nothing: no reply, and no pulse', () => {
  const { bench, bus } = running({ driver: { unlockCode: '33' } });
  const verdicts = bench.unlock(bus);
  bench.clock.advance(3_000);
  expect(verdicts.map(({ kind }) => kind)).toEqual(['NoReply']);
  expect(bench.pulses).toEqual([]);
});

describe('R6 an unlock is never repeated by the bus, and the status is read first', () => {
  test('no reply to an unlock: the next request reads the board, and shows the door', () => {
    const { bench, bus } = running({ settings: { unlockReply: 'none' } });
    const verdicts = bench.unlock(bus);
    bench.clock.advance(1_450);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['NoReply']);
    expect(bench.sent[bench.sent.indexOf(UNLOCK_3) + 1]).toBe(STATUS);
    expect(bench.contact()).toBe(false);
    bench.clock.advance(30_000);
    expect(bench.sent.filter((frame) => frame === UNLOCK_3)).toHaveLength(1);
    expect(bench.pulses).toHaveLength(1);
  });

  test('a lost request: no reply, no pulse, and the door is seen closed', () => {
    const { bench, bus } = running();
    bench.line.wire.toBoards.next('lose');
    const verdicts = bench.unlock(bus);
    bench.clock.advance(1_600);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['NoReply']);
    expect(bench.pulses).toEqual([]);
    expect(bench.contact()).toBe(true);
  });

  test.each([
    { unlockReply: 'after-pulse', readMs: 450 },
    { unlockReply: 'after-1s', readMs: 1_150 },
  ] as const)('a lost reply: a board that replied $unlockReply is read $readMs ms later', (one) => {
    const { bench, bus } = running({ settings: { unlockReply: one.unlockReply } });
    bench.unlock(bus);
    bench.clock.advance(3_000);
    bench.wall.door('A', 3).push();
    bench.clock.advance(10_000);
    expect(bench.contact()).toBe(true);

    const verdicts = bench.unlock(bus);
    bench.clock.advance(200);
    bench.line.wire.toHost.next('lose');
    const sent = bench.sent.length;
    bench.clock.advance(one.readMs - 200 - 50);
    expect(bench.sent.slice(sent)).toEqual([]);
    bench.clock.advance(50);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['NoReply']);
    expect(bench.sent[sent]).toBe(STATUS);
    bench.clock.advance(50);
    expect(bench.contact()).toBe(false);
  });

  test('a spoilt reply: the verdict is bad, the door was opened once and is seen open', () => {
    const { bench, bus } = running();
    const verdicts = bench.unlock(bus);
    bench.clock.advance(100);
    bench.line.wire.toHost.next('flip');
    bench.clock.advance(1_500);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['BadReply']);
    expect(bench.pulses).toHaveLength(1);
    expect(bench.contact()).toBe(false);
  });
});

describe('adapters', () => {
  test('one that echoes: the door is seen, and the verdict waits for the board', () => {
    for (const driver of [{}, { echo: 'adapter' }]) {
      const bench = new ShuomingBench({ driver });
      bench.line.wire.toBoards.set('echo', 1);
      const bus = bench.master();
      bench.wall.door('A', 3).jam();
      const verdicts = bench.unlock(bus);
      bench.clock.advance(250);
      expect(verdicts).toEqual([]);
      bench.clock.advance(100);
      expect(verdicts.map(({ kind }) => kind)).toEqual(['Answered']);
      expect(bench.contact()).toBe(true);
      expect(new Set(bench.noise)).toEqual(new Set(['echo']));
    }
  });

  test('R6 an echo taken for the reply is an acknowledgement and nothing more', () => {
    const bench = new ShuomingBench({ driver: { echo: 'none' } });
    bench.line.wire.toBoards.set('echo', 1);
    const bus = bench.master();
    bench.wall.door('A', 3).jam();
    const verdicts = bench.unlock(bus);
    bench.clock.advance(50);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['Answered']);
    bench.clock.advance(1_500);
    expect(bench.contact()).toBe(true);
    expect(bench.noise).toContain('late');
    expect(bench.pulses).toHaveLength(1);
  });

  test('garbage, pieces, held-back frames: unlocks are answered and every door is seen', () => {
    for (const fault of ['babble', 'split', 'merge'] as const) {
      const bench = new ShuomingBench({ seed: 7 });
      const bus = bench.master();
      bench.line.wire.toHost.set(fault, fault === 'merge' ? 0.2 : 1);
      for (let channel = 1; channel <= 4; channel += 1) {
        bench.unlock(bus, channel);
        bench.clock.advance(4_000);
        expect(bench.contact(channel)).toBe(false);
      }
      expect(bench.pulses.map(({ channel }) => channel)).toEqual([1, 2, 3, 4]);
      expect(bench.health.at(-1)).not.toBe('offline');
    }
  });
});

test('I8 R7 under every fault of the wire together one lock is energised at a time', () => {
  const bench = new ShuomingBench({
    seed: 3,
    settings: { reports: '82' },
    boards: [{}, { id: 'B', address: 2 }],
  });
  const bus = bench.master();
  const { toBoards, toHost } = bench.line.wire;
  for (const fault of ['lose', 'flip', 'split', 'merge', 'delay', 'babble'] as const) {
    toBoards.set(fault, 0.05);
    toHost.set(fault, 0.05);
  }
  toBoards.set('echo', 0.3);
  let energised = 0;
  bench.wall.watch(() => {
    const doors = bench.wall.boards.flatMap((board) => board.doors);
    energised = Math.max(energised, doors.filter((door) => door.isEnergised).length);
  });
  const verdicts = Array.from({ length: 60 }, (_, index) => {
    const some = bench.unlock(bus, 1 + (index % 8));
    bench.clock.advance(5_000);
    for (const { doors } of bench.wall.boards) for (const door of doors) door.push();
    return some;
  });
  const sent = verdicts.flat().filter(({ kind }) => kind !== 'NotSent');
  expect(verdicts.flat()).toHaveLength(60);
  expect(bench.pulses.length).toBeLessThanOrEqual(sent.length);
  expect(bench.pulses.length).toBeGreaterThan(20);
  expect(energised).toBe(1);
  bench.wall.clearFaults();
  bench.clock.advance(60_000);
  expect(bench.readings.at(-1)).toEqual({ contacts: Array(8).fill(true) });
});

test('two boards on one address spoil each other: neither serves, and no lock moves', () => {
  const bench = new ShuomingBench({ boards: [{}, { id: 'B' }] });
  bench.wall.door('B', 1).force();
  const bus = bench.master();
  bench.clock.advance(20_000);
  expect(bench.health).toEqual(['probing', 'offline']);
  expect(bench.unlock(bus)).toEqual([{ kind: 'NotSent', why: 'board A is offline' }]);
  expect(bench.readings).toEqual([]);
  expect(bench.noise).toContain('garbage');
});

describe('reports', () => {
  test('a report between an unlock and its reply is noise, and the reply is taken', () => {
    for (const reports of ['82', '81']) {
      const { bench, bus } = running({ settings: { reports } });
      const verdicts = bench.unlock(bus);
      bench.clock.advance(250);
      expect(bench.noise).toEqual(['unsolicited']);
      expect(verdicts).toEqual([]);
      bench.clock.advance(100);
      expect(verdicts.map(({ kind }) => kind)).toEqual(['Answered']);
    }
  });

  test('R8 a report makes the bus read its board at once, and is not believed itself', () => {
    const { bench } = running({ bus: { idlePollMs: 5_000 } });
    const say = bench.line.wire.attach(() => {});
    const before = bench.readings.length;
    bench.clock.advance(1_000);
    expect(bench.readings).toHaveLength(before);
    say(bytesOf('82 01 05 00 86'));
    bench.clock.advance(50);
    expect(bench.readings).toHaveLength(before + 1);
    expect(bench.contact(5)).toBe(true);
  });
});

test('an inverted contact reads the other way round, a stuck one never changes', () => {
  const { bench, bus } = running();
  bench.wall.door('A', 3).contact.fault = 'inverted';
  bench.wall.door('A', 4).contact.fault = 'stuck-on';
  bench.clock.advance(500);
  expect([bench.contact(3), bench.contact(4)]).toEqual([false, true]);
  const verdicts = [...bench.unlock(bus, 3), ...bench.unlock(bus, 4)];
  bench.clock.advance(3_000);
  expect([bench.contact(3), bench.contact(4)]).toEqual([true, true]);
  expect(bench.wall.door('A', 4).isOpen).toBe(true);
  expect(verdicts).toEqual([]);
});

test('R21 a board that resets during a pulse stays silent, and no pulse follows', () => {
  const { bench, bus } = running();
  bench.wall.board('A').faults.next('reset');
  const verdicts = bench.unlock(bus);
  bench.clock.advance(30_000);
  expect(verdicts.map(({ kind }) => kind)).toEqual(['NoReply']);
  expect(bench.pulses).toHaveLength(1);
  expect(bench.wall.door('A', 3).isEnergised).toBe(false);
  expect(bench.health.at(-1)).toBe('online');
});
