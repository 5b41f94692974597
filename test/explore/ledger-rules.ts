import { isAllocatable } from '../../src/domain/slot.ts';
import { CUSTODY, custodyAfter } from './ledger.ts';
import type { Moment } from './turn.ts';
import { isHonest, type Setting, wasBrief } from './world.ts';

/** What must hold for every step, given what the facts before it have established. */

type Rule = (moment: Moment, setting: Setting) => string | null;

const confirmedEmpty: Rule = ({ taken, after }) =>
  taken.raw.state === 'available' && after.ledger.proof !== 'yes'
    ? 'available without a confirmed empty outcome'
    : null;

const closeWasSeen: Rule = ({ taken, after }) =>
  isAllocatable(taken.raw) && !after.ledger.closeSeen
    ? 'allocatable, and its close was not seen'
    : null;

const custodyInOrder: Rule = ({ taken, before }) => {
  let { custody } = before.ledger;
  for (const fact of taken.facts) {
    const moves = CUSTODY[fact.t];
    if (moves !== undefined && moves[custody] === undefined) return `${fact.t} while ${custody}`;
    custody = custodyAfter(custody, fact);
  }
  const told = taken.facts.filter(({ t }) => CUSTODY[t] !== undefined).length;
  if (told > 1) return 'more than one custody fact';
  if (taken.raw.parcel !== taken.before.parcel && told === 0) return 'rebound without a fact';
  return (taken.raw.parcel !== null) === (custody !== 'none') ? null : 'bound, but not in custody';
};

/** What the facts say of the parcel is so, when people are honest and sensors good. */
const untruth: Rule = ({ taken, after }, setting) => {
  if (!isHonest(setting)) return null;
  const isInside = after.inside === 'parcel';
  for (const fact of taken.facts) {
    if (fact.t === 'parcel.stored' && !isInside) return 'stored, and it is not inside';
    if (fact.t === 'parcel.not_stored' && fact.custody === 'expected' && isInside) {
      return 'still with the courier, and it is inside';
    }
    const hasLeft = fact.t === 'parcel.retrieved' || fact.t === 'parcel.recalled';
    const isGuess = taken.before.state === 'open' || wasBrief(taken.before);
    if (hasLeft && isInside && !isGuess) return `${fact.t}, and it is inside`;
  }
  return null;
};

/** Our own pulses raise none (R8); at a start, what a restore lost of them may look like it. */
const forcedBySomebody: Rule = ({ taken, before }, setting) => {
  const isAlarm = taken.facts.some(({ t }) => t === 'slot.forced');
  const isWatched = isHonest(setting) && taken.event.type === 'DOOR_OPENED';
  return isAlarm && isWatched && !before.sprung ? 'our own pulse is an alarm' : null;
};

export const LEDGER_RULES = {
  'I4 custody changes once, in order, with the binding': custodyInOrder,
  'R1 available only after a confirmed empty outcome': confirmedEmpty,
  'R2 R10 the facts about a parcel are so': untruth,
  'R8 no alarm but of a door that sprang': forcedBySomebody,
  'R18 allocatable only after a close that was seen': closeWasSeen,
} as const satisfies Record<string, Rule>;
