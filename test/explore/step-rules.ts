import { isAllocatable, isBusy, type SlotState } from '../../src/domain/slot.ts';
import type { Fact } from '../../src/domain/slot-events.ts';
import { SLOT_TIMES, UNREAD_RETRY_MS } from '../../src/domain/slot-times.ts';
import type { Taken } from './records.ts';

/** What must hold for every step of the machine, by the rule that asks for it. */

/** What is wrong with the step, in a few words; null when nothing is. */
type Rule = (taken: Taken) => string | null;

const has = ({ facts }: Taken, ...tags: readonly Fact['t'][]): boolean =>
  facts.some(({ t }) => tags.includes(t));
const pulsesOf = ({ acts }: Taken) => acts.filter((act) => act.do === 'pulse');
const isRest = (state: SlotState): boolean => RESTING.has(state);
const RESTING: ReadonlySet<SlotState> = new Set([
  'available',
  'reserved',
  'occupied',
  'quarantined',
  'out_of_service',
]);

const pulseIsArmed: Rule = (taken) => {
  const { event, facts, raw } = taken;
  for (const { intent } of pulsesOf(taken)) {
    if (!has(taken, 'intent.armed')) return 'a pulse without a fact intent.armed';
    if (event.type !== 'ARM' || event.intent !== intent) return 'a pulse for another intent';
    if (raw.intent !== intent) return 'a pulse for an intent that the record does not hold';
  }
  if (taken.acts.length > 0 && facts.length === 0) return 'an act before anything is on disk';
  return null;
};

const onePulse: Rule = (taken) => {
  const { before, acts } = taken;
  if (acts.length > 1) return 'more than one act in a step';
  if (pulsesOf(taken).length > 0 && before.intent !== null) return 'armed twice';
  if (acts[0]?.do !== 'pulse_again') return null;
  if (!has(taken, 'intent.no_change')) return 'pulsed again without no_change of the former';
  return before.readSincePulse ? null : 'pulsed again before the board was read';
};

const leavesFirst: Rule = (taken) =>
  pulsesOf(taken).length > 0 && taken.before.state === 'available'
    ? 'a pulse into an available slot'
    : null;

/** A technician's word outweighs a sensor (R1c); such a slot is free, and not given away. */
const sensorIsHeard: Rule = ({ event, before, raw }) => {
  const isFull = raw.board === 'ok' && raw.sensor === 'good' && raw.occupancy === 'full';
  const isSaid = event.type === 'CLEARED' || before.state === 'available';
  return raw.state === 'available' && isFull && !isSaid ? 'free against a trusted sensor' : null;
};

const neverBySystem: Rule = ({ event, acts }) =>
  acts.length > 0 && SYSTEM.has(event.type) ? `an act on ${event.type}` : null;
const SYSTEM: ReadonlySet<string> = new Set([
  'BOOT',
  'BOARD_OK',
  'BOARD_DARK',
  'READ',
  'DOOR_OPENED',
  'DOOR_CLOSED',
  'OCCUPANCY',
  'PULSE_RESULT',
]);

const blockWaits: Rule = ({ event, before, ignored }) =>
  event.type === 'BLOCK' && isBusy(before) && !ignored ? 'blocked during a visit' : null;

const blockKeeps: Rule = ({ event, before, raw }) =>
  (event.type === 'BLOCK' || event.type === 'UNBLOCK') &&
  (raw.parcel !== before.parcel || raw.content !== before.content)
    ? 'the record of what is inside changed'
    : null;

const gradesAreTrue: Rule = (taken) => {
  for (const fact of taken.facts) {
    if (fact.t !== 'slot.opened' && fact.t !== 'slot.closed') continue;
    const seen = taken.before.door === 'open' ? ['ARM'] : [];
    const sensed = fact.t === 'slot.opened' ? ['DOOR_OPENED', 'BOOT', ...seen] : ['DOOR_CLOSED'];
    const asserted = fact.t === 'slot.opened' ? 'DID_OPEN' : 'SAYS_CLOSED';
    const isTrue =
      fact.grade === 'sensed'
        ? sensed.includes(taken.event.type)
        : fact.grade === 'asserted' && taken.event.type === asserted;
    if (!isTrue) return `${fact.t} graded ${fact.grade} on ${taken.event.type}`;
  }
  return null;
};

const forcedIsSeen: Rule = (taken) => {
  const { event, before, raw, ignored } = taken;
  if (event.type !== 'DOOR_OPENED' || ignored) return null;
  const isUnread = before.door === 'unknown' && has(taken, 'slot.opened');
  if (isUnread && before.bar !== null && before.content === 'unknown') return null;
  if (!isRest(before.state)) return has(taken, 'slot.forced') ? 'forced during a visit' : null;
  if (!has(taken, 'slot.forced')) return 'an edge without authority and no alarm';
  if (raw.bar === null || raw.content !== 'unknown') return 'its content is still believed';
  return before.state !== 'reserved' && raw.parcel !== before.parcel ? 'lost the parcel' : null;
};

const spentWhenOver: Rule = (taken) => {
  const { event, before } = taken;
  for (const fact of taken.facts) {
    if (fact.t !== 'parcel.retrieved' && fact.t !== 'parcel.recalled') continue;
    if (event.type === 'CLEARED') continue;
    const purpose = fact.t === 'parcel.retrieved' ? 'pickup' : 'recall';
    if (before.purpose !== purpose) return `${fact.t} in a visit for a ${before.purpose}`;
    const isSeen = before.openGrade !== null && before.closeGrade !== null;
    const isOver = before.state === 'grace' && isSeen && event.type === 'DEADLINE_PASSED';
    const isSaid = before.state === 'grace' && event.type === 'IS_EMPTY';
    const isGivenUp = before.state === 'open' && GIVEN_UP.has(event.type);
    if (!isOver && !isSaid && !isGivenUp) return `${fact.t} in ${before.state} on ${event.type}`;
    if (isGivenUp && fact.grade !== 'inferred') return `a given-up door graded ${fact.grade}`;
  }
  return null;
};
const GIVEN_UP: ReadonlySet<string> = new Set(['DEADLINE_PASSED', 'DOES_NOT_CLOSE']);

const seenOpenIsOpen: Rule = ({ event, before, ignored }) =>
  event.type === 'SAYS_CLOSED' && before.door === 'open' && !ignored
    ? 'closed by word, and the contact sees it open'
    : null;

const givenUpIsBarred: Rule = ({ event, before, raw }) => {
  const isGivenUp = before.state === 'open' && GIVEN_UP.has(event.type);
  if (isGivenUp && raw.bar?.reason !== 'door_open') return 'a door left open stays in service';
  const isLate = before.bar?.reason === 'door_open' && raw.state === 'available';
  return isLate && event.type !== 'CLEARED' ? 'a late close leads to available' : null;
};

const bootQuarantines: Rule = (taken) => {
  const { event, before, raw } = taken;
  if (event.type !== 'BOOT') return null;
  if (raw.door !== event.door || raw.occupancy !== event.occupancy) return 'not taken over';
  if (event.door === 'open' && isAllocatable(raw)) return 'open, and given away';
  const isDifferent =
    isRest(before.state) &&
    ((event.door === 'open' && before.door !== 'open') ||
      (before.sensor === 'good' &&
        ((before.state === 'occupied' && event.occupancy === 'empty') ||
          (before.content === 'empty' && event.occupancy === 'full'))));
  return isDifferent && raw.bar === null ? 'a difference is not quarantined' : null;
};

/** Who only knows the facts, as the cloud does, believes the bar that the record has. */
const barAsTold: Rule = ({ facts, before, raw }) => {
  let bar = before.bar === null ? null : before.bar.kind;
  let reason: string | null = null;
  for (const fact of facts) {
    if (fact.t === 'slot.barred') [bar, reason] = [fact.kind, fact.reason];
    if (fact.t === 'slot.unbarred') [bar, reason] = [null, null];
  }
  if ((raw.bar?.kind ?? null) !== bar) return `told ${bar}, is ${raw.bar?.kind ?? null}`;
  return reason === null || raw.bar?.reason === reason
    ? null
    : `told ${reason}, is ${raw.bar?.reason}`;
};

/** What a person said is on disk before anything rests on it. */
const wordIsKept: Rule = ({ event, before, raw, facts, ignored }) => {
  if (ignored || facts.length > 0 || !WORDS.has(event.type)) return null;
  return before.state === raw.state ? null : `${event.type} moves the slot in memory only`;
};
const WORDS: ReadonlySet<string> = new Set([
  'DROP_ANSWER',
  'LEFT_IT',
  'NOT_LEFT',
  'IS_EMPTY',
  'SOMETHING_INSIDE',
  'REFUSED_IT',
  'TOOK_IT',
  'DID_OPEN',
  'DID_NOT_OPEN',
  'SAYS_CLOSED',
  'DOES_NOT_CLOSE',
]);

const knowsWhatIsInside: Rule = ({ raw }) => {
  if (raw.state === 'occupied' && raw.content !== 'full')
    return 'occupied, and nobody knows by what';
  if (raw.state === 'occupied' && raw.parcel === null) return 'occupied by nobody';
  if (raw.state === 'available' && raw.content !== 'empty') return 'available, and not empty';
  return raw.state === 'available' && raw.parcel !== null ? 'available with a parcel' : null;
};

const STANDS_MS: Partial<Record<SlotState, readonly number[]>> = {
  opening: [SLOT_TIMES.repulseMs, UNREAD_RETRY_MS],
  unseen: [SLOT_TIMES.askMs, SLOT_TIMES.cooldownMs],
  open: [SLOT_TIMES.openMaxMs],
  drop_unconfirmed: [SLOT_TIMES.confirmMs],
  verify_empty: [SLOT_TIMES.verifyMs],
  grace: [SLOT_TIMES.graceMs],
};

const deadlineInTime: Rule = ({ event, before, raw }) => {
  if (raw.deadlineAtMono === null || raw.deadlineAtMono === before.deadlineAtMono) return null;
  const lengths = STANDS_MS[raw.state] ?? [];
  const lengthMs = raw.deadlineAtMono - event.atMono;
  return lengths.includes(lengthMs) ? null : `${raw.state} stands for ${lengthMs} ms`;
};

export const STEP_RULES = {
  'I1 a pulse has its own ARMED intent on disk': pulseIsArmed,
  'I2 one pulse per intent, the next after no_change': onePulse,
  'I4 the facts tell the bar that the record has': barAsTold,
  'R1 a slot leaves available before a pulse': leavesFirst,
  'R1 R2 a trusted sensor is heard': sensorIsHeard,
  'R2 what is inside an occupied or available slot is known': knowsWhatIsInside,
  'R2 what a person said is on disk': wordIsKept,
  'R3a a block waits for the outcome': blockWaits,
  'R4 a block keeps what is inside': blockKeeps,
  'R5 grades are what was seen or said': gradesAreTrue,
  'R6 R10a R12 R16a each state stands as long as its rule says': deadlineInTime,
  'R8 an edge without authority is an alarm': forcedIsSeen,
  'R10 R10a spent when over, given up, or said': spentWhenOver,
  'R2 R10 no word closes a door that is seen open': seenOpenIsOpen,
  'R10a a door given up is checked': givenUpIsBarred,
  'R20 what differs at a start is quarantined': bootQuarantines,
  'R21 no edge, reading or start asks for a pulse': neverBySystem,
} as const satisfies Record<string, Rule>;
