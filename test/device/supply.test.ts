import { expect, test } from 'vitest';
import { COIL_REST_MS, COIL_WINDOW_MS, LATE_START_MS_MAX } from '../../hardware/bus/limits.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { BenchBank } from './bench-bank.ts';

const PULSE_MS = 500;

test('R7 I8 two buses of one supply energise one lock at a time', () => {
  const bench = new BenchBank(['main', 'main'], PULSE_MS);
  const verdicts = [bench.pulse('1/1'), bench.pulse('2/1')];
  bench.clock.advance(5_000);
  expect(verdicts).toEqual([['acknowledged'], ['acknowledged']]);
  expect(bench.energisedMax).toBe(1);
  const [one, two] = bench.pulses();
  const betweenMs = (two?.atMs ?? 0) - (one?.atMs ?? 0);
  expect(betweenMs).toBeGreaterThanOrEqual(PULSE_MS + COIL_REST_MS);
  expect(betweenMs).toBeLessThan(PULSE_MS + COIL_REST_MS + 50);
});

test('R7 two buses with a supply each do not wait for each other', () => {
  const bench = new BenchBank(['left', 'right'], PULSE_MS);
  bench.pulse('1/1');
  bench.pulse('2/1');
  bench.clock.advance(5_000);
  expect(bench.energisedMax).toBe(2);
});

test('R7 buses of one supply take turns', () => {
  const bench = new BenchBank(['main', 'main', 'main'], PULSE_MS);
  for (const slot of ['1/1', '1/2', '1/3', '2/1', '2/2', '3/1']) bench.pulse(slot);
  bench.clock.advance(9_000);
  expect(bench.pulses().map(({ board }) => board)).toEqual(['B1', 'B2', 'B3', 'B1', 'B2', 'B1']);
  expect(bench.energisedMax).toBe(1);
});

test('R7 R21 a bus whose port is lost gives up its turn; its last pulse still counts', () => {
  const bench = new BenchBank(['main', 'main'], PULSE_MS);
  bench.pulse('1/1');
  const dropped = bench.pulse('1/2');
  const other = bench.pulse('2/1');
  bench.clock.advance(2);
  bench.port('1').unplug();
  bench.clock.advance(10_000);
  expect(dropped).toEqual(['not_sent']);
  expect(other).toEqual(['acknowledged']);
  expect(bench.energisedMax).toBe(1);
});

test('R7 an unlock without an answer holds other buses back for a bounded time', () => {
  const bench = new BenchBank(['main', 'main'], PULSE_MS);
  const { wire } = bench.wall.bus('1');
  wire.toHost.set('lose', 1);
  const lost = bench.pulse('1/1');
  const other = bench.pulse('2/1');
  bench.clock.advance(PULSE_MS + COIL_REST_MS + LATE_START_MS_MAX / 2);
  expect(lost).toEqual(['unanswered']);
  expect(other).toEqual([]);
  bench.clock.advance(LATE_START_MS_MAX);
  expect(other).toEqual(['acknowledged']);
  expect(bench.energisedMax).toBe(1);
});

test('R7 a bus that stops lets the others go on', () => {
  const bench = new BenchBank(['main', 'main'], PULSE_MS);
  const verdicts = [bench.pulse('1/1'), bench.pulse('1/2'), bench.pulse('2/1')];
  let stopped = false;
  bench.bank.stop(() => {
    stopped = true;
  });
  bench.clock.advance(5_000);
  expect(stopped).toBe(true);
  expect(verdicts.map(([verdict]) => verdict)).toEqual(['acknowledged', 'not_sent', 'not_sent']);
});

test('I8 a coil that was on for too long of late is refused before anything is sent', () => {
  const bench = new BenchBank(['main'], 1_000);
  const verdicts = [bench.pulse('1/1'), bench.pulse('1/1'), bench.pulse('1/1'), bench.pulse('1/2')];
  bench.clock.advance(8_000);
  expect(verdicts.map(([verdict]) => verdict)).toEqual([
    'acknowledged',
    'acknowledged',
    'not_sent',
    'acknowledged',
  ]);
  const why = bench.logged.find((line) => line.startsWith('not sent'));
  expect(why).toContain('coil B1/1 was on for 2000 ms and is to be for 1000 ms');
  expect(why).toContain('its limit is 2500 ms in 10000 ms');
  expect(bench.wall.board('B1').pulses).toHaveLength(3);
  bench.clock.advance(5_000);
  expect(bench.pulse('1/1')).toEqual([]);
  bench.clock.advance(2_000);
  expect(bench.wall.board('B1').pulses).toHaveLength(4);
});

test('I8 after a restart each supply lets all coils cool down before the first pulse', () => {
  const bench = new BenchBank(['left', 'right'], PULSE_MS, true);
  const verdicts = [bench.pulse('1/1'), bench.pulse('2/1')];
  bench.clock.advance(COIL_WINDOW_MS + 200);
  expect(verdicts).toEqual([['acknowledged'], ['acknowledged']]);
  const startedMs = new VirtualClock().monoMs();
  for (const { atMs } of bench.pulses()) {
    expect(atMs - startedMs).toBeGreaterThanOrEqual(COIL_WINDOW_MS);
  }
});
