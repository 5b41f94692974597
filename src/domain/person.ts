import type { BudgetRule } from './budget.ts';

export const ROLES = ['customer', 'courier', 'technician', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Somebody the kiosk knows. Contact data is sealed; numbers are keyed hashes. */
export interface PersonRecord {
  readonly id: string;
  readonly role: Role;
  /** Who said that they exist; the cloud takes back only its own. */
  readonly origin: 'kiosk' | 'cloud';
  /** The carrier a courier drives for; null for the others. */
  readonly carrier: string | null;
  readonly staffHash: string | null;
  readonly pinHash: string | null;
  /** The PIN is known to be none of {@link TRIAL_PINS}; its hash alone does not tell. */
  readonly isPinJudged?: boolean;
  /** Wrong PINs in a row; ten block the staff number (R13a). */
  readonly pinMisses: number;
  /** What the person's app makes its numbers from; null where there is no app. */
  readonly totp: TotpRecord | null;
  readonly phoneHash: string | null;
  /** Sealed JSON of {@link Contact}; null for staff. */
  readonly contact: string | null;
  readonly needsLowSlot: boolean;
}

interface TotpRecord {
  /** The secret in base32, sealed. */
  readonly sealed: string;
  /** The last step that was accepted: it and all before it are spent. */
  readonly lastStep: number;
}

export interface Contact {
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: string;
}

export const PIN_MISSES_MAX = 10;
export const PIN_DIGITS_MIN = 6;
export const STAFF_DIGITS = 6;
/** PINs that stand in the documents, and those that are tried first by whoever has none. */
export const TRIAL_PINS = ['246810', '123456', '654321', '000000', '111111', '123123'];
export const isPin = (text: string): boolean => /^\d+$/.test(text) && text.length >= PIN_DIGITS_MIN;
/** Five tries with the app's numbers, then one every 15 minutes. */
export const TOTP_BUDGET: BudgetRule = { burst: 5, refillMs: 900_000 };
