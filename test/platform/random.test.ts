import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../src/platform/random.ts';

describe('the generator of the operating system', () => {
  it('M7 draws each digit about equally often, and nothing else', () => {
    const random = systemRandom();
    const counts = new Array<number>(10).fill(0);
    const draws = 20_000;
    for (let draw = 0; draw < draws; draw += 1) {
      const digit = random.int(10);
      counts[digit] = (counts[digit] ?? Number.NaN) + 1;
    }
    expect(counts).toHaveLength(10);
    // Six standard deviations: a fair generator fails once in a hundred million runs.
    for (const count of counts) expect(Math.abs(count - draws / 10)).toBeLessThan(255);
  });

  it('reaches the largest limit and refuses others', () => {
    const random = systemRandom();
    expect(random.int(1)).toBe(0);
    expect(random.int(2 ** 31)).toBeLessThan(2 ** 31);
    for (const wrong of [0, -1, 1.5, Number.NaN, 2 ** 31 + 1]) {
      expect(() => random.int(wrong)).toThrow(RangeError);
    }
  });

  it('gives as many bytes as asked, others each time', () => {
    const random = systemRandom();
    expect(random.bytes(0)).toEqual(new Uint8Array(0));
    const [one, other] = [random.bytes(16), random.bytes(16)];
    expect(one).toHaveLength(16);
    expect(Object.getPrototypeOf(one)).toBe(Uint8Array.prototype);
    expect(one).not.toEqual(other);
  });
});
