/** Limits of the `line` protocol, version 1 (hardware/README.md, "The `line` protocol"). */

/** Addresses of boards. There is no broadcast address: a request names exactly one board (R9). */
export const ADDRESSES = { min: 1, max: 99 } as const;
export const CHANNELS_MAX = 48;
export const PULSE_MS = { min: 50, max: 2_000 } as const;
/** A board's model and the word of an error. */
export const WORD_CHARS_MAX = 32;
export const ERROR_CODE_MAX = 99;
