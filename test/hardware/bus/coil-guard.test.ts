import { expect, test } from 'vitest';
import { COIL_REST_MS, LATE_START_MS_MAX } from '../../../hardware/bus/limits.ts';
import { BenchBus } from '../bench-bus.ts';
import { FarBoard } from '../far-end.ts';

test('R7 the next pulse waits for the end of the one before and the rest of the coil', () => {
  const bench = new BenchBus([new FarBoard(1), new FarBoard(2)]).started();
  bench.unlock({ board: 'b1', pulseMs: 700 });
  const second = bench.unlock({ board: 'b2', pulseMs: 300 });
  bench.clock.run(2_000);
  const [one, two] = bench.far.of('U').map(({ atMs }) => atMs);
  expect((two ?? 0) - (one ?? 0)).toBeGreaterThanOrEqual(700 + COIL_REST_MS);
  expect((two ?? 0) - (one ?? 0)).toBeLessThan(700 + COIL_REST_MS + 50);
  expect(second.map(({ kind }) => kind)).toEqual(['Answered']);
});

test('R7 a pulse without an answer counts as energised', () => {
  const bench = new BenchBus([new FarBoard(1), new FarBoard(2)]).started();
  bench.board(1).script = (frame, usual) => (frame.verb === 'U' ? [] : [usual]);
  bench.unlock({ board: 'b1', pulseMs: 700 });
  bench.unlock({ board: 'b2' });
  bench.clock.run(2_000);
  const [one, two] = bench.far.of('U').map(({ atMs }) => atMs);
  expect((two ?? 0) - (one ?? 0)).toBeGreaterThanOrEqual(700 + COIL_REST_MS);
});

test('R7 a pulse that may begin late holds the next one back until its board answers', () => {
  const bench = new BenchBus([new FarBoard(1), new FarBoard(2)]).started();
  bench.board(1).script = () => [];
  bench.unlock({ board: 'b1', pulseMs: 700 });
  bench.clock.run(200);
  bench.board(1).script = (_frame, usual) => [usual];
  const from = bench.far.asked.length;
  bench.unlock({ board: 'b2' });
  bench.clock.run(3_000);
  const answered = bench.far.asked.slice(from).find(({ frame }) => frame.address === 1);
  const next = bench.far.of('U', 2)[0]?.atMs ?? 0;
  expect(next - (answered?.atMs ?? 0)).toBeGreaterThanOrEqual(700 + COIL_REST_MS);
  expect(next - (answered?.atMs ?? 0)).toBeLessThan(700 + COIL_REST_MS + 100);
});

test('R7 a pulse on a board that stays silent holds the next one back for a bounded time', () => {
  const bench = new BenchBus([new FarBoard(1), new FarBoard(2)]).started();
  bench.board(1).script = () => [];
  bench.unlock({ board: 'b1', pulseMs: 700 });
  bench.unlock({ board: 'b2' });
  bench.clock.run(5_000);
  const [one, two] = bench.far.of('U').map(({ atMs }) => atMs);
  const heldMs = LATE_START_MS_MAX + 700 + COIL_REST_MS;
  expect((two ?? 0) - (one ?? 0)).toBeGreaterThanOrEqual(heldMs);
  expect((two ?? 0) - (one ?? 0)).toBeLessThan(heldMs + 200);
});

test('R7 a lost port does not shorten the rest', () => {
  const bench = new BenchBus().started();
  bench.unlock({ pulseMs: 2_000 });
  bench.far.unplug();
  bench.far.plugged = true;
  bench.clock.run(1_000);
  expect(bench.healthOf('b1').at(-1)).toBe('online');
  bench.unlock();
  bench.clock.run(5_000);
  const [one, two] = bench.far.of('U').map(({ atMs }) => atMs);
  expect((two ?? 0) - (one ?? 0)).toBeGreaterThanOrEqual(2_000 + COIL_REST_MS);
});

test('R7 polls go on while a lock is energised', () => {
  const bench = new BenchBus([new FarBoard(1), new FarBoard(2)]).started();
  bench.unlock({ board: 'b1', pulseMs: 2_000 });
  const from = bench.far.asked.length;
  bench.clock.run(2_000);
  const log = bench.far.log(from);
  expect(log.filter((entry) => entry === '1S').length).toBeGreaterThan(30);
  expect(log.filter((entry) => entry === '2S').length).toBeGreaterThanOrEqual(7);
});

test('R7 the pulsed board is read at once, before any other poll', () => {
  const boards = Array.from({ length: 8 }, (_, index) => new FarBoard(index + 1));
  const bench = new BenchBus(boards, { idlePollMs: 1, activePollMs: 1 }).started();
  for (const { address } of boards) bench.bus.hurry(`b${address}`, 60_000);
  for (const script of ['answers', 'silence']) {
    bench.board(5).script = (frame, usual) =>
      frame.verb === 'U' && script === 'silence' ? [] : [usual];
    bench.unlock({ board: 'b5' });
    const from = bench.far.asked.length;
    bench.clock.run(2_000);
    const log = bench.far.log(from);
    expect(log[log.indexOf('5U') + 1]).toBe('5S');
  }
});
