import type { CodePolicy } from './code-policy.ts';
import type { HoldRecord } from './hold.ts';
import type { Load } from './load.ts';

export const PARCEL_STATUSES = ['pending', 'stored', 'retrieved', 'expired', 'cancelled'] as const;
export type ParcelStatus = (typeof PARCEL_STATUSES)[number];
type Custody = 'expected' | 'in_slot' | 'handed_over' | 'recalled' | 'unknown';

/** One parcel, from its announcement or drop until it has left. Wall times are for people only. */
export interface ParcelRecord {
  readonly id: string;
  /** What people quote to a helpline: letters and digits, at most 8. */
  readonly ref: string;
  readonly status: ParcelStatus;
  readonly custody: Custody;
  readonly slot: string | null;
  readonly size: string;
  readonly carrier: string;
  /** The label as scanned or announced; null when it was named by hand. */
  readonly label: string | null;
  /** As it was announced; empty when nobody said. */
  readonly load: Load;
  /** A slot is held for it until then; null when none is, or the courier has come. */
  readonly reservedUntilWall: number | null;
  readonly recipient: string;
  /** What its recipient shows; settled when it is stored. */
  readonly policy: CodePolicy;
  /** What its recipient said of it at the open door. */
  readonly said: 'refused' | 'missing' | null;
  /** Keyed hashes of the two numbers; null until they exist. Kept until 24 h after the end. */
  readonly codeHash: string | null;
  readonly secondHash: string | null;
  /** Of a code that waits to be sent and is to replace the one above. */
  readonly nextCodeHash?: string | null;
  /** Signed grants of other generations are void (M17): raised when new numbers hold. */
  readonly gen: number;
  /** Of the newest grant that was made; above `gen` while a channel has yet to accept it (M16). */
  readonly lastGen: number;
  /** Wrong second numbers in a row with the right code (R13). */
  readonly secondMisses: number;
  readonly hold: HoldRecord;
  readonly createdAtWall: number;
  readonly storedAtWall: number | null;
  readonly endedAtWall: number | null;
}

/**
 * Last five digits of a label, letters skipped: how a parcel is named at a keypad (R15a). Fewer are
 * filled up with zeros in front; a label without any has no name there.
 */
export function tailOf(label: string): string {
  const digits = label.replace(/\D/g, '');
  return digits === '' ? '' : digits.slice(-TAIL_DIGITS).padStart(TAIL_DIGITS, '0');
}

export const TAIL_DIGITS = 5;
export const LABEL_CHARS_MAX = 64;

/** Whether a label can be read and shown: no control characters, which would steer a terminal. */
export const isLabel = (label: string): boolean =>
  label.length > 0 && label.length <= LABEL_CHARS_MAX && !/\p{Cc}/u.test(label);

/** After so many wrong second numbers a parcel takes one try an hour (R13). */
export const SECOND_MISSES_MAX = 5;

/** Whether a courier may take the parcel away (R3). */
export function isRecallable(parcel: ParcelRecord): boolean {
  return (
    parcel.slot !== null &&
    parcel.custody === 'in_slot' &&
    (parcel.status === 'expired' || parcel.status === 'cancelled')
  );
}

/** A reference people can read aloud: no letters or digits that look alike. */
export function refFrom(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => REF_ALPHABET[byte % REF_ALPHABET.length]).join('');
}

export const REF_CHARS = 6;
const REF_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
