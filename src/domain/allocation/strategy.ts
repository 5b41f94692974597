import { bestFit } from './best-fit.ts';
import { firstAvailable } from './first-available.ts';
import type { FreeSlot, Strategy } from './free-slot.ts';
import { roundRobin } from './round-robin.ts';

/** The strategies by their name in the config; a new one is one file and one line here. */
export const STRATEGIES = {
  'best-fit': bestFit,
  'first-available': firstAvailable,
  'round-robin': roundRobin,
} as const satisfies Record<string, Strategy>;

export type StrategyName = keyof typeof STRATEGIES;

interface Wish {
  readonly rank: number;
  /** The recipient needs a low slot: preferred, never required (R27). */
  readonly accessible: boolean;
}

/** The slot for a parcel, or null when none is free that takes it (M11). */
export function allocate(
  strategy: Strategy,
  free: readonly FreeSlot[],
  wish: Wish,
  lastGiven: number,
): FreeSlot | null {
  const large = free.filter((slot) => slot.rank >= wish.rank);
  const low = wish.accessible ? large.filter((slot) => slot.accessible) : [];
  return strategy(low.length > 0 ? low : large, lastGiven);
}
