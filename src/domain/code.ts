/**
 * Pickup codes: random digits and one Damm check digit, which finds every wrong digit and every
 * swap of neighbours (H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004).
 */

/** The Damm check digit of a string of digits. */
export function checkDigit(digits: string): string {
  let interim = 0;
  for (const digit of digits) interim = QUASIGROUP[interim]?.[Number(digit)] ?? 0;
  return String(interim);
}

/** Whether `code` is all digits, `randomDigits` + 1 long, and ends in its check digit. */
export function isWellFormed(code: string, randomDigits: number): boolean {
  return (
    code.length === randomDigits + 1 &&
    /^\d+$/.test(code) &&
    checkDigit(code.slice(0, -1)) === code.slice(-1)
  );
}

/** `count` random digits; `pick` gives an integer from 0 below its argument. */
export function randomDigits(count: number, pick: (maxExclusive: number) => number): string {
  return Array.from({ length: count }, () => pick(10)).join('');
}

/**
 * How likely somebody who empties the budget of R13 all year hits one live parcel: tries a year
 * times the share of the number space that is in use (cloud.md, "Codes").
 */
export function guessedPerYear(slots: number, digits: number): number {
  return (GUESSES_PER_YEAR * slots) / 10 ** digits;
}

/** One try every six minutes, all year. */
const GUESSES_PER_YEAR = 87_600;
/** A policy that is easier to guess than this is refused. */
export const GUESSED_PER_YEAR_MAX = 1e-4;

const QUASIGROUP: readonly (readonly number[])[] = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];
