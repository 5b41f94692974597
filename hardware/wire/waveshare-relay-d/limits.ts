/** Limits of the Waveshare Modbus RTU Relay (D) (README.md beside this file). */

/** Addresses of one board each. 0 is Modbus's broadcast, which this program never sends (R9). */
export const ADDRESSES = { min: 1, max: 247 } as const;
/** Relays, and as many inputs. */
export const CHANNELS_MAX = 8;
/** Channels when the other half of the inputs watches what lies in the slots. */
export const CHANNELS_WITH_ITEMS_MAX = 4;
/** The board counts a pulse in steps of this length. */
export const PULSE_STEP_MS = 100;
/** The board would take 0x7FFF steps, close to an hour; a coil of a lock would burn long before. */
export const PULSE_MS = {
  min: PULSE_STEP_MS,
  max: 2_000,
  only: Array.from({ length: 20 }, (_, index) => (index + 1) * PULSE_STEP_MS),
} as const;
/** Bytes that are no frame are reported in pieces of at most this length. */
export const HELD_BYTES_MAX = 32;
