import type { SlotRecord, SlotState } from './slot.ts';
import type { Move, On, Test } from './slot-moves.ts';

export const isBarred: Test = (slot) => slot.bar !== null;
export const isQuarantine: Test = (slot) => slot.bar?.kind === 'quarantined';
export const isBlocked: Test = (slot) => slot.bar?.reason === 'blocked';

export const boardDark: Move = () => ({ set: { board: 'dark' } });
export const boardOk: Move = () => ({ set: { board: 'ok' } });

export const canBlock: Test = (slot) => slot.bar === null;
/** Taking a slot out of service keeps the record of what is in it (R4). */
export const block: Move = () => ({
  set: { bar: { kind: 'out_of_service', reason: 'blocked' } },
  facts: [{ t: 'slot.barred', kind: 'out_of_service', reason: 'blocked' }],
});
/** Lifting a block says nothing about the content: what was in doubt stays in doubt (R2). */
export const unblocksFull: Test = (slot) =>
  isBlockedWith(slot) && slot.content === 'full' && slot.parcel !== null;
export const unblocksEmpty: Test = (slot) =>
  isBlockedWith(slot) &&
  slot.content === 'empty' &&
  slot.sensor === 'good' &&
  slot.occupancy !== 'full';
export const unblock: Move = () => ({ set: { bar: null }, facts: [{ t: 'slot.unbarred' }] });
export const unblockUnknown: Move = () => ({
  set: { bar: { kind: 'quarantined', reason: 'unverified' } },
  facts: [{ t: 'slot.unbarred' }, { t: 'slot.barred', kind: 'quarantined', reason: 'unverified' }],
});

const isBlockedWith = (slot: SlotRecord): boolean => slot.bar?.reason === 'blocked';

export const retire: Move = () => ({
  set: { bar: { kind: 'out_of_service', reason: 'sensor' } },
  facts: [{ t: 'slot.barred', kind: 'out_of_service', reason: 'sensor' }],
});

// A technician looked (R1c): the slot's content is what they say.

export const clearedEmpty: Test<On<'CLEARED'>> = (slot, event) =>
  event.content === 'empty' && slot.door === 'closed';
export const clearedFull: Test<On<'CLEARED'>> = (slot, event) =>
  event.content === 'full' && slot.door === 'closed' && slot.parcel !== null;
/** Something that is not booked here: what is booked stays bound, and nobody gets the slot. */
export const clearedOther: Test<On<'CLEARED'>> = (_slot, event) => event.content === 'other';
export const clearEmpty: Move<On<'CLEARED'>> = (slot, event) => ({
  set: { bar: null, binding: 'known', parcel: null, content: 'empty', sensor: 'good' },
  facts: [
    ...(slot.parcel === null ? [] : [gone(event)]),
    { t: 'slot.empty', grade: 'asserted' },
    { t: 'slot.unbarred' },
  ],
});
/** Unless it was handed out nobody knows who has it: no courier took it (mission.md, "custody"). */
const gone = ({ handedOut }: On<'CLEARED'>) =>
  ({ t: handedOut ? 'parcel.retrieved' : 'parcel.missing', grade: 'asserted' }) as const;
export const clearFull: Move<On<'CLEARED'>> = () => ({
  set: { bar: null, binding: 'known', content: 'full', sensor: 'good' },
  facts: [{ t: 'slot.unbarred' }],
});

// Back to where the visit began, because no pulse was sent.

export const cameFrom =
  (state: SlotState): Test =>
  (slot) =>
    slot.cameFrom === state;
export const resume: Move = (slot, event, times) => {
  const waitMs =
    slot.cameFrom === 'grace'
      ? times.graceMs
      : slot.cameFrom === 'drop_unconfirmed'
        ? times.confirmMs
        : times.verifyMs;
  const visiting = RESUMED_WITH_DEADLINE.has(slot.cameFrom);
  return {
    set: { intent: null, cameFrom: null, deadlineAtMono: visiting ? event.atMono + waitMs : null },
  };
};

const RESUMED_WITH_DEADLINE: ReadonlySet<SlotState | null> = new Set<SlotState | null>([
  'grace',
  'drop_unconfirmed',
  'verify_empty',
]);
