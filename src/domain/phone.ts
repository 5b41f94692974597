/** How numbers are dialled where the kiosk stands. */
export interface Dialling {
  /** The country's calling code, such as "43"; null when only international numbers can be told. */
  readonly countryCode: string | null;
  /** What stands before a number within the country and is left away from abroad. */
  readonly trunkPrefix: string;
}

/** Before a country's code where no plus can be typed (ITU-T E.123). */
const INTERNATIONAL_PREFIX = '00';

/**
 * The digits of a phone number from the country's code on, so that one phone is one number however
 * it was typed: "+43 664 …", "0043664…" and "0664…" are the same in Austria. A national number
 * stays as it is where no country is known.
 */
export function normalPhone(typed: string, { countryCode, trunkPrefix }: Dialling): string {
  const digits = typed.replace('(0)', '').replace(/\D/g, '');
  if (typed.trimStart().startsWith('+')) return digits;
  if (digits.startsWith(INTERNATIONAL_PREFIX)) return digits.slice(INTERNATIONAL_PREFIX.length);
  if (countryCode === null) return digits;
  const trunk = trunkPrefix !== '' && digits.startsWith(trunkPrefix) ? trunkPrefix.length : 0;
  return countryCode + digits.slice(trunk);
}
