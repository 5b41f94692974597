import { NO_VISIT, type SlotRecord } from '../../src/domain/slot.ts';
import type { SlotEvent, Step } from '../../src/domain/slot-events.ts';
import type { SlotStepper } from '../../src/domain/slot-machine.ts';
import { SLOT_TIMES } from '../../src/domain/slot-times.ts';
import { EVENTS, type EventName, NOW_MONO } from './events.ts';

/** A record in its canonical form; equal records are one object. */
export interface Known {
  readonly id: number;
  readonly slot: SlotRecord;
}

/** One event and all that the machine made of it. */
export interface Taken {
  readonly name: EventName;
  readonly event: SlotEvent;
  readonly before: SlotRecord;
  /** As the machine left it, before its times are made relative. */
  readonly raw: SlotRecord;
  readonly after: Known;
  readonly facts: Step<SlotRecord>['facts'];
  readonly acts: Step<SlotRecord>['acts'];
  readonly ignored: boolean;
}

/** The machine over canonical records. Nothing is computed twice. */
export class Machine {
  readonly #step: SlotStepper;
  readonly #known = new Map<string, Known>();
  readonly #stored = new Map<number, Known>();
  readonly #taken = new Map<number, Map<EventName, Taken>>();

  constructor(step: SlotStepper) {
    this.#step = step;
  }

  know(slot: SlotRecord): Known {
    const canonical = canonicalOf(slot);
    const key = JSON.stringify(Object.values(canonical));
    const known = this.#known.get(key) ?? { id: this.#known.size, slot: canonical };
    this.#known.set(key, known);
    return known;
  }

  /** What a start finds on the disk when this was committed. */
  stored(known: Known): Known {
    const stored = this.#stored.get(known.id) ?? this.know(asStored(known.slot));
    this.#stored.set(known.id, stored);
    return stored;
  }

  /** How many different records there are. */
  get size(): number {
    return this.#known.size;
  }

  step(from: Known, name: EventName): Taken {
    const all = this.#taken.get(from.id) ?? new Map<EventName, Taken>();
    this.#taken.set(from.id, all);
    const taken = all.get(name) ?? this.#take(from.slot, name);
    all.set(name, taken);
    return taken;
  }

  #take(before: SlotRecord, name: EventName): Taken {
    const event: SlotEvent = EVENTS[name];
    const { record: raw, facts, acts, ignored } = this.#step(before, event);
    return { name, event, before, raw, after: this.know(raw), facts, acts, ignored };
  }
}

/** What a start can take from the disk: no deadline, no board, and nothing of a pulse. */
const asStored = (slot: SlotRecord): SlotRecord => ({
  ...slot,
  ...PULSES,
  pulsedAtMono: null,
  ask: null,
  board: 'dark',
  deadlineAtMono: null,
});

/** Brings the record's times to `NOW_MONO` and forgets what its state no longer looks at. */
function canonicalOf(slot: SlotRecord): SlotRecord {
  const isPulsing = slot.state === 'opening' || slot.state === 'unseen';
  return {
    ...slot,
    rev: 0,
    intent: slot.intent === null ? null : 'now',
    bar: barOf(slot.bar),
    deadlineAtMono: slot.deadlineAtMono === null ? null : NOW_MONO,
    acknowledged: false,
    ...(isPulsing ? {} : PULSES),
    ...answersOf(slot),
    pulsedAtMono: isPulsing && slot.pulsedAtMono !== null ? NOW_MONO : null,
    ...openingOf(slot),
  };
}

/** Of the reasons these four make a difference; of all others only what they bar from. */
const REASONS: readonly unknown[] = ['blocked', 'door_open', 'jammed', 'restored'];

function barOf(bar: SlotRecord['bar']): SlotRecord['bar'] {
  return bar === null || REASONS.includes(bar.reason) ? bar : { ...bar, reason: 'unverified' };
}

/** Answers and grades that lead to the same count as one; those of another purpose not at all. */
function answersOf({ state, purpose, dropAnswer, openGrade, closeGrade }: SlotRecord) {
  const isTaking = purpose === 'pickup' || purpose === 'recall';
  const answer = dropAnswer === 'done' ? null : dropAnswer;
  return {
    dropAnswer: answer === 'changed_mind' ? ('too_big' as const) : answer,
    openGrade: isTaking ? openGrade : null,
    closeGrade: isTaking && state !== 'open' ? closeGrade : null,
  };
}

/** What only counts until the door has opened. */
const PULSES = {
  cameFrom: NO_VISIT.cameFrom,
  pulses: NO_VISIT.pulses,
  pulsesMax: NO_VISIT.pulsesMax,
  readSincePulse: NO_VISIT.readSincePulse,
} as const;

/** Of the last opening only counts whether it was, and whether it was brief. */
function openingOf({ state, purpose, openedAtMono, closedAtMono }: SlotRecord) {
  if (openedAtMono === null) return { openedAtMono: null, closedAtMono: null };
  if (state === 'open' || closedAtMono === null) {
    return { openedAtMono: NOW_MONO, closedAtMono: null };
  }
  const isBrief = purpose !== 'drop' && closedAtMono - openedAtMono < SLOT_TIMES.openMinMs;
  const lastedMs = isBrief ? 0 : SLOT_TIMES.openMinMs;
  return { openedAtMono: NOW_MONO, closedAtMono: NOW_MONO + lastedMs };
}
