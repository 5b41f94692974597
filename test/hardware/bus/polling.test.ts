import { describe, expect, test } from 'vitest';
import {
  ACTIVE_IN_A_ROW_MAX,
  OTHERS_IN_A_ROW_MAX,
  POLLS_BEFORE_PROBE_MAX,
  PROBE_MARGIN_MS,
} from '../../../hardware/bus/limits.ts';
import { type Polled, PollPlan, type PollRank } from '../../../hardware/bus/poll-plan.ts';
import { Bus } from '../../../hardware/index.ts';
import { BenchBus, LINE } from '../bench-bus.ts';
import { FarBoard } from '../far-end.ts';

function boards(count: number, channels = 4): FarBoard[] {
  return Array.from({ length: count }, (_, index) => new FarBoard(index + 1, channels));
}

function countsByBoard(bench: BenchBus, from: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of bench.far.log(from)) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  return counts;
}

describe('pace', () => {
  test('idle boards are read every 250 ms, and the bus sleeps between', () => {
    const bench = new BenchBus(boards(4)).started();
    const from = bench.far.asked.length;
    bench.clock.run(10_000);
    for (const count of countsByBoard(bench, from).values()) {
      expect(count).toBeGreaterThanOrEqual(39);
      expect(count).toBeLessThanOrEqual(41);
    }
    expect(bench.clock.timers).toBe(1);
  });

  test('a hurried board is read every 40 ms for as long as asked', () => {
    const bench = new BenchBus(boards(2)).started();
    bench.bus.hurry('b1', 2_000);
    const from = bench.far.asked.length;
    bench.clock.run(2_000);
    const counts = countsByBoard(bench, from);
    expect(counts.get('1S')).toBeGreaterThanOrEqual(48);
    expect(counts.get('2S')).toBeGreaterThanOrEqual(7);
    const later = bench.far.asked.length;
    bench.clock.run(2_000);
    expect(countsByBoard(bench, later).get('1S')).toBeLessThanOrEqual(9);
  });

  test('being hurried again and again does not make it faster', () => {
    const bench = new BenchBus().started();
    const from = bench.far.asked.length;
    for (let ms = 0; ms < 1_000; ms += 1) {
      bench.bus.hurry('b1', 500);
      bench.clock.run(1);
    }
    expect(bench.far.asked.length - from).toBeLessThanOrEqual(27);
  });

  test('a board is read at the active pace after a pulse', () => {
    const bench = new BenchBus(boards(2)).started();
    bench.unlock({ board: 'b2' });
    const from = bench.far.asked.length;
    bench.clock.run(2_000);
    const counts = countsByBoard(bench, from);
    expect(counts.get('2S')).toBeGreaterThan(40);
    expect(counts.get('1S')).toBeLessThan(10);
  });
});

describe('fairness', () => {
  test('R8 idle boards are not starved by active ones on a slow bus', () => {
    const bench = new BenchBus(boards(6), { idlePollMs: 100, activePollMs: 20 });
    bench.far.replyMs = 30;
    bench.started();
    bench.clock.run(1_000);
    for (const id of ['b1', 'b2', 'b3']) bench.bus.hurry(id, 60_000);
    const from = bench.far.asked.length;
    bench.clock.run(30_000);
    const log = bench.far.log(from);
    for (const idle of ['4S', '5S', '6S']) {
      const places = log.flatMap((entry, place) => (entry === idle ? [place] : []));
      expect(places.length).toBeGreaterThan(30);
      const longest = Math.max(...places.slice(1).map((p, index) => p - (places[index] ?? 0)));
      expect(longest).toBeLessThanOrEqual(3 * (ACTIVE_IN_A_ROW_MAX + 1));
    }
    const counts = countsByBoard(bench, from);
    expect(counts.get('1S')).toBeGreaterThan((counts.get('4S') ?? 0) * 2);
  });

  test('R7 with 16 boards at 9600 baud every board is read within 2 s after a pulse', () => {
    const bench = new BenchBus(boards(16, 24), { baud: 9_600 });
    bench.far.replyMs = 78;
    bench.bus.start();
    bench.clock.run(10_000);
    bench.unlock({ board: 'b3', pulseMs: 500 });
    bench.clock.run(100);
    expect(bench.far.of('U').length).toBe(1);
    for (let second = 0; second < 4; second += 2) {
      const from = bench.far.asked.length;
      bench.clock.run(2_000);
      expect(new Set(bench.far.log(from)).size).toBe(16);
    }
  });

  test('a probe gets its turn on a bus that is full of polls', () => {
    const bench = new BenchBus(boards(5), { idlePollMs: 5, activePollMs: 5 });
    bench.board(5).script = () => [];
    bench.far.replyMs = 10;
    bench.started();
    for (const id of ['b1', 'b2']) bench.bus.hurry(id, 60_000);
    bench.clock.run(5_000);
    bench.board(5).script = (_frame, usual) => [usual];
    bench.clock.run(10_000);
    expect(bench.healthOf('b5').at(-1)).toBe('online');
  });

  test('the plan goes by rank, then by due time, within its bounds', () => {
    const item = (rank: PollRank, dueMs: number): Polled => ({ dueMs, rank: () => rank });
    const active = item('active', 9);
    const idle = item('idle', 5);
    const olderIdle = item('idle', 4);
    const probe = item('probe', 1);
    const plan = new PollPlan([active, idle, olderIdle, probe, item('active', 11)]);
    expect(plan.nextDueMs()).toBe(1);
    const turns = Array.from({ length: 11 }, () => plan.take(10));
    const three: unknown[] = Array(ACTIVE_IN_A_ROW_MAX).fill(active);
    expect(turns.slice(0, POLLS_BEFORE_PROBE_MAX)).toEqual([
      ...three,
      olderIdle,
      ...three,
      olderIdle,
    ]);
    // The probe comes right after an active board, and takes the turns of the others.
    expect(turns.slice(POLLS_BEFORE_PROBE_MAX)).toEqual([active, probe, active]);
    expect(plan.take(0)).toBeUndefined();
  });
});

test('an active board gets its turns beside idle ones that are all late', () => {
  const active: Polled = { dueMs: 9_000, rank: () => 'active' };
  const late: Polled = { dueMs: 0, rank: () => 'idle' };
  const plan = new PollPlan([active, late]);
  const turns = Array.from({ length: 9 }, () => plan.take(10_000));
  const others: unknown[] = Array(OTHERS_IN_A_ROW_MAX).fill(late);
  const round = [active, ...others];
  expect(turns).toEqual([...round, ...round, ...round]);
});

test('turns of the others count from the last active one, whether it was due again or not', () => {
  let activeDueMs = 0;
  const active: Polled = {
    get dueMs() {
      return activeDueMs;
    },
    rank: () => 'active',
  };
  const late: Polled = { dueMs: 0, rank: () => 'idle' };
  const plan = new PollPlan([active, late]);
  const turns: (Polled | undefined)[] = [];
  for (let nowMs = 10_000; nowMs < 10_210; nowMs += 35) {
    const taken = plan.take(nowMs);
    if (taken === active) activeDueMs = nowMs + 40;
    turns.push(taken);
  }
  expect(turns).toEqual([active, late, late, active, late, late]);
});

describe('a dead board', () => {
  function withDead(): BenchBus {
    const bench = new BenchBus(boards(4), { baud: 9_600, idlePollMs: 20 });
    bench.board(4).script = () => [];
    bench.far.replyMs = 25;
    bench.started();
    bench.clock.run(20_000);
    expect(bench.healthOf('b4').at(-1)).toBe('offline');
    return bench;
  }

  /** How long each exchange took that asked the dead board, the last one left out. */
  function probeTimes(bench: BenchBus, from: number): number[] {
    const asked = bench.far.asked.slice(from);
    return asked.slice(0, -1).flatMap(({ atMs, frame }, index) => {
      return frame.address === 4 ? [(asked[index + 1]?.atMs ?? 0) - atMs] : [];
    });
  }

  test('is given its full time while nobody waits for another', () => {
    const bench = withDead();
    const from = bench.far.asked.length;
    bench.clock.run(60_000);
    const times = probeTimes(bench, from);
    expect(times.length).toBeGreaterThan(1);
    expect(Math.min(...times)).toBeGreaterThan(100);
  });

  test('is given the time that its like need while somebody does, and comes back in it', () => {
    const bench = withDead();
    const from = bench.far.asked.length;
    bench.bus.hurry('b1', 90_000);
    bench.clock.run(60_000);
    const times = probeTimes(bench, from);
    expect(times.length).toBeGreaterThan(1);
    expect(Math.max(...times)).toBe(bench.far.replyMs + PROBE_MARGIN_MS);
    bench.board(4).script = (_frame, usual) => [usual];
    bench.clock.run(30_000);
    expect(bench.healthOf('b4').at(-1)).toBe('online');
  });

  test('that is slower than its like comes back when nobody waits any more', () => {
    const bench = withDead();
    bench.board(4).script = (_frame, usual) => {
      bench.clock.after('slow board', 40, () => bench.far.say(usual));
      return [];
    };
    bench.bus.hurry('b1', 1_000);
    bench.clock.run(60_000);
    expect(bench.healthOf('b4').at(-1)).toBe('online');
  });
});

test('a timer that comes a little early is not waited for again', () => {
  const bench: BenchBus = new BenchBus(boards(2));
  const family = { ...LINE, frameEndMs: () => 30, quietMs: 30 };
  let woken = 0;
  const clock = {
    monoMs: () => bench.clock.monoMs(),
    after: (name: string, delayMs: number, fire: () => void) => {
      if (!name.endsWith('silence')) return bench.clock.after(name, delayMs, fire);
      return bench.clock.after(name, Math.max(0, delayMs - 0.6), () => {
        woken += 1;
        fire();
      });
    },
  };
  const both = boards(2).map(({ address, channels }) => {
    return { id: `b${address}`, address, family, channels };
  });
  const on = { reading() {}, health() {}, port() {}, noise() {} };
  const { open } = bench.far;
  const setup = { name: 'early', open, baud: 9_600, clock, firstId: 0, boards: both, on };
  new Bus({ ...setup, idlePollMs: 1 }).start();
  bench.clock.run(3_000);
  expect(bench.far.asked.length).toBeGreaterThan(90);
  expect(Math.abs(woken - bench.far.asked.length)).toBeLessThanOrEqual(1);
});

test('an owner that hurries a board within its reading does not make it faster', () => {
  const bench: BenchBus = new BenchBus(boards(1), {
    on: {
      reading: (board) => bench.bus.hurry(board, 1_000),
      health: () => undefined,
      port: () => undefined,
      noise: () => undefined,
    },
  });
  bench.started();
  const from = bench.far.asked.length;
  bench.clock.run(1_000);
  expect(bench.far.asked.length - from).toBeLessThanOrEqual(26);
});

test('exchanges that are due follow each other without a pause', () => {
  const bench = new BenchBus(boards(4), { idlePollMs: 1 });
  bench.far.replyMs = 7;
  bench.started();
  const from = bench.far.asked.length;
  bench.clock.run(7_000);
  expect(bench.far.asked.length - from).toBe(1_000);
});

test('a reading that says what the last one said is the same object', () => {
  const board = new FarBoard(1);
  const bench = new BenchBus([board]).started();
  bench.clock.run(1_000);
  const before = new Set(bench.readings.map(({ reading }) => reading));
  expect(bench.readings.length).toBeGreaterThan(3);
  expect(before.size).toBe(1);

  board.contacts = 'E';
  bench.clock.run(1_000);
  const after = new Set(bench.readings.map(({ reading }) => reading));
  expect(after.size).toBe(2);
});
