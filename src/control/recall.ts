import { isRecallable, type ParcelRecord } from '../domain/parcel.ts';
import type { PersonRecord } from '../domain/person.ts';
import type { OpenAnswer, OpenSlot } from './open-slot.ts';
import type { Store } from './store-port.ts';

/** A courier takes back what expired or was cancelled, one door at a time (M5, M6, R3). */
export class Recall {
  readonly #store: Store;
  readonly #openSlot: OpenSlot;

  constructor(store: Store, openSlot: OpenSlot) {
    this.#store = store;
    this.#openSlot = openSlot;
  }

  /** What the courier's carrier has to fetch here. */
  list(courier: PersonRecord): ParcelRecord[] {
    return this.#store.parcels.recallable(courier.carrier ?? '').filter(isRecallable);
  }

  /** @throws RangeError when the parcel is not the carrier's to fetch. */
  open(session: string, courier: PersonRecord, parcelId: string): OpenAnswer {
    const parcel = this.#store.parcels.get(parcelId);
    if (parcel === null || parcel.carrier !== courier.carrier || !isRecallable(parcel)) {
      throw new RangeError(`parcel "${parcelId}" is not to be recalled by this carrier`);
    }
    const slot = parcel.slot ?? '';
    const authority = `courier:${courier.id}`;
    return this.#openSlot.open({ slot, purpose: 'recall', authority, session });
  }
}
