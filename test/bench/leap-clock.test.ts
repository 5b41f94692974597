import { expect, test } from 'vitest';
import { LeapClock } from '../../bench/leap-clock.ts';

test('a leap shows a later time on both clocks and fires nothing', () => {
  const clock = new LeapClock();
  const fired: number[] = [];
  const [mono, wall] = [clock.monoMs(), clock.wallMs()];
  clock.after('poll', 250, () => fired.push(clock.monoMs()));
  clock.leap(60_000);
  expect([clock.monoMs() - mono, clock.wallMs() - wall, fired]).toEqual([60_000, 60_000, []]);
  clock.advance(250);
  expect(fired).toEqual([mono + 60_250]);
});

test('what never comes true is named', () => {
  const never = () => new LeapClock().until('the door opens', () => false, 1_000);
  expect(never).toThrow('the door opens: not within 1000 ms');
});
