import type { ParcelRecord } from '../domain/parcel.ts';
import type { SlotRecord } from '../domain/slot.ts';
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
    parts.supervisor.watch((slot) => this.#settle(slot));
  }

  /** Leaves the parcel where it is; it is cancelled when the visit has come to its end (R3a). */
  refuse(session: string, parcelId: string): void {
    const parcel = this.#parts.store.parcels.get(parcelId);
    if (parcel?.status !== 'stored' || parcel.slot === null) return;
    this.#parts.supervisor.send(parcel.slot, { type: 'SOMETHING_INSIDE' }, () =>
      this.#say(session, parcel, 'refused'),
    );
  }

  /** An alarm for the operator; who said it is not told that they have collected it. */
  missing(session: string, parcelId: string): void {
    const { store } = this.#parts;
    const parcel = store.parcels.get(parcelId);
    if (parcel !== null) store.transaction(() => this.#say(session, parcel, 'missing'));
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

  #settle({ parcel: id, bar, state }: SlotRecord): void {
    if (id === null || state !== 'quarantined' || bar?.reason !== 'found_inside') return;
    const parcel = this.#parts.store.parcels.get(id);
    if (parcel?.said === 'refused' && parcel.status === 'stored')
      this.#parts.cancel.refused(parcel);
  }
}
