import { expect, test } from 'vitest';
import { FRAMES_KEPT_MAX } from '../../hardware/bus/limits.ts';
import { BenchBank } from './bench-bank.ts';

test('a report has the counts of each board, and the last frames when asked', () => {
  const bench = new BenchBank(['main']);
  bench.pulse('1/2');
  bench.clock.advance(300);
  bench.wall.bus('1').wire.toHost.next('babble');
  bench.clock.advance(1_000);
  const [bus, board, discarded, times, ...frames] = bench.bank.report(40);
  expect(bus).toBe('bus 1');
  expect(board).toMatch(/^ {2}board B1 online: sent \d+, answered \d+$/);
  expect(discarded).toMatch(/^ {4}discarded: \w+ \d+/);
  expect(times).toMatch(/^ {4}answered in: ≤5 ms \d+(, ≤10 ms \d+)?; longest \d+ ms$/);
  expect(frames).toHaveLength(40);
  expect(frames.join('\n')).toMatch(/s → B1 {2}>01 [\dA-F]{4} S\*[\dA-F]{4}\n/);
  expect(frames.join('\n')).toMatch(/s ← B1 {2}<01 [\dA-F]{4} S 0001 D - 0100\*[\dA-F]{4}\n/);
  expect(bench.bank.report(0)).toHaveLength(4);
});

test('I13 a bus remembers a bounded number of frames, those that are no text as hex', () => {
  const bench = new BenchBank(['main']);
  bench.clock.advance(60_000);
  bench.wall.bus('1').wire.toHost.set('babble', 1);
  bench.clock.advance(600);
  const frames = bench.bank.report(1_000_000).filter((line) => line.includes(' s '));
  expect(frames).toHaveLength(FRAMES_KEPT_MAX);
  const seconds = frames.map((line) => Number.parseFloat(line));
  expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
  expect(seconds.at(-1)).toBeGreaterThan(60.5);
  expect(frames.at(-1)).toMatch(/[→←] B1 {2}(>01|([\dA-F]{2} )+)/);
  expect(frames.join('\n')).toMatch(/← B1 {2}[\dA-F]{2} [\dA-F]{2} /);
});
