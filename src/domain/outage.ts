/**
 * Why a hold does not go on (R19), the first that applies: the kiosk is off or does not serve yet;
 * the site is closed; the keypad is gone; it takes no codes; the board of the slot does not answer;
 * its lock is stuck; nobody could be told yet.
 */
export type OutageReason =
  | 'off'
  | 'closed'
  | 'keypad_lost'
  | 'keypad_blocked'
  | 'board_dark'
  | 'lock_jammed'
  | 'untold';

/** A moment, by both clocks, and what the wall time is worth. */
export interface Stamp {
  readonly boot: string;
  readonly monoMs: number;
  readonly wallMs: number;
  /** Null where nobody knows. */
  readonly errorMs: number | null;
}

/** An interval that did not count: for all parcels, or for the one that it names. */
export interface OutageRecord {
  readonly id: string;
  readonly reason: OutageReason;
  readonly slot: string | null;
  readonly parcel: string | null;
  readonly from: Stamp;
  /** Null while it lasts. */
  readonly to: Stamp | null;
}
