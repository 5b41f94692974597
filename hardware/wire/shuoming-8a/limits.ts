/** Limits of the family, from 485锁控板24路通讯协议2021 and the pages that repeat it. */

/**
 * "1~99 devices on one bus" (interface section). The DIP switch may set fewer. As every head byte
 * is above 99, an address is never mistaken for the start of a frame.
 */
export const ADDRESSES = { min: 1, max: 99 } as const;
/** The largest board on offer. */
export const CHANNELS_MAX = 50;
/** What a board gives to an unlock without a time ("single open, default 300 ms"). */
export const BOARD_PULSE_MS = 300;
/** An unlock may carry whole seconds instead ("specified 1~9 seconds"). */
export const PULSE_SECONDS = { min: 1, max: 9 } as const;
/** Status bytes of a board with 50 channels. */
export const STATUS_BYTES_MAX = 7;
/** Discarded bytes are reported in pieces of this many. */
export const NOISE_BYTES_MAX = 32;
