import { randomBytes, randomInt } from 'node:crypto';
import type { Random } from '../control/ports.ts';

const INT_MAX = 2 ** 31;

/** The generator of the operating system. `int` throws RangeError outside 1 to 2³¹. */
export function systemRandom(): Random {
  return { int, bytes: (count) => new Uint8Array(randomBytes(count)) };
}

function int(maxExclusive: number): number {
  if (!Number.isInteger(maxExclusive) || maxExclusive < 1 || maxExclusive > INT_MAX) {
    throw new RangeError(`a draw below ${maxExclusive}; allowed are 1 to ${INT_MAX}`);
  }
  return randomInt(maxExclusive);
}
