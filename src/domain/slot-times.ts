/** Durations of a visit to a slot, in milliseconds, and how many pulses it may take. */
export interface SlotTimes {
  /** From a pulse that moved nothing to the next one (R6: 1.5 s). */
  readonly repulseMs: number;
  /** Pulses of the first burst, and how many more after "it did not open" (R6: 3 and 2). */
  readonly pulsesMax: number;
  readonly pulsesMore: number;
  /** Coil rest before the second burst (R6: 30 s). */
  readonly cooldownMs: number;
  /** How long a person has to answer "did the door open?", and then to press the key. */
  readonly askMs: number;
  /** How long the board may stay silent after a pulse before its outcome counts as unknown. */
  readonly unreadMs: number;
  /** A door that stays open longer is given up (R10a: 180 s). */
  readonly openMaxMs: number;
  /** A shorter opening proves nothing about what is inside (R1: 2 s). */
  readonly openMinMs: number;
  /** Reopening needs no new code for so long; then the pickup counts (R12: 60 s). */
  readonly graceMs: number;
  /** "Left it in the slot?" without an answer (R16a: 20 s). */
  readonly confirmMs: number;
  /** "Is it empty?" without an answer. */
  readonly verifyMs: number;
}

export const SLOT_TIMES: SlotTimes = {
  repulseMs: 1_500,
  pulsesMax: 3,
  pulsesMore: 2,
  cooldownMs: 30_000,
  askMs: 60_000,
  unreadMs: 10_000,
  openMaxMs: 180_000,
  openMinMs: 2_000,
  graceMs: 60_000,
  confirmMs: 20_000,
  verifyMs: 60_000,
};

/** Between two looks at whether the board has been read since the pulse. */
export const UNREAD_RETRY_MS = 250;
