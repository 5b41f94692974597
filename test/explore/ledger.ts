import type { Fact } from '../../src/domain/slot-events.ts';
import type { Taken } from './records.ts';
import { type Ledger, wasBrief } from './world.ts';

/** What the facts of one step add to what is established. */
export function bookOf(ledger: Ledger, taken: Taken): Ledger {
  const { facts, event } = taken;
  if (facts.length === 0 && event.type !== 'NOT_LEFT') return ledger;
  return {
    proof: isFounded(taken) ? 'yes' : proofOf(ledger.proof, taken),
    closeSeen: closeSeenOf(ledger.closeSeen, taken),
    custody: taken.facts.reduce(custodyAfter, ledger.custody),
    saidNotLeft: saidNotLeftOf(ledger.saidNotLeft, taken),
  };
}

const has = ({ facts }: Taken, ...tags: readonly Fact['t'][]): boolean =>
  facts.some(({ t }) => tags.includes(t));

/** The ways to a confirmed empty outcome (R1 a, b, c). */
function isFounded(taken: Taken): boolean {
  const { event, before, raw } = taken;
  const isOver = has(taken, 'slot.empty', 'parcel.retrieved', 'parcel.recalled');
  if (!isOver) return false;
  if (event.type === 'CLEARED') return event.content === 'empty';
  if (raw.occupancy === 'full' && before.sensor === 'good') return false;
  if (event.type === 'IS_EMPTY') return true;
  if (raw.occupancy === 'empty') return before.sensor === 'good' && raw.door === 'closed';
  return (
    before.state === 'grace' &&
    event.type === 'DEADLINE_PASSED' &&
    before.openGrade === 'sensed' &&
    before.closeGrade === 'sensed' &&
    before.sensor === 'good' &&
    !before.leftInside &&
    !before.interrupted &&
    !wasBrief(before)
  );
}

function proofOf(proof: Ledger['proof'], taken: Taken): Ledger['proof'] {
  if (has(taken, 'slot.opened', 'slot.forced', 'intent.no_change', 'intent.unknown')) return 'no';
  if (has(taken, 'intent.aborted')) return proof === 'armed' ? 'yes' : proof;
  if (has(taken, 'intent.armed')) return proof === 'yes' ? 'armed' : 'no';
  return proof;
}

function closeSeenOf(closeSeen: boolean, taken: Taken): boolean {
  if (has(taken, 'slot.opened', 'slot.forced')) return false;
  const isSeen = taken.facts.some((fact) => fact.t === 'slot.closed' && fact.grade === 'sensed');
  return closeSeen || isSeen || (!taken.ignored && isShut(taken.event));
}

const isShut = (event: Taken['event']): boolean =>
  event.type === 'CLEARED' && event.content !== 'other';

/** Whose hands the parcel is in after a fact; what may not follow changes nothing (I4). */
export const custodyAfter = (custody: Ledger['custody'], fact: Fact): Ledger['custody'] =>
  CUSTODY[fact.t]?.[custody] ?? custody;

/** The facts about custody, and from which custody to which they lead. */
export const CUSTODY: Partial<
  Record<Fact['t'], Partial<Record<Ledger['custody'], Ledger['custody']>>>
> = {
  'slot.reserved': { none: 'expected' },
  'slot.released': { expected: 'none' },
  'parcel.stored': { expected: 'in_slot' },
  'parcel.not_stored': { expected: 'none' },
  'parcel.retrieved': { in_slot: 'none' },
  'parcel.recalled': { in_slot: 'none' },
  'parcel.missing': { in_slot: 'none' },
};

/** Stands until the courier opens again, says otherwise, or the visit is over. */
function saidNotLeftOf(said: boolean, taken: Taken): boolean {
  if (taken.event.type === 'NOT_LEFT') return true;
  if (taken.event.type === 'LEFT_IT' || has(taken, 'slot.opened')) return false;
  return said && !has(taken, 'parcel.stored', 'parcel.not_stored', 'slot.released');
}
