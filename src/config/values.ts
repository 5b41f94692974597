import { z } from 'zod';
import { isEmailAddress } from '../domain/email.ts';
import { openSpan } from '../domain/opening-hours.ts';
import { portAddress } from './port-address.ts';

/**
 * Kinds of values in the config file. The message of every issue is what is allowed there; that
 * of an unknown key is the list of the known ones.
 */

const TABLES_MAX = 1_024;
const ID_CHARS_MAX = 32;
const TEXT_CHARS_MAX = 100;
const PATH_CHARS_MAX = 1_000;
const PHONE_CHARS_MAX = 24;
const CHOICES_MAX = 16;

export interface Range {
  readonly min: number;
  readonly max: number;
}

export function table<Shape extends z.ZodRawShape>(shape: Shape) {
  const keys = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? keys : 'a table'),
  });
}

export function tables<Row extends z.ZodType>(row: Row) {
  const allowed = `1 to ${TABLES_MAX} tables`;
  return z.array(row, allowed).min(1, allowed).max(TABLES_MAX, allowed);
}

export function whole({ min, max }: Range) {
  const allowed = `a whole number from ${min} to ${max}`;
  return z.int(allowed).min(min, allowed).max(max, allowed);
}

export function oneOf<const Name extends string>(names: readonly Name[]) {
  return z.enum(names, names.map((name) => `"${name}"`).join(' or '));
}

export function oneNumberOf<const Value extends number>(values: readonly Value[]) {
  return z.literal(values, values.join(' or '));
}

export function only<const Text extends string>(text: Text) {
  return z.literal(text, `exactly "${text}"`);
}

export const flag = z.boolean('true or false');

export const id = matching(
  /^[A-Za-z0-9_-]+$/,
  ID_CHARS_MAX,
  `1 to ${ID_CHARS_MAX} letters from A to Z, digits, "_" or "-"`,
);

/** Goes to screens and messages as it is: no control characters. */
export const text = matching(
  /^[^\s\p{Cc}](\P{Cc}*[^\s\p{Cc}])?$/u,
  TEXT_CHARS_MAX,
  `1 to ${TEXT_CHARS_MAX} characters in one line, with no blank at either end`,
);

export const path = matching(/^\P{Cc}+$/u, PATH_CHARS_MAX, 'a path');

const PORT_ALLOWED =
  'the path of a serial device, or "tcp://host:port" with a port from 1 to 65535';
/** Where a bus is reached. */
export const port = matching(/^\P{Cc}+$/u, PATH_CHARS_MAX, PORT_ALLOWED).refine(
  (text) => portAddress(text) !== undefined,
  PORT_ALLOWED,
);

const BROKER_ALLOWED =
  '"mqtts://host:port", or "mqtt://localhost:port" for a broker on the machine';
export const broker = matching(
  /^(?:mqtts:\/\/[\w.-]+|mqtt:\/\/(?:localhost|127\.0\.0\.1)):\d{1,5}$/,
  PATH_CHARS_MAX,
  BROKER_ALLOWED,
);

/** The SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) always begins with the same 16 letters. */
export const publicKey = matching(
  /^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=$/,
  PATH_CHARS_MAX,
  'the public half of an Ed25519 key, as "openssl pkey -pubout -outform DER | base64" gives it',
);

/** Of an X25519 key likewise. */
export const boxKey = matching(
  /^MCowBQYDK2VuAyEA[A-Za-z0-9+/]{43}=$/,
  PATH_CHARS_MAX,
  'the public half of an X25519 key, as "openssl pkey -pubout -outform DER | base64" gives it',
);

/**
 * Values by name, as boards have settings. Which ones, and that they are texts, only the family of
 * the board can say: `check-buses.ts` refuses all others, and a board without a family.
 */
export const choices = z
  .record(z.string(), z.custom<string>(), 'a table of names and texts')
  .refine((table) => Object.keys(table).length <= CHOICES_MAX, `at most ${CHOICES_MAX} settings`);

export const phone = matching(
  /^\+?\d[\d ()-]*$/,
  PHONE_CHARS_MAX,
  'a phone number of digits, blanks, "(", ")" and "-", with or without a "+" before them',
);

const ADDRESS_ALLOWED = 'an e-mail address, such as "locker@example.org"';
export const emailAddress = z.string(ADDRESS_ALLOWED).refine(isEmailAddress, ADDRESS_ALLOWED);

export const host = matching(/^[A-Za-z0-9.-]+$/, 253, 'a host name or an IPv4 address');

export const callingCode = matching(/^[1-9]\d*$/, 3, 'a country calling code, such as "43"');

export const trunkPrefix = matching(
  /^\d*$/,
  2,
  'what stands before a national number, such as "0"; "" where nothing does',
);

const ZONE_ALLOWED = 'a name of the IANA time zone database, such as "Europe/Berlin"';
export const timeZone = z.string(ZONE_ALLOWED).refine(isTimeZone, ZONE_ALLOWED);

export const OPEN_HOURS_ALLOWED =
  'a list of days and hours by the quarter, such as ["mo-fr 06:00-22:00", "sa 08:00-24:00"]';
export const openHours = z
  .string(OPEN_HOURS_ALLOWED)
  .refine((text) => openSpan(text) !== null, OPEN_HOURS_ALLOWED);

function matching(pattern: RegExp, charsMax: number, allowed: string) {
  return z.string(allowed).max(charsMax, allowed).regex(pattern, allowed);
}

/** Intl takes offsets such as "+02:00" as well, but they know nothing of summer time. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
