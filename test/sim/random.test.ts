import { expect, test } from 'vitest';
import { seededRandom } from '../../sim/random.ts';

test('the same seed gives the same draws, another seed others', () => {
  const draws = (seed: number) => [...seededRandom(seed).bytes(32)];
  expect(draws(7)).toEqual(draws(7));
  expect(draws(7)).not.toEqual(draws(8));
});

test('whole numbers stay below their limit and come about equally often', () => {
  const random = seededRandom(3);
  const counts = [0, 0, 0, 0, 0, 0];
  for (let draw = 0; draw < 60_000; draw += 1) {
    const face = random.int(6);
    counts[face] = (counts[face] ?? 0) + 1;
  }
  expect(counts).toHaveLength(6);
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  expect(() => random.int(0)).toThrow('random below 0');
});
