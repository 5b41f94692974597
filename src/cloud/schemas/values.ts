import { z } from 'zod';

/** Kinds of values that messages are made of; every text has a limit. */

const SIZES_MAX = 8;
const PARCEL_ID_CHARS_MAX = 64;
const CODE_CHARS_MAX = 40;
export const TEXT_CHARS_MAX = 100;
/** Reasons that one message gives. */
export const ERRORS_MAX = 16;
const SEALED_CHARS_MAX = 4_096;

export const version = z.literal(1).describe('version of the contract');
export const uuid = z.uuidv7();
export const name = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
export const slot = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,32}\/[A-Za-z0-9_-]{1,32}$/)
  .describe('locker/slot');
export const parcel = z.string().min(1).max(PARCEL_ID_CHARS_MAX);
export const person = z.string().min(1).max(PARCEL_ID_CHARS_MAX);
export const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export const count = z.int().min(0);
export const text = z.string().max(TEXT_CHARS_MAX);
/** Goes to screens as it is: one line without control characters. */
export const line = (charsMax: number) =>
  z
    .string()
    .regex(/^\P{Cc}+$/u, 'allowed is one line of text')
    .max(charsMax, `allowed are ${charsMax} characters`);
export const word = z.string().min(1).max(CODE_CHARS_MAX);
export const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const keyId = z.string().regex(/^[0-9a-f]{16}$/);
/** The SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) in base64, as `openssl` writes it. */
export const publicKey = z.string().regex(/^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=$/);
/** Of an X25519 key, likewise. */
export const boxKey = z.string().regex(/^MCowBQYDK2VuAyEA[A-Za-z0-9+/]{43}=$/);
export const clockState = z.enum(['synced', 'holdover', 'unsynced']);
export const session = uuid.describe('a new one for each connection');
export const epoch = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .describe('a new one whenever the database is created or restored');
export const sealed = z.string().max(SEALED_CHARS_MAX).describe('base64, see docs/CLOUD.md');

/** Counts of one size of slots. */
const freeBusy = z.object({ free: count, busy: count, oos: count });
export const bySize = z
  .record(name, freeBusy)
  .refine((sizes) => Object.keys(sizes).length <= SIZES_MAX);
