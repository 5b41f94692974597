import type { SlotRecord } from '../../src/domain/slot.ts';
import type { Fact, SlotEvent, Step } from '../../src/domain/slot-events.ts';
import { type SlotStepper, slotStepper } from '../../src/domain/slot-machine.ts';
import { SLOT_TIMES } from '../../src/domain/slot-times.ts';

/** Machines with one fault each, and the rule that must find it. */

type Spoil = (
  step: Step<SlotRecord>,
  before: SlotRecord,
  event: SlotEvent,
) => Step<SlotRecord> | null;

/** The real machine, but where `spoil` has something to say. */
const spoilt =
  (spoil: Spoil): SlotStepper =>
  (record, event) => {
    const step = slotStepper()(record, event);
    return spoil(step, record, event) ?? step;
  };

const ignore = (record: SlotRecord): Step<SlotRecord> => ({
  record,
  facts: [],
  acts: [],
  ignored: true,
});

const FREE = {
  state: 'available',
  parcel: null,
  bar: null,
  content: 'empty',
  purpose: null,
  intent: null,
  deadlineAtMono: null,
} as const;

const retrieved: Fact = { t: 'parcel.retrieved', grade: 'inferred' };

export const BROKEN: readonly (readonly [fault: string, rule: string, stepper: SlotStepper])[] = [
  [
    'frees a slot whose close nobody saw',
    'R1 available only after',
    spoilt((step, before, { type }) =>
      type === 'BOOT' && before.state === 'open' && step.record.door === 'closed'
        ? { ...step, record: { ...step.record, ...FREE }, facts: [retrieved] }
        : null,
    ),
  ],
  [
    'takes a called-off drop for an empty slot',
    'R1 a slot that is given away',
    spoilt((step, _before, { type }) =>
      type === 'DOOR_CLOSED' && step.record.state === 'verify_empty'
        ? {
            ...step,
            record: { ...step.record, ...FREE },
            facts: [
              { t: 'slot.closed', grade: 'sensed' },
              { t: 'parcel.not_stored', custody: 'expected' },
              { t: 'slot.empty', grade: 'asserted' },
            ],
          }
        : null,
    ),
  ],
  [
    'pulses again at a start',
    'R21',
    spoilt((step, before, { type }) =>
      type === 'BOOT' && before.intent !== null
        ? { ...step, acts: [{ do: 'pulse', intent: before.intent }] }
        : null,
    ),
  ],
  [
    'pulses before the intent is on disk',
    'I1',
    spoilt((step, _before, { type }) => (type === 'ARM' ? { ...step, facts: [] } : null)),
  ],
  [
    'pulses twice for one intent',
    'I2 one pulse',
    spoilt((step) =>
      step.acts.length > 0 ? { ...step, acts: [...step.acts, ...step.acts] } : null,
    ),
  ],
  [
    'pulses again before it has looked',
    'I2 one pulse',
    spoilt((_step, before, { type }) =>
      type === 'DEADLINE_PASSED' && before.state === 'opening' && !before.readSincePulse
        ? {
            record: { ...before, intent: null, deadlineAtMono: null },
            facts: [{ t: 'intent.no_change', acknowledged: false }],
            acts: [{ do: 'pulse_again' }],
            ignored: false,
          }
        : null,
    ),
  ],
  [
    'takes the answer for another intent for its own',
    'I2 an answer',
    (record, event) =>
      slotStepper()(
        record,
        event.type === 'PULSE_RESULT' ? { ...event, intent: record.intent ?? '' } : event,
      ),
  ],
  [
    'spends the code at the pulse',
    'R10 R10a',
    spoilt((step, before, { type }) =>
      type === 'PULSE_RESULT' && before.purpose === 'pickup' && step.record.acknowledged
        ? { ...step, record: { ...step.record, parcel: null }, facts: [retrieved] }
        : null,
    ),
  ],
  [
    'spends the code at the close',
    'R10 R10a',
    spoilt((step, _before, { type }) =>
      type === 'DOOR_CLOSED' && step.record.state === 'grace'
        ? { ...step, record: { ...step.record, parcel: null }, facts: [...step.facts, retrieved] }
        : null,
    ),
  ],
  [
    'books a drop twice',
    'I4 custody',
    spoilt((step, _before, { type }) =>
      type === 'LEFT_IT' && !step.ignored
        ? { ...step, facts: [...step.facts, ...step.facts] }
        : null,
    ),
  ],
  [
    'forgets the parcel behind a forced door',
    'R2 R10 a parcel is never lost',
    spoilt((step, before) =>
      before.state === 'occupied' && step.facts.some(({ t }) => t === 'slot.forced')
        ? { ...step, record: { ...step.record, ...FREE, door: 'open' }, facts: [retrieved] }
        : null,
    ),
  ],
  [
    'does not notice a forced door',
    'R8',
    spoilt((step) =>
      step.facts.some(({ t }) => t === 'slot.forced') && step.record.door === 'open'
        ? { ...step, facts: [] }
        : null,
    ),
  ],
  [
    'refuses a pickup in quarantine',
    'R2a',
    spoilt((_step, before, { type }) =>
      type === 'ARM' && before.state === 'quarantined' ? ignore(before) : null,
    ),
  ],
  [
    'blocks during a visit',
    'R3a',
    spoilt((step, before, { type }) =>
      type === 'BLOCK' && before.state === 'open'
        ? {
            ...step,
            ignored: false,
            record: { ...before, state: 'out_of_service' },
            facts: [{ t: 'slot.barred', kind: 'out_of_service', reason: 'blocked' }],
          }
        : null,
    ),
  ],
  [
    'calls seen what somebody said',
    'R5',
    spoilt((step, _before, { type }) =>
      type === 'DID_OPEN' && !step.ignored
        ? { ...step, facts: [{ t: 'slot.opened', grade: 'sensed', acknowledged: true }] }
        : null,
    ),
  ],
  [
    'lets half the grace time pass',
    'R6 R10a R12 R16a',
    slotStepper({ ...SLOT_TIMES, graceMs: SLOT_TIMES.graceMs / 2 }),
  ],
  [
    'believes its record at a start, and not the door',
    'R20',
    spoilt((step, before, { type }) =>
      type === 'BOOT' && before.state === 'available'
        ? { ...step, record: { ...before, board: 'ok' }, facts: [] }
        : null,
    ),
  ],
  [
    'forgets when the grace ends',
    'I12 what does not rest',
    spoilt((step) =>
      step.record.state === 'grace'
        ? { ...step, record: { ...step.record, deadlineAtMono: null } }
        : null,
    ),
  ],
];

/** Nothing is wrong anywhere, but it has no way out. */
export const deafToTechnicians: SlotStepper = spoilt((_step, before, { type }) =>
  type === 'CLEARED' ? ignore(before) : null,
);
