import { describe, expect, test } from 'vitest';
import {
  IDLE_POLL_MS,
  MISSES_MAX,
  OFFLINE_WAIT_MS_MAX,
  SILENT_MS_MIN,
} from '../../../hardware/bus/limits.ts';
import { BusMisuse } from '../../../hardware/index.ts';
import { encodeLine } from '../../../hardware/wire/line/frame.ts';
import { BenchBus, LINE } from '../bench-bus.ts';
import { FarBoard, latin1 } from '../far-end.ts';

/** Differences between neighbours. */
function gaps(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => value - (values[index] ?? 0));
}

describe('the probe', () => {
  test('R20 at start outputs go off, then the board is identified and read, then it serves', () => {
    const bench = new BenchBus();
    bench.board().contacts = '5';
    bench.bus.start();
    bench.clock.run(50);
    expect(bench.far.log().slice(0, 3)).toEqual(['1O', '1I', '1S']);
    expect(bench.healthOf('b1')).toEqual(['probing', 'online']);
    expect(bench.readings[0]).toMatchObject({
      board: 'b1',
      reading: { contacts: [true, false, true, false], boot: 1 },
    });
    expect(bench.readings[0]?.atMs).toBeLessThanOrEqual(bench.health.at(-1)?.atMs ?? 0);
  });

  test('a board with another number of channels stays out of service', () => {
    const bench = new BenchBus();
    bench.board().channels = 8;
    bench.started();
    expect(bench.health.at(-1)).toMatchObject({
      health: 'misfit',
      why: 'has 8 channels, configured are 4',
    });
    expect(bench.unlock()).toEqual([{ kind: 'NotSent', why: 'board b1 is misfit' }]);
    bench.clock.run(3 * OFFLINE_WAIT_MS_MAX);
    expect(bench.healthOf('b1')).toEqual(['probing', 'misfit']);
    expect(bench.readings).toEqual([]);
    expect(bench.far.asked.length).toBe(5);
    bench.board().channels = 4;
    bench.clock.run(OFFLINE_WAIT_MS_MAX + 1_000);
    expect(bench.healthOf('b1').at(-1)).toBe('online');
    expect(bench.far.log().slice(5, 9)).toEqual(['1I', '1O', '1I', '1S']);
  });

  test('R21 a board that restarted is switched off and identified before it serves again', () => {
    const bench = new BenchBus().started();
    bench.board().boot = 2;
    const from = bench.far.asked.length;
    bench.clock.run(300);
    expect(bench.far.log(from).slice(0, 4)).toEqual(['1S', '1O', '1I', '1S']);
    expect(bench.healthOf('b1')).toEqual(['probing', 'online', 'probing', 'online']);
    expect(bench.health.at(-2)?.why).toBe('restarted: boot counter 2, was 1');
    expect(bench.readings.at(-1)?.reading.boot).toBe(2);
  });

  test('R21 a board that restarts before an unlock refuses it and is probed', () => {
    const bench = new BenchBus().started();
    bench.board().boot = 2;
    const verdicts = bench.unlock();
    const from = bench.far.asked.length;
    bench.clock.run(100);
    expect(verdicts).toEqual([{ kind: 'Refused', code: 5, why: 'boot' }]);
    expect(bench.far.log(from).slice(0, 4)).toEqual(['1S', '1O', '1I', '1S']);
  });

  test('a board that restarts within every probe goes offline', () => {
    const bench = new BenchBus();
    const board = bench.board();
    board.script = (frame, usual) => {
      if (frame.verb === 'I') board.boot += 1;
      return [usual];
    };
    bench.started();
    bench.clock.run(60_000);
    expect(bench.healthOf('b1')).toContain('offline');
    expect(bench.healthOf('b1')).not.toContain('online');
    expect(bench.far.asked.length).toBeLessThan(100);
  });

  test('a board that refuses to be read does not serve', () => {
    const bench = new BenchBus();
    bench.board().script = (frame, usual) =>
      frame.verb === 'S'
        ? [encodeLine({ ...frame, direction: 'reply', verb: 'E', args: ['7', 'fault'] })]
        : [usual];
    bench.started();
    bench.clock.run(1_000);
    expect(bench.healthOf('b1')).not.toContain('online');
    expect(bench.health.at(-1)?.why).toContain('code 7, fault');
  });
});

describe('missed polls', () => {
  test('a board is quiet after one, still asked, and online again with the next answer', () => {
    const bench = new BenchBus().started();
    bench.board().script = () => [];
    bench.clock.run(300);
    expect(bench.healthOf('b1').at(-1)).toBe('quiet');
    expect(bench.health.at(-1)?.why).toContain('no reply to status of board b1');
    bench.board().script = (_frame, usual) => [usual];
    bench.clock.run(300);
    expect(bench.healthOf('b1')).toEqual(['probing', 'online', 'quiet', 'online']);
    expect(bench.far.of('O').length).toBe(1);
  });

  test('a quiet board takes an unlock', () => {
    const bench = new BenchBus().started();
    bench.board().script = (frame, usual) => (frame.verb === 'S' ? [] : [usual]);
    bench.clock.run(300);
    const verdicts = bench.unlock();
    bench.clock.run(100);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['Answered']);
  });

  test('a board is offline after the limit, and asked with back-off from 1 s to 30 s', () => {
    const bench = new BenchBus().started();
    const misses = bench.far.of('S').length;
    bench.board().script = () => [];
    bench.clock.run(200_000);
    const polls = bench.far.of('S').length - misses;
    expect(polls).toBe(Math.max(MISSES_MAX, SILENT_MS_MIN / IDLE_POLL_MS));
    expect(bench.healthOf('b1')).toEqual(['probing', 'online', 'quiet', 'offline']);
    const probes = gaps(bench.far.of('O').map(({ atMs }) => atMs)).slice(1);
    expect(probes.map((ms) => Math.round(ms / 1_000)).slice(0, 7)).toEqual([
      2, 4, 8, 16, 30, 30, 30,
    ]);
  });

  test('a board that is hurried and says nothing for a second stays in service', () => {
    const bench = new BenchBus().started();
    bench.bus.hurry('b1', 60_000);
    bench.clock.run(1_000);
    bench.board().script = () => [];
    bench.clock.run(1_000);
    expect(bench.stats().noReply).toBeGreaterThan(MISSES_MAX);
    bench.board().script = (_frame, usual) => [usual];
    bench.clock.run(1_000);
    expect(bench.healthOf('b1')).toEqual(['probing', 'online', 'quiet', 'online']);
  });

  test('a dead board is probed when it answers, and costs the others little', () => {
    const bench = new BenchBus([new FarBoard(1), new FarBoard(2)]);
    bench.board(2).script = () => [];
    bench.started();
    bench.clock.run(60_000);
    const polls = bench.far.of('S', 1).length;
    expect(polls).toBeGreaterThan(60_000 / 250 - 5);
    bench.board(2).script = (_frame, usual) => [usual];
    bench.clock.run(31_000);
    expect(bench.healthOf('b2').at(-1)).toBe('online');
  });
});

describe('noise and stragglers', () => {
  test('a late reply is discarded and costs nothing', () => {
    const bench = new BenchBus().started();
    const usual = bench.board().usual({
      direction: 'request',
      address: 1,
      id: 2,
      verb: 'S',
      args: [],
    });
    bench.far.say(usual);
    bench.clock.run(300);
    expect(bench.noise).toEqual(['late']);
    expect(bench.stats().discarded).toEqual({ late: 1 });
    expect(bench.healthOf('b1').at(-1)).toBe('online');
  });

  test('a reply after its time-out is late, and not taken for the next answer', () => {
    const bench = new BenchBus([new FarBoard(1)], { replyMarginMs: 10 }).started();
    bench.far.replyMs = 100;
    bench.clock.run(700);
    expect(bench.noise.length).toBeGreaterThan(0);
    expect(bench.noise.every((reason) => reason === 'late')).toBe(true);
    expect(bench.healthOf('b1').at(-1)).toBe('quiet');
  });

  test('an adapter that echoes every request changes nothing but the counts', () => {
    const bench = new BenchBus();
    bench.board().script = (frame, usual) => [encodeLine(frame), usual];
    bench.started();
    expect(bench.healthOf('b1').at(-1)).toBe('online');
    expect(bench.noise.every((reason) => reason === 'echo')).toBe(true);
    expect(bench.stats().discarded.echo).toBe(bench.stats().sent);
  });

  test('a reply in single bytes is a reply', () => {
    const bench = new BenchBus();
    bench.board().script = (_frame, usual) => Array.from(usual, (byte) => Uint8Array.of(byte));
    bench.started();
    expect(bench.healthOf('b1').at(-1)).toBe('online');
    expect(bench.noise).toEqual([]);
  });

  test('half a reply of one exchange does not spoil the next', () => {
    const bench = new BenchBus().started();
    bench.board().script = (_frame, usual) => [usual.subarray(0, 12)];
    bench.clock.run(300);
    bench.board().script = (_frame, usual) => [usual];
    bench.clock.run(300);
    expect(bench.healthOf('b1').at(-1)).toBe('online');
    expect(bench.noise).toEqual(['half-frame']);
  });

  test('half a line behind a reply is not a bad reply of the next board', () => {
    const bench = new BenchBus([new FarBoard(1), new FarBoard(2)]).started();
    const half = latin1('<01 00');
    bench.board(1).script = (_frame, usual) => [Uint8Array.from([...usual, ...half])];
    bench.board(2).script = () => [];
    bench.clock.run(2_000);
    expect(bench.stats('b2')).toMatchObject({ badReply: 0, discarded: {} });
    expect(bench.stats('b2').noReply).toBeGreaterThan(0);
  });

  test('half a line is dropped when the wire falls silent within an exchange', () => {
    const bench = new BenchBus([new FarBoard(1)], { baud: 300, replyMarginMs: 10 });
    bench.board().script = () => [];
    bench.bus.start();
    bench.far.say(latin1('<01 00'));
    bench.clock.run(LINE.gapMs + 20);
    const asked = bench.far.asked[0]?.frame;
    if (asked) bench.far.say(bench.board().usual(asked));
    expect(bench.noise).toEqual(['half-frame']);
    expect(bench.stats().answered).toBe(1);
  });

  test('a stall of this process is not taken for silence of the board', () => {
    const bench = new BenchBus().started();
    bench.board().script = () => [];
    const verdicts = bench.unlock();
    const asked = bench.far.of('U')[0]?.frame;
    // The reply is in the kernel, but an overdue timer is told before bytes are read.
    bench.clock.stall(500);
    bench.clock.run(0);
    expect(verdicts).toEqual([]);
    if (asked) bench.far.say(bench.board().usual(asked));
    expect(verdicts.map(({ kind }) => kind)).toEqual(['Answered']);
  });

  test('a stalled process gives the board one more chance and not two', () => {
    const bench = new BenchBus().started();
    bench.board().script = () => [];
    const verdicts = bench.unlock();
    for (let stall = 0; stall < 2; stall += 1) {
      bench.clock.stall(500);
      bench.clock.run(0);
    }
    expect(verdicts.map(({ kind }) => kind)).toEqual(['NoReply']);
  });
});

test('stats count what happened to each board', () => {
  const bench = new BenchBus([new FarBoard(1), new FarBoard(2)]).started();
  bench.board(2).script = () => [];
  bench.far.replyMs = 3;
  bench.clock.run(10_000);
  const one = bench.stats('b1');
  expect(one).toMatchObject({ noReply: 0, badReply: 0, refused: 0, lastLatencyMs: 3 });
  expect(one.sent).toBe(one.answered);
  expect(one.maxLatencyMs).toBe(3);
  const two = bench.stats('b2');
  expect(two.noReply).toBe(two.sent - two.answered);
  expect(two.noReply).toBeGreaterThan(MISSES_MAX);
});

test('boards that contradict each other or their family are refused', () => {
  expect(() => new BenchBus([])).toThrow(BusMisuse);
  expect(() => new BenchBus([new FarBoard(100)])).toThrow('1 to 99');
  expect(() => new BenchBus([new FarBoard(0)])).toThrow(BusMisuse);
  expect(() => new BenchBus([new FarBoard(1, 49)])).toThrow('1 to 48');
  expect(() => new BenchBus([new FarBoard(1), new FarBoard(1)])).toThrow('same id');
});
