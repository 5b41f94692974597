import { z } from 'zod';
import { name, person, sealed } from './values.ts';

/** People as the cloud knows them, and what is sealed of them. */

const PHONE_CHARS_MAX = 24;
const EMAIL_CHARS_MAX = 254;
const LANGUAGE_CHARS_MAX = 16;
const DIGITS_MAX = 16;
const PEOPLE_MAX = 20_000;

const put = { op: z.literal('put'), id: person, sealed: sealed.nullable() };

/** Nobody but customers and couriers comes from the cloud. */
export const personOp = z.union([
  z.object({
    ...put,
    role: z.literal('customer'),
    carrier: z.null(),
    needsLowSlot: z.boolean(),
  }),
  z.object({
    ...put,
    role: z.literal('courier'),
    carrier: name,
    needsLowSlot: z.boolean(),
  }),
  z.object({ op: z.literal('remove'), id: person }),
]);

/** All of them, in the text that the chunks make together. */
export const PEOPLE = z.array(personOp).max(PEOPLE_MAX);

export const PHONE = z.string().max(PHONE_CHARS_MAX);

/** Sealed of a customer. */
export const CONTACT = z.object({
  phone: PHONE.nullable(),
  email: z.string().max(EMAIL_CHARS_MAX).nullable(),
  language: z.string().max(LANGUAGE_CHARS_MAX),
});

/** Sealed of a courier: staff number and PIN. */
export const SIGN_IN = z.object({
  staff: z.string().max(DIGITS_MAX),
  pin: z.string().max(DIGITS_MAX),
});
