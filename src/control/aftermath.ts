import type { ParcelRecord } from '../domain/parcel.ts';
import { isBusy, type SlotRecord } from '../domain/slot.ts';
import type { Cancel } from './cancel.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

interface Parts {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly cancel: Cancel;
  readonly recorder: Recorder;
}

/**
 * What a recipient says of a parcel once the door is shut again: that it stays here, or that it was
 * not there. Both are their word (graded `asserted`), on disk before the screen goes on.
 */
export class Aftermath {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.supervisor.watch((slot, facts) => {
      if (facts.length > 0) this.#settle(slot);
    });
  }

  /** Leaves the parcel where it is; it is cancelled when the visit has come to its end (R3a). */
  refuse(session: string, parcelId: string): void {
    const parcel = this.#parts.store.parcels.get(parcelId);
    if (parcel?.status !== 'stored' || parcel.slot === null) return;
    this.#parts.supervisor.send(parcel.slot, { type: 'REFUSED_IT' }, () =>
      this.#say(session, parcel, 'refused'),
    );
  }

  /** Takes a refusal back: whoever opened once more has the parcel now. */
  took(parcelId: string): void {
    const { store, supervisor } = this.#parts;
    const parcel = store.parcels.get(parcelId);
    if (parcel?.said !== 'refused' || parcel.slot === null) return;
    supervisor.send(parcel.slot, { type: 'TOOK_IT' }, () =>
      store.parcels.put({ ...parcel, said: null }),
    );
  }

  /** An alarm for the operator; who said it is not told that they have collected it. */
  missing(session: string, parcelId: string): void {
    const { store } = this.#parts;
    const parcel = store.parcels.get(parcelId);
    if (parcel === null || parcel.said === 'missing') return;
    store.transaction(() => this.#say(session, parcel, 'missing'));
  }

  #say(session: string, parcel: ParcelRecord, said: 'refused' | 'missing'): void {
    const { store, recorder } = this.#parts;
    const unknown =
      said === 'missing' && parcel.slot === null ? { custody: 'unknown' as const } : {};
    store.parcels.put({ ...parcel, said, ...unknown });
    recorder.record({
      t: `parcel.${said}`,
      slot: parcel.slot,
      parcel: parcel.id,
      cause: `session:${session}`,
      data: { grade: 'asserted' },
    });
  }

  /** The visit is over, and the parcel is still there. */
  #settle(slot: SlotRecord): void {
    if (slot.parcel === null || isBusy(slot)) return;
    const parcel = this.#parts.store.parcels.get(slot.parcel);
    if (parcel?.said === 'refused' && parcel.status === 'stored') {
      this.#parts.cancel.refused(parcel);
    }
  }
}
