import type { BoardRequest, Family, Settings } from '../family.ts';
import { silenceMs } from '../silence.ts';

/** What the boards of this maker have in common; times are in ms. */

/**
 * The CU16 has the board in four bits, and 15 there means all boards: it is not an address (R9).
 * For the CU48 no document gives a range; the same numbers are allowed.
 */
export const ADDRESSES = { min: 0, max: 14 } as const;

/** The set-time command counts in steps of 10 ms. */
export const PULSE_STEP_MS = 10;
/** It could carry 60 s; a solenoid is built for short pulses, so that is not let through. */
export const PULSE_MS = { min: 50, max: 2_000 } as const;

/** Discarded bytes are reported together, at most this many at a time. */
export const WASTE_BYTES_MAX = 32;

/** Drivers that read 100 ms after they asked get whole replies. */
const STATUS_TURNAROUND_MS = 100;
/** Time in which an answer is welcome where none is expected. */
const WELCOME_MS = 30;
const UNLOCK_TURNAROUND_MS = 200;

function turnaroundMs({ kind }: BoardRequest, { unlockAnswer }: Settings): number {
  if (kind === 'unlock' && unlockAnswer === 'status') return UNLOCK_TURNAROUND_MS;
  return kind === 'status' ? STATUS_TURNAROUND_MS : WELCOME_MS;
}

/** What the families of this maker say alike. */
export const KERONG = {
  addresses: ADDRESSES,
  pulseMs: PULSE_MS,
  // A byte takes half a millisecond at 19200 baud; adapters hold pieces back for up to 16 ms.
  gapMs: 20,
  frameEndMs: silenceMs,
  // Replies carry no id: what a board had to say shall have passed before the next request.
  quietMs: 10,
  senses: { occupancy: true },
  mayShareBusWith: [],
  turnaroundMs,
  unlockReply: ({ unlockAnswer }: Settings) => (unlockAnswer === 'status' ? 'at-once' : 'none'),
} as const satisfies Partial<Family>;

/** Drivers disagree on whether the boards answer an unlock. */
export const UNLOCK_ANSWER = ['none', 'status'] as const;
