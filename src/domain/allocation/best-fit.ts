import type { Strategy } from './free-slot.ts';

/** The smallest slot that takes the parcel. */
export const bestFit: Strategy = (free) =>
  free.reduce<(typeof free)[number] | null>(
    (best, slot) => (best === null || slot.rank < best.rank ? slot : best),
    null,
  );
