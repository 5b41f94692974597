import type { Strategy } from './free-slot.ts';

/** The first free slot in the order of the config, whatever its size. */
export const firstAvailable: Strategy = (free) => free[0] ?? null;
