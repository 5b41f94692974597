import type { Occupancy, SlotRecord } from './slot.ts';
import type { Fact } from './slot-events.ts';
import { type Change, left, type Move, type On, quarantine, type Test } from './slot-moves.ts';

// Edges and readings.

export const isNews: Test<On<'DOOR_OPENED'>> = (slot) => slot.door !== 'open';
export const opened: Move = (slot, event, times) => ({
  set: {
    door: 'open',
    openedAtMono: event.atMono,
    openGrade: 'sensed',
    ...wordAtOpening(slot),
    ask: null,
    deadlineAtMono: event.atMono + times.openMaxMs,
  },
  facts: [{ t: 'slot.opened', grade: 'sensed', acknowledged: slot.acknowledged }],
});
/**
 * Who said that something is inside opens again to take it; who refused the parcel may only look
 * at it once more. Where no sensor sees it, silence is no word that it was taken (R1).
 */
function wordAtOpening({ refused, sensor, occupancy }: SlotRecord) {
  const stands = refused && (sensor === 'suspect' || occupancy === 'unknown');
  return { leftInside: stands, refused: stands };
}
/** An open for which no pulse is needed: armed, and seen at once. */
export const foundOpen: Move<On<'ARM'>> = (slot, event, times) => {
  const { set, facts } = opened(slot, event, times);
  const { intent, purpose } = event;
  return {
    set: { ...set, intent, purpose },
    facts: [{ t: 'intent.armed', purpose, pulse: 0 }, ...(facts ?? [])],
  };
};
/** The person saw what the sensor did not: the sensor is suspect from now on (R6). */
export const saidOpened: Move = (slot, event, times) => ({
  set: {
    sensor: 'suspect',
    openedAtMono: event.atMono,
    openGrade: 'asserted',
    ...wordAtOpening(slot),
    ask: null,
    deadlineAtMono: event.atMono + times.openMaxMs,
  },
  facts: [{ t: 'slot.opened', grade: 'asserted', acknowledged: slot.acknowledged }],
});

/** A door that moved without authority (R8): what was inside may not be any more. */
export const forced: Move = (slot) => {
  const reserved = slot.state === 'reserved';
  return {
    set: {
      door: 'open',
      content: 'unknown',
      ...(reserved && { parcel: null }),
      bar: slot.bar ?? { kind: 'quarantined', reason: 'forced' },
    },
    facts: [
      { t: 'slot.forced' },
      ...(reserved ? [{ t: 'parcel.not_stored', custody: 'expected' } as const] : []),
      ...(slot.bar === null
        ? [{ t: 'slot.barred', kind: 'quarantined', reason: 'forced' } as const]
        : []),
    ],
  };
};

/** Our own pulse went to the door, the board fell silent, and nobody saw what it did (R2). */
export const wasUnread: Test = (slot) =>
  slot.door === 'unknown' && slot.content === 'unknown' && slot.bar?.reason !== 'restored';
/** Already quarantined: the open is what the pulse may have done, and no alarm (R8). */
export const foundOpenUnread: Move = () => ({
  set: { door: 'open' },
  facts: [{ t: 'slot.opened', grade: 'sensed', acknowledged: false }],
});

export const occupancyRead: Move<On<'OCCUPANCY'>> = (_slot, event) => ({
  set: { occupancy: event.occupancy },
});
/** The reading is kept with what it leads to. */
export const readThen =
  (move: Move): Move<On<'OCCUPANCY'>> =>
  (slot, event, times) => {
    const change = move(slot, event, times);
    return { ...change, set: { ...change.set, occupancy: event.occupancy } };
  };
export const looksFull: Test<On<'OCCUPANCY'>> = (slot, event) =>
  slot.sensor === 'good' && event.occupancy === 'full';
/** A trusted sensor sees something where nothing should be: never given away (R1). */
export const foundByItself: Move<On<'OCCUPANCY'>> = (slot, event) => {
  const change = quarantine(slot, 'found_inside');
  return { ...change, set: { ...change.set, occupancy: event.occupancy } };
};
export const looksEmpty: Test<On<'OCCUPANCY'>> = (slot, event) =>
  slot.sensor === 'good' && event.occupancy === 'empty';
/** Sensor and record disagree behind a shut door: the parcel stays bound, somebody looks (R2). */
export const goneByItself: Move<On<'OCCUPANCY'>> = (slot, event) => {
  const change = quarantine(slot, 'unverified');
  return { ...change, set: { ...change.set, occupancy: event.occupancy } };
};
export const closedUnvisited: Move<On<'DOOR_CLOSED'>> = (_slot, event) => ({
  set: { door: 'closed', occupancy: event.occupancy },
  facts: [{ t: 'slot.closed', grade: 'sensed' }],
});
export const wasLeftOpen: Test = (slot) => slot.bar?.reason === 'door_open';
/** A door that was given up has closed: that leads to a check, never to `available` (R10a). */
export const closedLate: Move<On<'DOOR_CLOSED'>> = (_slot, event) => ({
  set: {
    door: 'closed',
    occupancy: event.occupancy,
    bar: { kind: 'quarantined', reason: 'closed_late' },
  },
  facts: [
    { t: 'slot.closed', grade: 'sensed' },
    { t: 'slot.barred', kind: 'quarantined', reason: 'closed_late' },
  ],
});

// The close that ends a visit.

const hasPurpose =
  (...purposes: readonly (string | null)[]): Test =>
  (slot) =>
    purposes.includes(slot.purpose);
export const isDrop = hasPurpose('drop');
export const isPickup = hasPurpose('pickup');
export const isRecall = hasPurpose('recall');
export const isTaking = hasPurpose('pickup', 'recall');

export const foundInside: Test = (slot) =>
  slot.purpose === 'drop' && slot.dropAnswer === 'not_empty';
export const isDirty: Test = (slot) => slot.purpose === 'drop' && slot.dropAnswer === 'dirty';
export const dropCalledOff: Test = (slot) =>
  slot.purpose === 'drop' && (slot.dropAnswer === 'too_big' || slot.dropAnswer === 'changed_mind');
export const seenFull: Test<On<'DOOR_CLOSED' | 'OCCUPANCY'>> = (slot, event) =>
  slot.purpose === 'drop' && slot.sensor === 'good' && event.occupancy === 'full';
export const seenEmpty: Test<On<'DOOR_CLOSED' | 'OCCUPANCY'>> = (slot, event) =>
  slot.sensor === 'good' && event.occupancy === 'empty';
export const calledOffAndEmpty: Test<On<'DOOR_CLOSED'>> = (slot, event, times) =>
  dropCalledOff(slot, event, times) && seenEmpty(slot, event, times);

/**
 * The screen went dark at the open door, so that silence means nothing: only a sensor that sees a
 * drop inside, or nothing left of a pickup, tells how the visit ended (R2).
 */
export const endsUnknown: Test<On<'DOOR_CLOSED'>> = (slot, event, times) =>
  slot.interrupted && !(isTaking(slot, event, times) && seenEmpty(slot, event, times));

function closed(occupancy: Occupancy, atMono: number, change: Change): Change {
  return {
    ...change,
    set: {
      ...change.set,
      door: 'closed',
      occupancy,
      intent: null,
      closedAtMono: atMono,
      closeGrade: 'sensed',
    },
    facts: [{ t: 'slot.closed', grade: 'sensed' }, ...(change.facts ?? [])],
  };
}

export const closedThen =
  (move: Move<On<'DOOR_CLOSED'>>): Move<On<'DOOR_CLOSED'>> =>
  (slot, event, times) =>
    closed(event.occupancy, event.atMono, move(slot, event, times));

/** What lies there is somebody else's; the courier's parcel stays with the courier (R16). */
export const find: Move = (slot) => ({
  set: { parcel: null, content: 'full', bar: { kind: 'quarantined', reason: 'found_inside' } },
  facts: [...notStored(slot), { t: 'slot.barred', kind: 'quarantined', reason: 'found_inside' }],
});
export const dirty: Move = (slot) => ({
  set: { parcel: null, content: 'unknown', bar: { kind: 'out_of_service', reason: 'dirty' } },
  facts: [...notStored(slot), { t: 'slot.barred', kind: 'out_of_service', reason: 'dirty' }],
});

const notStored = (slot: SlotRecord): Fact[] =>
  slot.parcel === null ? [] : [{ t: 'parcel.not_stored', custody: 'expected' }];

export const storedSensed: Move = () => ({
  set: { content: 'full' },
  facts: [{ t: 'parcel.stored', grade: 'sensed' }],
});
export const storedInferred: Move = () => ({
  set: { content: 'full' },
  facts: [{ t: 'parcel.stored', grade: 'inferred' }],
});
/** The courier's word against an empty reading: the parcel counts, and the sensor is suspect. */
export const storedAsserted: Move = (slot) => ({
  set: { content: 'full', ...(slot.occupancy === 'empty' && { sensor: 'suspect' as const }) },
  facts: [{ t: 'parcel.stored', grade: 'asserted' }],
});
export const sensedNothing: Test = (slot) => slot.occupancy === 'empty';

export const askLeft: Move = (_slot, event, times) => ({
  set: { deadlineAtMono: event.atMono + times.confirmMs },
});
export const askEmpty: Move = (_slot, event, times) => ({
  set: { deadlineAtMono: event.atMono + times.verifyMs },
});
/** On disk before anything rests on it: a cut must not make a delivery of it (R16a). */
export const saidNotLeft: Move = (slot, event, times) => ({
  ...askEmpty(slot, event, times),
  facts: [{ t: 'slot.answered', answer: 'not_left' }],
});
export const startGrace: Move = (_slot, event, times) => ({
  set: { deadlineAtMono: event.atMono + times.graceMs },
});

/** A suspect sensor cannot see the close; the person says it, in the same way (R6). */
export const mayAssertClose: Test = (slot) =>
  slot.purpose === 'pickup' && slot.sensor === 'suspect' && slot.door !== 'open';
export const saidClosed: Move = (_slot, event, times) => ({
  set: {
    intent: null,
    closedAtMono: event.atMono,
    closeGrade: 'asserted',
    deadlineAtMono: event.atMono + times.graceMs,
  },
  facts: [{ t: 'slot.closed', grade: 'asserted' }],
});

/** The door stays open: the visit ends without a close, the slot leaves service (R10a). */
export const giveUpDoor: Move = (slot) => ({
  set: {
    // A technician's open takes nothing from anybody: what is bound stays bound.
    ...(slot.purpose !== 'service' && { parcel: null }),
    content: 'unknown',
    bar: { kind: 'out_of_service', reason: 'door_open' },
  },
  facts: [
    ...(slot.purpose === 'drop'
      ? [{ t: 'parcel.not_stored', custody: 'unknown' } as const]
      : slot.purpose === 'service'
        ? []
        : left(slot, 'inferred')),
    { t: 'slot.barred', kind: 'out_of_service', reason: 'door_open' },
  ],
});

// The end of a visit.

export const stillFull: Test = (slot) => slot.sensor === 'good' && slot.occupancy === 'full';
export const contradictsRecall: Test = (slot, event, times) =>
  isRecall(slot, event, times) && stillFull(slot, event, times);
/** The parcel has left: what R1 asks before the slot is free again is judged in `emptied`. */
export const taken: Move = (slot) => {
  const sensed = slot.occupancy === 'empty' && slot.sensor === 'good';
  const said = slot.openGrade === 'asserted' || slot.closeGrade === 'asserted';
  return {
    set: { parcel: null, content: 'empty' },
    facts: left(slot, sensed ? 'sensed' : said ? 'asserted' : 'inferred'),
  };
};
export const lookedEmpty: Move = (slot) => ({
  set: { parcel: null, content: 'empty' },
  facts: [
    ...(slot.purpose === 'drop' ? notStored(slot) : left(slot, 'asserted')),
    { t: 'slot.empty', grade: 'asserted' },
  ],
});
export const readEmpty: Move = (slot) => ({
  set: { parcel: null, content: 'empty' },
  facts: [...notStored(slot), { t: 'slot.empty', grade: 'sensed' }],
});
export const saidInside: Move = () => ({
  set: { leftInside: true },
  facts: [{ t: 'slot.answered', answer: 'something_inside' }],
});
export const saidRefused: Move = () => ({
  set: { leftInside: true, refused: true },
  facts: [{ t: 'slot.answered', answer: 'refused_it' }],
});
export const wasRefused: Test = (slot) => slot.refused;
export const saidTook: Move = () => ({
  set: { leftInside: false, refused: false },
  facts: [{ t: 'slot.answered', answer: 'took_it' }],
});
export const dropAnswered: Move<On<'DROP_ANSWER'>> = (_slot, event) => ({
  set: { dropAnswer: event.answer },
  facts: [{ t: 'slot.answered', answer: event.answer }],
});

export const isSuspect: Test = (slot) => slot.sensor === 'suspect';
export const isLeftInside: Test = (slot) => slot.leftInside;
/** Opened for less than 2 s and nobody looked: nothing is proven about what is inside (R1). */
export const wasBrief: Test = (slot, _event, times) =>
  isTakingVisit(slot) &&
  slot.occupancy !== 'empty' &&
  (slot.closedAtMono ?? 0) - (slot.openedAtMono ?? 0) < times.openMinMs;

const isTakingVisit = (slot: SlotRecord): boolean =>
  slot.purpose === 'pickup' || slot.purpose === 'recall';
