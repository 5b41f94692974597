import { expect, test } from 'vitest';
import { BenchBus } from '../bench-bus.ts';
import { FarBoard } from '../far-end.ts';

function gaps(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => value - (values[index] ?? 0));
}

test('a lost port makes every board dark at once', () => {
  const bench = new BenchBus([new FarBoard(1), new FarBoard(2)]).started();
  bench.far.unplug();
  expect(bench.healthOf('b1').at(-1)).toBe('dark');
  expect(bench.healthOf('b2').at(-1)).toBe('dark');
  expect(bench.port.map(({ up }) => up)).toEqual([true, false]);
});

test('R20 R21 when the port is back boards are switched off and probed, and no lock opens', () => {
  const bench = new BenchBus([new FarBoard(1), new FarBoard(2)]).started();
  bench.far.unplug();
  const from = bench.far.asked.length;
  bench.clock.run(5_000);
  expect(bench.far.asked.length).toBe(from);
  bench.far.plugged = true;
  bench.clock.run(10_000);
  expect(bench.far.log(from).slice(0, 2)).toEqual(['1O', '2O']);
  expect(bench.healthOf('b1').slice(-2)).toEqual(['probing', 'online']);
  expect(bench.port.map(({ up }) => up)).toEqual([true, false, true]);
  expect(bench.far.of('U')).toEqual([]);
});

test('a port is opened again with back-off from 250 ms to 1 s, and told once', () => {
  const bench = new BenchBus();
  bench.far.plugged = false;
  bench.bus.start();
  bench.clock.run(5_000);
  expect(gaps(bench.far.openedAtMs)).toEqual([250, 500, 1_000, 1_000, 1_000, 1_000]);
  expect(bench.port).toEqual([{ up: false, atMs: 0 }]);
  bench.far.plugged = true;
  bench.clock.run(10_000);
  expect(bench.healthOf('b1')).toEqual(['probing', 'online']);
});

test('a port that comes and goes at once is not opened without pause', () => {
  const bench = new BenchBus();
  bench.bus.start();
  for (let tick = 0; tick < 600; tick += 1) {
    bench.far.unplug();
    bench.far.plugged = true;
    bench.clock.run(100);
  }
  expect(bench.far.openedAtMs.length).toBeLessThan(65);
});

test('a port that was steady is opened again soon', () => {
  const bench = new BenchBus().started();
  for (let loss = 0; loss < 5; loss += 1) {
    bench.clock.run(20_000);
    bench.far.unplug();
    bench.far.plugged = true;
    bench.clock.run(300);
  }
  expect(bench.far.openedAtMs.length).toBe(6);
});

test('stop lets the exchange in flight end, drops what waits and closes the port', () => {
  const bench = new BenchBus().started();
  const flying = bench.unlock();
  const waiting = bench.unlock();
  let stopped = 0;
  bench.bus.stop(() => {
    stopped += 1;
  });
  expect(waiting).toEqual([{ kind: 'NotSent', why: 'the bus is stopping' }]);
  expect(stopped).toBe(0);
  bench.clock.run(5);
  expect(flying.map(({ kind }) => kind)).toEqual(['Answered']);
  expect(stopped).toBe(1);
  expect(bench.far.closed).toBe(true);
  expect(bench.unlock()).toEqual([{ kind: 'NotSent', why: 'the bus is stopping' }]);
  expect(bench.clock.timers).toBe(0);
});

test('stop is bounded by the time-out when the board is silent', () => {
  const bench = new BenchBus().started();
  bench.board().script = () => [];
  const flying = bench.unlock();
  let stoppedAtMs = 0;
  const startMs = bench.clock.monoMs();
  bench.bus.stop(() => {
    stoppedAtMs = bench.clock.monoMs();
  });
  bench.clock.run(1_000);
  expect(flying.map(({ kind }) => kind)).toEqual(['NoReply']);
  expect(stoppedAtMs - startMs).toBeLessThan(100);
});

test('stop while the port is away ends the reopening', () => {
  const bench = new BenchBus();
  bench.far.plugged = false;
  bench.bus.start();
  let stopped = false;
  bench.bus.stop(() => {
    stopped = true;
  });
  expect(stopped).toBe(true);
  bench.clock.run(60_000);
  expect(bench.far.openedAtMs.length).toBe(1);
});
