/** Every limit of the keypad in one place. Times are for the normal profile (R28). */

/** Without a key a page ends after this; messages and receipts are read, not answered. */
export const ENTRY_LIMIT_MS = 60_000;
export const CHOICE_LIMIT_MS = 45_000;
export const MESSAGE_LIMIT_MS = 30_000;
export const RECEIPT_LIMIT_MS = 8_000;
/** How much longer every page waits in the extended profile. */
export const EXTENDED_FACTOR = 2;
/** From so many seconds before its end a page says that it is about to end. */
export const ENDS_SOON_S = 10;
/** How often a page that somebody stands at is looked at. */
export const TICK_MS = 1_000;
/** From the last key to the neutral sentence about wrong numbers (R14). */
export const NEUTRAL_DELAY_MS = 400;
/** A door that is open for so long is asked to be closed (R10a). */
export const ASK_TO_CLOSE_MS = 60_000;
/** E.164: a phone number has at most 15 digits. */
export const PHONE_DIGITS_MIN = 6;
export const PHONE_DIGITS_MAX = 15;
export const PIN_DIGITS_MAX = 12;
/** Keys 1 to 8 name a parcel of a list; 9 is "none of these". */
export const MATCHES_SHOWN_MAX = 8;
/** So often a drop moves to another slot by itself; then the courier is asked. */
export const MOVES_MAX = 3;
/** Last characters of a session's id that are shown where no parcel is known. */
export const SESSION_REF_CHARS = 6;
