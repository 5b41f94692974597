import { GUESSED_PER_YEAR_MAX, guessedPerYear } from '../domain/code.ts';
import { POLICY_DIGITS } from '../domain/code-policy.ts';
import type { Finding } from './finding.ts';
import type { Loose } from './loose.ts';
import { ACCEPTED, DEFAULT_CODES, type File } from './schema.ts';

/** Refuses a policy whose numbers somebody guesses too often, unless that is accepted by name. */
export function checkPolicy({ policy = {} }: Loose<File>, slots: number): Finding[] {
  const { codes = DEFAULT_CODES, codeDigits, secondDigits, acceptGuessable } = policy;
  if (secondDigits !== undefined && codes !== 'code+otp') {
    const allowed = 'no such key: only codes = "code+otp" has a second number of its own';
    return [{ path: ['policy', 'secondDigits'], allowed }];
  }
  if (acceptGuessable === ACCEPTED) return [];
  const usual = POLICY_DIGITS[codes];
  const digits = (codeDigits ?? usual.code) + (secondDigits ?? usual.second);
  const guessed = guessedPerYear(slots, digits);
  if (guessed <= GUESSED_PER_YEAR_MAX) return [];
  const allowed = [
    `codeDigits and secondDigits with which a guesser hits at most ${GUESSED_PER_YEAR_MAX}`,
    ` parcels a year; with ${slots} slots and ${digits} digits it is`,
    ` ${guessed.toExponential(1)}; or acceptGuessable = "${ACCEPTED}"`,
  ];
  return [{ path: ['policy'], allowed: allowed.join('') }];
}
