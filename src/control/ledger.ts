import { DAY_MS } from '../domain/hold.ts';
import type { ParcelRecord } from '../domain/parcel.ts';
import type { SlotRecord } from '../domain/slot.ts';
import type { Fact } from '../domain/slot-events.ts';
import type { Grants } from './grants.ts';
import { issueNumbers } from './issue.ts';
import type { Notices } from './notices.ts';
import type { Numbers } from './numbers.ts';
import type { Clock } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { IntentRecord, IntentState, Store } from './store-port.ts';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly numbers: Numbers;
  readonly notices: Notices;
  /** Whether the slot is higher than its recipient can reach (R27). */
  readonly isTooHigh: (recipient: string, slot: string) => boolean;
  readonly grants: Grants;
}

/** Books what a slot's facts mean for intents, parcels, notices and the journal (I4). */
export class Ledger {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Books one fact; runs inside the slot's transaction. */
  keep(fact: Fact, after: SlotRecord, before: SlotRecord): void {
    const { store, recorder } = this.#parts;
    const parcelId = before.parcel ?? after.parcel;
    const intentId = before.intent ?? after.intent;
    const intent = intentId === null ? null : store.intents.get(intentId);
    const { t, ...data } = fact;
    recorder.record({
      t,
      slot: after.id,
      parcel: parcelId,
      cause: intentId === null ? null : `intent:${intentId}`,
      data: { ...data, ...(t === 'intent.armed' && rightOf(intent)), rev: after.rev },
    });
    this.#intent(fact, intent);
    const parcel = parcelId === null ? null : store.parcels.get(parcelId);
    if (parcel !== null) this.#parcel(fact, parcel, after);
  }

  #intent(fact: Fact, intent: IntentRecord | null): void {
    const state = INTENT_STATES[fact.t];
    if (state === undefined || intent === null) return;
    this.#parts.store.intents.put({ ...intent, state });
  }

  #parcel(fact: Fact, parcel: ParcelRecord, slot: SlotRecord): void {
    const { store } = this.#parts;
    if (fact.t === 'parcel.stored') this.#stored(parcel, slot);
    if (fact.t === 'parcel.retrieved') this.#retrieved(parcel);
    if (fact.t === 'parcel.recalled')
      store.parcels.put({ ...this.#ended(parcel), custody: 'recalled' });
    if (fact.t === 'parcel.missing')
      store.parcels.put({ ...this.#ended(parcel), custody: 'unknown' });
    if (fact.t === 'slot.released') store.parcels.put({ ...parcel, slot: null });
    if (fact.t === 'parcel.not_stored') {
      store.parcels.put({ ...parcel, slot: null, custody: fact.custody });
    }
  }

  #stored(parcel: ParcelRecord, slot: SlotRecord): void {
    const { store, clock, notices, recorder, isTooHigh } = this.#parts;
    const { record, messages } = issueNumbers(this.#parts, parcel);
    const stored: ParcelRecord = {
      ...parcel,
      status: 'stored',
      custody: 'in_slot',
      slot: slot.id,
      ...record,
      storedAtWall: clock.wallMs(),
    };
    store.parcels.put(stored);
    const tooHigh = isTooHigh(parcel.recipient, slot.id);
    if (tooHigh) recorder.record({ t: 'parcel.too_high', slot: slot.id, parcel: parcel.id });
    const daysLeft = Math.round(stored.hold.totalMs / DAY_MS);
    const values = { ref: stored.ref, daysLeft, ...(tooHigh && { tooHigh }) };
    for (const [channel, sent] of messages) {
      notices.queue(stored, 'STORED', channel, { ...values, ...sent });
    }
  }

  #retrieved(parcel: ParcelRecord): void {
    const { store } = this.#parts;
    store.grants.spend(parcel.id);
    const isMissing = parcel.said === 'missing';
    const custody = isMissing ? 'unknown' : 'handed_over';
    const left = { ...this.#ended(parcel), status: 'retrieved', custody } as const;
    store.parcels.put(left);
  }

  #ended(parcel: ParcelRecord): ParcelRecord {
    return { ...parcel, slot: null, endedAtWall: this.#parts.clock.wallMs() };
  }
}

/** Whose right an intent rests on, and what led to it: the journal alone must show it (B2). */
function rightOf(intent: IntentRecord | null): Readonly<Record<string, string>> {
  return intent === null ? {} : { authority: intent.authority, session: intent.cause };
}

const INTENT_STATES: Partial<Record<Fact['t'], IntentState>> = {
  'intent.aborted': 'ABORTED',
  'intent.no_change': 'NO_CHANGE',
  'intent.unknown': 'UNKNOWN',
  'slot.opened': 'OPENED',
  'slot.closed': 'CLOSED',
};
