import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, STRATEGIES } from '../../src/domain/allocation/strategy.ts';

const slots = ['S', 'M', 'L'].flatMap((_size, rank) =>
  [0, 1].map((index) => ({
    id: `L/${rank}${index}`,
    order: rank * 2 + index,
    rank,
    accessible: index === 1,
  })),
);
const anySlots = fc.subarray(slots);
const anyWish = fc.record({ rank: fc.nat(2), accessible: fc.boolean() });

describe('allocation', () => {
  it('M11 best-fit gives the smallest that takes the parcel, and a larger one when needed', () => {
    const wish = { rank: 1, accessible: false };
    expect(allocate(STRATEGIES['best-fit'], slots, wish, -1)?.id).toBe('L/10');
    const large = slots.filter((slot) => slot.rank === 2);
    expect(allocate(STRATEGIES['best-fit'], large, wish, -1)?.id).toBe('L/20');
  });

  it('M11 first-available takes the first in the order of the config', () => {
    const wish = { rank: 0, accessible: false };
    expect(allocate(STRATEGIES['first-available'], slots.slice(3), wish, -1)?.id).toBe('L/11');
  });

  it('M11 round-robin goes on after the slot given last, and round again', () => {
    const wish = { rank: 0, accessible: false };
    expect(allocate(STRATEGIES['round-robin'], slots, wish, 0)?.id).toBe('L/01');
    expect(allocate(STRATEGIES['round-robin'], slots, wish, 1)?.id).toBe('L/00');
  });

  it('R27 a low slot is preferred for who needs it, and not required', () => {
    const wish = { rank: 0, accessible: true };
    expect(allocate(STRATEGIES['best-fit'], slots, wish, -1)?.id).toBe('L/01');
    const high = slots.filter((slot) => !slot.accessible);
    expect(allocate(STRATEGIES['best-fit'], high, wish, -1)?.id).toBe('L/00');
  });

  it('M11 every strategy gives a free slot that is large enough whenever there is one', () => {
    fc.assert(
      fc.property(anySlots, anyWish, fc.integer({ min: -1, max: 5 }), (free, wish, last) => {
        const fits = free.filter((slot) => slot.rank >= wish.rank);
        for (const strategy of Object.values(STRATEGIES)) {
          const given = allocate(strategy, free, wish, last);
          expect(given === null).toBe(fits.length === 0);
          if (given !== null) expect(fits).toContain(given);
        }
      }),
    );
  });

  it('M11 best-fit gives none for which a smaller one of the wish was free', () => {
    fc.assert(
      fc.property(anySlots, anyWish, (free, wish) => {
        const given = allocate(STRATEGIES['best-fit'], free, wish, -1);
        const fits = free.filter((slot) => slot.rank >= wish.rank);
        const low = wish.accessible ? fits.filter((slot) => slot.accessible) : [];
        const choice = low.length > 0 ? low : fits;
        for (const slot of choice) expect(slot.rank).toBeGreaterThanOrEqual(given?.rank ?? 9);
        if (given !== null) expect(choice).toContain(given);
      }),
    );
  });
});
