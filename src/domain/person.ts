export type Role = 'customer' | 'courier' | 'technician' | 'admin';

/** Somebody the kiosk knows. Contact data is sealed; numbers are keyed hashes. */
export interface PersonRecord {
  readonly id: string;
  readonly role: Role;
  /** The carrier a courier drives for; null for the others. */
  readonly carrier: string | null;
  readonly staffHash: string | null;
  readonly pinHash: string | null;
  /** Wrong PINs in a row; ten block the staff number (R13a). */
  readonly pinMisses: number;
  readonly phoneHash: string | null;
  /** Sealed JSON of {@link Contact}; null for staff. */
  readonly contact: string | null;
  readonly needsLowSlot: boolean;
}

export interface Contact {
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: string;
}

export const PIN_MISSES_MAX = 10;
export const PIN_DIGITS_MIN = 6;
export const STAFF_DIGITS = 6;
