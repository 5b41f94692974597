import { expect, test } from 'vitest';
import { atLeast, atMost, median } from '../../bench/row.ts';
import { overLimit, rowLine } from '../../bench/table.ts';

test('a ratio up to 1 is within the limit, whichever way is better', () => {
  expect(atMost('boot', 750, 'ms', 1_500).ratio).toBe(0.5);
  expect(atMost('boot', 3_000, 'ms', 1_500).ratio).toBe(2);
  expect(atLeast('pickups', 200, 'per s', 100).ratio).toBe(0.5);
  expect(atLeast('pickups', 50, 'per s', 100).ratio).toBe(2);
});

test('the median is not moved by one slow round', () => {
  expect(median([3, 1, 900, 2, 4])).toBe(3);
  expect(median([])).toBeNaN();
});

test('rows over their limits are marked and named, and at the limit they are not', () => {
  const at = atMost('commits', 5, '', 5);
  const over = atMost('memory', 160, 'MB', 150);
  expect(rowLine(at)).not.toContain('over');
  expect(rowLine(over)).toContain('over');
  expect(overLimit([at])).toBe('No row is over its limit.');
  expect(overLimit([at, over])).toBe('Over the limit: memory.');
});
