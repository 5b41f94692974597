import { seededRandom } from '../random.ts';

/** Chance for one purpose; each purpose throws dice of its own, so that none shifts another. */
export interface Dice {
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean;
  /** A whole number from `from` to `below` - 1. */
  between(from: number, below: number): number;
  pick<T>(all: readonly T[]): T;
  /** How long until something comes that comes every `meanMs` on average. */
  waitMs(meanMs: number): number;
  digits(count: number): string;
}

const STEPS = 2 ** 30;

export function diceOf(seed: number, purpose: string): Dice {
  const random = seededRandom(mixed(seed, purpose));
  /** Within 0 to 1, and neither of them. */
  const share = (): number => (random.int(STEPS) + 0.5) / STEPS;
  const between = (from: number, below: number): number => from + random.int(below - from);
  return {
    chance: (probability) => share() < probability,
    between,
    pick: <T>(all: readonly T[]) => all[random.int(all.length)] as T,
    waitMs: (meanMs) => Math.ceil(-meanMs * Math.log(share())),
    digits: (count) => Array.from({ length: count }, () => random.int(10)).join(''),
  };
}

/** FNV-1a over the purpose, begun with the seed. */
function mixed(seed: number, purpose: string): number {
  let hash = Math.imul(seed ^ 0x811c9dc5, 0x01000193);
  for (const char of purpose) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}
