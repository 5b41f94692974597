import type { Strategy } from './free-slot.ts';

/** Takes turns among the smallest that fit, after the one given last, so that locks wear alike. */
export const roundRobin: Strategy = (free, lastGiven) => {
  const rank = Math.min(...free.map((slot) => slot.rank));
  const turn = free.filter((slot) => slot.rank === rank);
  return turn.find((slot) => slot.order > lastGiven) ?? turn[0] ?? null;
};
