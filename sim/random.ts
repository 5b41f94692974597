/** Chance for simulated worlds: the same seed gives the same world. */
export interface Random {
  /** A whole number from 0 to `maxExclusive` - 1; `maxExclusive` from 1 to 2^32. */
  int(maxExclusive: number): number;
  bytes(count: number): Uint8Array;
}

const WORD_VALUES = 2 ** 32;

/**
 * A counter stepped by the golden ratio and stirred: every 32-bit word comes once in 2^32 draws.
 * Enough for faults; never for codes.
 */
export function seededRandom(seed: number): Random {
  let counter = seed | 0;
  const word = (): number => {
    counter = (counter + 0x9e3779b9) | 0;
    let mixed = counter;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  const int = (maxExclusive: number): number => {
    if (!(maxExclusive >= 1 && maxExclusive <= WORD_VALUES)) {
      throw new RangeError(`random below ${maxExclusive} is not within 1 to 2^32`);
    }
    return Math.floor((word() / WORD_VALUES) * maxExclusive);
  };
  return { int, bytes: (count) => Uint8Array.from({ length: count }, () => int(256)) };
}

/**
 * As {@link seededRandom}, but draws of each size come from a stream of their own: one id more
 * somewhere changes no code elsewhere.
 */
export function streamedRandom(seed: number): Random {
  const streams = new Map<string, Random>();
  const stream = (name: string): Random => {
    const known = streams.get(name) ?? seededRandom(seed);
    streams.set(name, known);
    return known;
  };
  return {
    int: (maxExclusive) => stream(`int ${maxExclusive}`).int(maxExclusive),
    bytes: (count) => stream(`bytes ${count}`).bytes(count),
  };
}
