import { z } from 'zod';
import { LANGUAGES } from '../../domain/language.ts';
import { openSpan } from '../../domain/opening-hours.ts';
import { line } from './values.ts';

/** The document in `dn/cfg`: the short list of what may be set from afar. */

const HOLD_DAYS = { min: 3, max: 7 };
const REMINDER_HOURS = { min: 1, max: 71 };
const TELEMETRY_SECONDS = { min: 10, max: 3_600 };
const OPEN_HOURS_MAX = 21;
const LINE_CHARS_MAX = 60;

function whole({ min, max }: { readonly min: number; readonly max: number }) {
  const allowed = `allowed is a whole number from ${min} to ${max}`;
  return z.int(allowed).min(min, allowed).max(max, allowed);
}

const span = z
  .string()
  .refine((text) => openSpan(text) !== null, 'allowed are days and hours: mo-fr 06:00-22:00');

const known = {
  holdDays: whole(HOLD_DAYS).exactOptional(),
  reminderHours: whole(REMINDER_HOURS).exactOptional(),
  openingHours: z.array(span).max(OPEN_HOURS_MAX).exactOptional(),
  telemetrySeconds: whole(TELEMETRY_SECONDS).exactOptional(),
  texts: z.partialRecord(z.enum(LANGUAGES), line(LINE_CHARS_MAX)).exactOptional(),
};
const names = Object.keys(known).join(', ');

export const SETTINGS = z.strictObject(known, {
  error: ({ code }) =>
    code === 'unrecognized_keys' ? `only ${names} are set from afar` : 'a table',
});
