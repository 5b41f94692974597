/** Why a door is opened. */
export type Purpose = 'drop' | 'pickup' | 'recall' | 'service';

export const SLOT_STATES = [
  'available',
  'reserved',
  'opening',
  'unseen',
  'open',
  'drop_unconfirmed',
  'occupied',
  'grace',
  'verify_empty',
  'quarantined',
  'out_of_service',
] as const;
export type SlotState = (typeof SLOT_STATES)[number];

/** How well a statement is founded, from weakest to strongest claim of its own kind (R5). */
export type Grade = 'commanded' | 'acknowledged' | 'sensed' | 'inferred' | 'asserted';

export type Door = 'closed' | 'open' | 'unknown';
export type Occupancy = 'empty' | 'full' | 'unknown';

/** Why a slot may not be given away; stands until a sensor, a person or a technician lifts it. */
interface Bar {
  readonly kind: 'quarantined' | 'out_of_service';
  readonly reason: BarReason;
}

export const BAR_REASONS = [
  'jammed',
  'door_open',
  'sensor',
  'blocked',
  'unknown_outcome',
  'changed_while_off',
  'forced',
  'found_inside',
  'dirty',
  'unverified',
  'restored',
  'still_full',
  'brief_open',
  'closed_late',
] as const;
export type BarReason = (typeof BAR_REASONS)[number];

/** Why somebody opens a door that no parcel is to pass. */
export const OPEN_REASONS = ['inspection', 'repair', 'cleaning', 'recipient'] as const;
export type OpenReason = (typeof OPEN_REASONS)[number];

/** What somebody saw inside: nothing, the parcel that is booked there, or something else. */
export const FINDS = ['empty', 'full', 'other'] as const;
export type Found = (typeof FINDS)[number];

export type DropAnswer = 'done' | 'too_big' | 'not_empty' | 'dirty' | 'changed_mind';

/**
 * All that the kiosk believes of one slot: the record that is stored, and the machine's context.
 * Times are monotonic milliseconds of the current boot; they mean nothing after a restart.
 */
export interface SlotRecord {
  /** `locker/slot`. */
  readonly id: string;
  /** Counts the stored changes. */
  readonly rev: number;
  readonly state: SlotState;
  /** The live parcel that is bound to this slot: expected, inside, or perhaps inside. */
  readonly parcel: string | null;
  /** The intent in force, from ARMED until its outcome. */
  readonly intent: string | null;
  readonly purpose: Purpose | null;
  /** Where the slot returns to when the pulse provably never happened. */
  readonly cameFrom: SlotState | null;
  /** Pulses of the current burst, and how many it may have (R6). */
  readonly pulses: number;
  readonly pulsesMax: number;
  readonly pulsedAtMono: number | null;
  readonly acknowledged: boolean;
  /** Whether a reading that was taken after the last pulse has been seen. */
  readonly readSincePulse: boolean;
  readonly openedAtMono: number | null;
  readonly closedAtMono: number | null;
  readonly openGrade: Grade | null;
  readonly closeGrade: Grade | null;
  readonly dropAnswer: DropAnswer | null;
  /** The kiosk started while the door stood open: whoever was there had no screen (R2). */
  readonly interrupted: boolean;
  /** Pickup: somebody said that something is still inside, and the door was not open since. */
  readonly leftInside: boolean;
  /** Pickup: its recipient left it there for good, and has not taken that back. */
  readonly refused: boolean;
  /** Pickup that was not seen: waiting for an answer, cooling down, or ready to try again. */
  readonly ask: 'asked' | 'cooling' | 'ready' | null;
  readonly deadlineAtMono: number | null;
  readonly bar: Bar | null;
  /**
   * Whether what the record says of the parcel holds: after a restore events are missing, and until
   * somebody has looked no code opens the slot (R31).
   */
  readonly binding: 'known' | 'unverified';
  /** What is believed to be inside. */
  readonly content: Occupancy;
  readonly door: Door;
  readonly board: 'ok' | 'dark';
  readonly sensor: 'good' | 'suspect';
  /** Reading of the occupancy sensor; `unknown` where there is none. */
  readonly occupancy: Occupancy;
}

/** A slot as it was just commissioned: empty by the fitter's word, and nothing read yet. */
export function newSlot(id: string): SlotRecord {
  return {
    id,
    rev: 0,
    state: 'available',
    parcel: null,
    ...NO_VISIT,
    deadlineAtMono: null,
    bar: null,
    binding: 'known',
    content: 'empty',
    door: 'unknown',
    board: 'dark',
    sensor: 'good',
    occupancy: 'unknown',
  };
}

/** The facts of one visit to a slot, as they are when nobody visits it. */
export const NO_VISIT = {
  intent: null,
  purpose: null,
  cameFrom: null,
  pulses: 0,
  pulsesMax: 0,
  pulsedAtMono: null,
  acknowledged: false,
  readSincePulse: false,
  openedAtMono: null,
  closedAtMono: null,
  openGrade: null,
  closeGrade: null,
  dropAnswer: null,
  interrupted: false,
  leftInside: false,
  refused: false,
  ask: null,
} as const satisfies Partial<SlotRecord>;

/** Slot status as others see it (mission.md, "Words"). */
export const SLOT_STATUSES = ['empty', 'reserved', 'occupied', 'out_of_service'] as const;
type SlotStatus = (typeof SLOT_STATUSES)[number];

export function statusOf(slot: SlotRecord): SlotStatus {
  if (slot.bar !== null) return 'out_of_service';
  if (slot.state === 'available') return 'empty';
  if (slot.state === 'drop_unconfirmed' || slot.state === 'verify_empty') return 'out_of_service';
  if (slot.state === 'reserved' || slot.purpose === 'drop') return 'reserved';
  return 'occupied';
}

/** Whether an intent lives on the slot, or its outcome is still being settled (R3a). */
export function isBusy(slot: SlotRecord): boolean {
  return BUSY_STATES.has(slot.state);
}

const BUSY_STATES: ReadonlySet<SlotState> = new Set([
  'reserved',
  'opening',
  'unseen',
  'open',
  'drop_unconfirmed',
  'grace',
  'verify_empty',
]);

/** Whether a parcel may be put into the slot: everything about it is known and good (R1, R18). */
export function isAllocatable(slot: SlotRecord): boolean {
  return slot.state === 'available' && isSound(slot);
}

/** Whether nothing speaks against opening a free or reserved slot for a drop. */
export function isSound(slot: SlotRecord): boolean {
  return (
    slot.bar === null &&
    slot.board === 'ok' &&
    slot.sensor === 'good' &&
    slot.door === 'closed' &&
    slot.content === 'empty' &&
    slot.occupancy !== 'full'
  );
}
