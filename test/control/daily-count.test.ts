import { expect, it } from 'vitest';
import { DailyCount } from '../../src/control/daily-count.ts';
import { DAY_MS } from '../app/bench-kiosk.ts';

it('100 of a kind a day get a row, and the next day says how many did not', () => {
  const daily = new DailyCount();
  const rows = Array.from({ length: 130 }, (_, index) => daily.count('a', index));
  expect(rows.filter(({ isRow }) => isRow)).toHaveLength(100);
  expect(daily.count('b', 130)).toEqual({ isRow: true, missed: 0 });
  expect(daily.count('a', DAY_MS)).toEqual({ isRow: true, missed: 30 });
  expect(daily.count('a', 2 * DAY_MS)).toEqual({ isRow: true, missed: 0 });
});
