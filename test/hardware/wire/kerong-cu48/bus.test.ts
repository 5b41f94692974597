import { expect, test } from 'vitest';
import { KerongBench } from '../kerong/bench.ts';

const family = 'kerong-cu48';
/** The host polls every 250 ms; what is seen sooner was seen because the board spoke. */
const SOON_MS = 60;

/** When, after a door was forced right behind a poll, the host knew of it. */
function seenAfterMs(settings: Readonly<Record<string, string>>): number {
  const bench = new KerongBench({ family, settings, real: { code77: 'report' } }).started();
  const polls = bench.readings.length;
  bench.clock.runUntil(() => bench.readings.length > polls, 1_000);
  const forcedMs = bench.clock.monoMs();
  bench.wall.door('B1', 4).force();
  bench.clock.runUntil(() => bench.reading()?.contacts[3] === false, 1_000);
  expect(bench.noise).toEqual([settings.code77 === 'report' ? 'unsolicited' : 'foreign']);
  return bench.clock.monoMs() - forcedMs;
}

test('R8 a board that reports a change is read at once, where it is set to report', () => {
  expect(seenAfterMs({ code77: 'report' })).toBeLessThan(SOON_MS);
  expect(seenAfterMs({})).toBeGreaterThan(SOON_MS);
});

test('a report between a request and its reply is no reply', () => {
  const settings = { code77: 'report' };
  const bench = new KerongBench({ family, settings, real: settings }).started();
  bench.wall.bus('main').wire.toHost.set('merge', 0.5);
  for (let count = 0; count < 20; count += 1) {
    const door = bench.wall.door('B1', 1 + (count % 10));
    if (door.isOpen) door.push();
    else door.force();
    bench.clock.advance(90 + count);
  }
  bench.wall.clearFaults();
  bench.clock.advance(1_000);
  expect(bench.reading()?.contacts).toEqual(Array<boolean>(10).fill(true));
  expect(bench.noise).toContain('unsolicited');
  expect(bench.health).not.toContain('b1 offline');
});

test('what lies in a slot is told only where the second block is said to be items', () => {
  for (const items of ['off', 'ir']) {
    const bench = new KerongBench({ family, settings: { items } }).started();
    bench.wall.door('B1', 2).force();
    bench.wall.door('B1', 2).putIn('book');
    bench.clock.advance(1_000);
    const told = bench.reading()?.occupied?.map(Number).join('');
    expect(told).toBe(items === 'ir' ? '0100000000' : undefined);
  }
});
