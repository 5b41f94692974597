import { type BarReason, type Grade, isAllocatable, NO_VISIT, type SlotRecord } from './slot.ts';
import type { Act, Fact, SlotEvent } from './slot-events.ts';
import { type SlotTimes, UNREAD_RETRY_MS } from './slot-times.ts';

/** What one move changes, establishes and asks for; the chart says when it happens. */
export interface Change {
  readonly set?: Partial<SlotRecord>;
  readonly facts?: readonly Fact[];
  readonly acts?: readonly Act[];
}

/** The event of one type. */
export type On<T extends SlotEvent['type']> = Extract<SlotEvent, { type: T }>;
export type Move<E extends SlotEvent = SlotEvent> = (
  slot: SlotRecord,
  event: E,
  times: SlotTimes,
) => Change;
export type Test<E extends SlotEvent = SlotEvent> = (
  slot: SlotRecord,
  event: E,
  times: SlotTimes,
) => boolean;

export const rest: Move = () => ({ set: { ...NO_VISIT, deadlineAtMono: null } });

// Reservation.

export const canReserve: Test<On<'RESERVE'>> = (slot) => isAllocatable(slot);
export const reserve: Move<On<'RESERVE'>> = (_slot, event) => ({
  set: { parcel: event.parcel },
  facts: [{ t: 'slot.reserved' }],
});
export const release: Move = () => ({ set: { parcel: null }, facts: [{ t: 'slot.released' }] });
/** Nothing was opened, and yet a trusted sensor sees something: not given away (R1). */
export const releaseFull: Move = (slot) => {
  const { set, facts } = quarantine({ ...slot, parcel: null }, 'found_inside');
  return { set: { ...set, parcel: null }, facts: [{ t: 'slot.released' }, ...(facts ?? [])] };
};

// Opening: one ARM is one intent and at most one pulse (I2).

/**
 * A jammed lock, a silent board, or a record that a restore made doubtful are the only reasons to
 * refuse an authorised open (R2a, R31).
 */
export const canArm: Test<On<'ARM'>> = (slot, event) =>
  slot.board === 'ok' &&
  slot.bar?.reason !== 'jammed' &&
  (event.purpose === 'service' ||
    (event.purpose !== 'drop' && slot.parcel !== null && slot.binding === 'known'));
export const canArmDrop: Test<On<'ARM'>> = (slot, event) =>
  event.purpose === 'drop' && slot.board === 'ok';
export const sameVisit: Test<On<'ARM'>> = (slot, event) =>
  event.purpose === slot.purpose && slot.board === 'ok';

/** The door stands open already: an open that is seen, and needs no pulse. */
export const canEnterOpen: Test<On<'ARM'>> = (slot, event, times) =>
  slot.door === 'open' && canArm(slot, event, times);

export const arm: Move<On<'ARM'>> = (slot, event, times) =>
  armed(slot, event, { pulses: 1, pulsesMax: times.pulsesMax, cameFrom: slot.state });
export const armAgain: Move<On<'ARM'>> = (slot, event) =>
  armed(slot, event, { pulses: slot.pulses + 1 });
export const armSecondBurst: Move<On<'ARM'>> = (slot, event, times) =>
  armed(slot, event, {
    pulses: slot.pulses + 1,
    pulsesMax: slot.pulses + times.pulsesMore,
    ask: null,
  });

function armed(_slot: SlotRecord, event: On<'ARM'>, set: Partial<SlotRecord>): Change {
  return {
    set: {
      ...set,
      intent: event.intent,
      purpose: event.purpose,
      acknowledged: false,
      interrupted: false,
      readSincePulse: false,
      pulsedAtMono: null,
      deadlineAtMono: null,
    },
    facts: [{ t: 'intent.armed', purpose: event.purpose, pulse: set.pulses ?? 1 }],
    acts: [{ do: 'pulse', intent: event.intent }],
  };
}

export const isNotSent: Test<On<'PULSE_RESULT'>> = (slot, event) =>
  slot.intent === event.intent && event.verdict === 'not_sent';
/** After a pulse that did leave, a drop's slot never becomes available again unseen (R1). */
export const isRepulseNotSent: Test<On<'PULSE_RESULT'>> = (slot, event, times) =>
  isNotSent(slot, event, times) &&
  (slot.purpose === 'drop' || slot.parcel === null) &&
  slot.pulses > 1;
export const isThisPulse: Test<On<'PULSE_RESULT'>> = (slot, event) => slot.intent === event.intent;
export const abort: Move = () => ({ facts: [{ t: 'intent.aborted' }] });
export const pulsed: Move<On<'PULSE_RESULT'>> = (_slot, event, times) => ({
  set: {
    acknowledged: event.verdict === 'acknowledged',
    pulsedAtMono: event.atMono,
    deadlineAtMono: event.atMono + times.repulseMs,
  },
});
export const lateResult: Move<On<'PULSE_RESULT'>> = (_slot, event) => ({
  set: { acknowledged: event.verdict === 'acknowledged' },
});
export const wasPulsed: Test = (slot) => slot.pulsedAtMono !== null;
export const read: Move<On<'READ'>> = () => ({ set: { readSincePulse: true } });

// A pulse that moved nothing.

export const stillUnread: Test<On<'DEADLINE_PASSED'>> = (slot, event, times) =>
  !slot.readSincePulse && event.atMono < (slot.pulsedAtMono ?? 0) + times.unreadMs;
export const waitForReading: Move<On<'DEADLINE_PASSED'>> = (_slot, event) => ({
  set: { deadlineAtMono: event.atMono + UNREAD_RETRY_MS },
});
export const neverRead: Test = (slot) => !slot.readSincePulse;
export const mayPulseAgain: Test = (slot) => slot.pulses < slot.pulsesMax;
export const pulseAgain: Move = (slot) => ({
  set: { intent: null, deadlineAtMono: null },
  facts: [{ t: 'intent.no_change', acknowledged: slot.acknowledged }],
  acts: [{ do: 'pulse_again' }],
});
/** A shut door with a parcel behind it: one pulse that moved nothing proves no jam (R2a). */
export const keepsParcel: Test = (slot) => slot.purpose !== 'drop' && slot.parcel !== null;
/** Nobody is there any more to pulse for; the door was not seen to move. */
export const gaveUp: Move = () => ({ facts: [{ t: 'slot.answered', answer: 'session_over' }] });
export const betweenPulses: Test = (slot) => slot.intent === null;
export const isFirstPickupBurst: Test = (slot, _event, times) =>
  slot.purpose === 'pickup' && slot.pulsesMax === times.pulsesMax;
export const askWhetherOpened: Move = (slot, event, times) => ({
  set: { intent: null, ask: 'asked', deadlineAtMono: event.atMono + times.askMs },
  facts: [{ t: 'intent.no_change', acknowledged: slot.acknowledged }],
});

/** The lock did not move. A drop's parcel is in the courier's hands, unless the visit was open. */
export const jam: Move = (slot) => {
  const drop = slot.purpose === 'drop';
  const wasOpen = slot.openedAtMono !== null;
  return {
    set: {
      ...(drop && { parcel: null }),
      ...(wasOpen && { content: 'unknown' as const }),
      bar: { kind: 'out_of_service', reason: 'jammed' },
    },
    facts: [
      ...(slot.intent === null
        ? []
        : [{ t: 'intent.no_change', acknowledged: slot.acknowledged } as const]),
      ...(drop
        ? [{ t: 'parcel.not_stored', custody: wasOpen ? 'unknown' : 'expected' } as const]
        : []),
      { t: 'slot.barred', kind: 'out_of_service', reason: 'jammed' },
    ],
  };
};

/** Nobody knows what the pulse did (R2). A pickup's code stays valid; a drop's parcel is sought. */
export const outcomeUnknown: Move = (slot) => {
  const change = quarantine(slot, 'unknown_outcome');
  if (slot.intent === null) return change;
  return {
    ...change,
    facts: [{ t: 'intent.unknown', acknowledged: slot.acknowledged }, ...(change.facts ?? [])],
  };
};

/** The pulse may have left, and nobody saw what it did: the board is away. */
export const wasLostWith: Test<On<'PULSE_RESULT'>> = (slot, event) =>
  slot.intent === event.intent && slot.board === 'dark';
/** The board fell silent after the pulse, so that nobody knows where the door is either (R2). */
export const outcomeUnread: Move = (slot, event, times) => {
  // A sensor may end what a restore left in doubt, until something happened at the door.
  const bar = slot.bar?.reason === 'restored' ? null : slot.bar;
  const change = outcomeUnknown({ ...slot, bar }, event, times);
  return { ...change, set: { ...change.set, door: 'unknown' } };
};
/** The board went away after the pulse: the burst does not go on when it comes back (R21). */
export const lostBoard: Move = (slot, event, times) => {
  const change = outcomeUnread(slot, event, times);
  return { ...change, set: { ...change.set, board: 'dark' } };
};

// "Did the door open?" (R6)

export const isAsked: Test = (slot) => slot.ask === 'asked';
export const isCooling: Test = (slot) => slot.ask === 'cooling';
export const isReady: Test<On<'ARM'>> = (slot, event) =>
  slot.ask === 'ready' && event.purpose === slot.purpose && slot.board === 'ok';
export const coolDown: Move = (_slot, event, times) => ({
  set: { ask: 'cooling', deadlineAtMono: event.atMono + times.cooldownMs },
  facts: [{ t: 'slot.answered', answer: 'did_not_open' }],
});
export const offerSecondBurst: Move = (_slot, event, times) => ({
  set: { ask: 'ready', deadlineAtMono: event.atMono + times.askMs },
});

/** Quarantines the slot. A drop's parcel leaves the slot's record, and its custody is unknown. */
export function quarantine(slot: SlotRecord, reason: BarReason): Change {
  const drop = slot.purpose === 'drop' && slot.parcel !== null;
  const bar = slot.bar ?? ({ kind: 'quarantined', reason } as const);
  return {
    set: { ...(drop && { parcel: null }), content: 'unknown', bar },
    facts: [
      ...(drop ? [{ t: 'parcel.not_stored', custody: 'unknown' } as const] : []),
      { t: 'slot.barred', ...bar },
    ],
  };
}

export const quarantineFor =
  (reason: BarReason): Move =>
  (slot) =>
    quarantine(slot, reason);

/** What the parcel's leaving is called, by the purpose of the visit. */
export function left(slot: SlotRecord, grade: Grade): Fact[] {
  if (slot.parcel === null) return [];
  if (slot.purpose === 'recall') return [{ t: 'parcel.recalled', grade }];
  return [{ t: 'parcel.retrieved', grade }];
}
