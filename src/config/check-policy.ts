import { GUESSED_PER_YEAR_MAX, guessedPerYear } from '../domain/code.ts';
import type { Finding } from './finding.ts';
import type { Loose } from './loose.ts';
import { ACCEPTED, DEFAULT_DIGITS, type File } from './schema.ts';

/** Refuses a policy whose numbers somebody guesses too often, unless that is accepted by name. */
export function checkPolicy({ policy = {} }: Loose<File>, slots: number): Finding[] {
  if (policy.acceptGuessable === ACCEPTED) return [];
  const { codeDigits = DEFAULT_DIGITS, secondDigits = DEFAULT_DIGITS } = policy;
  const digits = codeDigits + secondDigits;
  const guessed = guessedPerYear(slots, digits);
  if (guessed <= GUESSED_PER_YEAR_MAX) return [];
  const allowed = [
    `codeDigits and secondDigits with which a guesser hits at most ${GUESSED_PER_YEAR_MAX}`,
    ` parcels a year; with ${slots} slots and ${digits} digits it is`,
    ` ${guessed.toExponential(1)}; or acceptGuessable = "${ACCEPTED}"`,
  ];
  return [{ path: ['policy'], allowed: allowed.join('') }];
}
