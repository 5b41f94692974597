import { foundOpenUnread, wasUnread } from './door-moves.ts';
import type { SlotEvent } from './slot-events.ts';
import {
  type Change,
  type Move,
  type On,
  outcomeUnknown,
  quarantine,
  type Test,
} from './slot-moves.ts';

/**
 * The first reading after a start, held against the record (R20, cloud.md "Intent before
 * actuation"). An armed intent is never fired again; what nobody saw is quarantined.
 */

type Boot = Extract<SlotEvent, { type: 'BOOT' }>;

const readingOf = (event: Boot) => ({
  door: event.door,
  occupancy: event.occupancy,
  board: 'ok' as const,
});

const withReading = (change: Change, event: Boot): Change => ({
  ...change,
  set: { ...change.set, ...readingOf(event) },
});

export const bootAgreed: Move<On<'BOOT'>> = (_slot, event) => ({ set: readingOf(event) });

/** Whether the reading contradicts what was believed when the kiosk stopped. */
export const bootDiffers: Test<On<'BOOT'>> = (slot, event) => {
  if (slot.bar?.reason === 'door_open') return false;
  if (event.door === 'open' && slot.door !== 'open') return true;
  if (slot.sensor !== 'good' || event.occupancy === 'unknown') return false;
  if (slot.state === 'occupied') return event.occupancy === 'empty';
  return slot.state === 'available' && event.occupancy === 'full';
};

export const bootChanged: Move<On<'BOOT'>> = (slot, event) =>
  withReading(
    slot.bar === null
      ? quarantine(slot, 'changed_while_off')
      : { set: { content: 'unknown' }, facts: [{ t: 'slot.forced' }] },
    event,
  );

/** A pulse before the stop was the last thing at this door, and nobody saw what it did. */
export const bootOpenUnread: Test<On<'BOOT'>> = (slot, event, times) =>
  event.door === 'open' && wasUnread(slot, event, times);
export const bootFoundOpen: Move<On<'BOOT'>> = (slot, event, times) =>
  withReading(foundOpenUnread(slot, event, times), event);

export const bootClosedLate: Test<On<'BOOT'>> = (slot, event) =>
  slot.bar?.reason === 'door_open' && event.door === 'closed';

export const bootCheck: Move<On<'BOOT'>> = (_slot, event) => ({
  set: { ...readingOf(event), bar: { kind: 'quarantined', reason: 'closed_late' } },
  facts: [{ t: 'slot.barred', kind: 'quarantined', reason: 'closed_late' }],
});

export const bootDoorOpen: Test<On<'BOOT'>> = (_slot, event) => event.door === 'open';

/**
 * The door stands open: the pulse was seen after all, and supervision goes on. Of how the visit
 * ends nobody can tell the kiosk any more.
 */
export const bootRecovered: Move<On<'BOOT'>> = (slot, event, times) => ({
  set: {
    ...readingOf(event),
    openedAtMono: event.atMono,
    openGrade: 'sensed',
    interrupted: true,
    ask: null,
    deadlineAtMono: event.atMono + times.openMaxMs,
  },
  facts:
    slot.state === 'open'
      ? []
      : [{ t: 'slot.opened', grade: 'sensed', acknowledged: slot.acknowledged }],
});

/** Nobody saw what happened: the content is unknown until somebody looks (R2). */
export const bootUnknown: Move<On<'BOOT'>> = (slot, event) => {
  const change = quarantine(slot, 'unknown_outcome');
  const facts = change.facts ?? [];
  return withReading(
    slot.intent === null
      ? change
      : { ...change, facts: [{ t: 'intent.unknown', acknowledged: false }, ...facts] },
    event,
  );
};

/** A reservation was waiting: the slot is free again only if nothing speaks against it (R20). */
export const bootNotFree: Test<On<'BOOT'>> = (slot, event) =>
  event.door === 'open' || (slot.sensor === 'good' && event.occupancy === 'full');
export const bootReleased: Move<On<'BOOT'>> = (_slot, event) => ({
  set: { ...readingOf(event), parcel: null },
  facts: [{ t: 'slot.released' }],
});

export const bootReleasedOpen: Move<On<'BOOT'>> = (slot, event) => ({
  set: {
    ...readingOf(event),
    parcel: null,
    content: 'unknown',
    bar: { kind: 'quarantined', reason: 'changed_while_off' },
  },
  facts: [
    { t: 'slot.released' },
    ...(quarantine({ ...slot, parcel: null }, 'changed_while_off').facts ?? []),
  ],
});

/** A close that was sensed before the stop: the time that was left starts anew. */
export const bootDeadline =
  (pick: 'graceMs' | 'confirmMs'): Move<On<'BOOT'>> =>
  (_slot, event, times) => ({
    set: { ...readingOf(event), deadlineAtMono: event.atMono + times[pick] },
  });

// The record is that of a backup: later events happened, and nobody knows them (R31).

/** A drop that was under way, or about to be, may have been finished: its parcel is sought. */
export const restored: Move = (slot, event, times) => {
  const visited = slot.state === 'reserved' ? { ...slot, purpose: 'drop' as const } : slot;
  const change =
    slot.intent === null
      ? quarantine(visited, 'unverified')
      : outcomeUnknown(visited, event, times);
  return { ...change, set: { ...change.set, binding: 'unverified' } };
};

/** The slot was to be empty, and its door is as good as never read: its sensor may say so. */
export const restoredEmpty: Move = (slot) => {
  const { set, facts } = quarantine(slot, 'restored');
  return { set: { ...set, binding: 'unverified', door: 'unknown' }, facts: facts ?? [] };
};
export const wasFree: Test = (slot) => slot.state === 'available';

/** A trusted sensor sees it empty and shut (R1a), before anything else happened at its door. */
export const bootSeenEmpty: Test<On<'BOOT'>> = (slot, event) =>
  slot.bar?.reason === 'restored' &&
  slot.door === 'unknown' &&
  slot.sensor === 'good' &&
  event.door === 'closed' &&
  event.occupancy === 'empty';
export const bootVerified: Move<On<'BOOT'>> = (_slot, event) => ({
  set: { ...readingOf(event), bar: null, binding: 'known', content: 'empty' },
  facts: [{ t: 'slot.empty', grade: 'sensed' }, { t: 'slot.unbarred' }],
});
