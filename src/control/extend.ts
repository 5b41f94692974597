import { DAY_MS, TOTAL_DAYS_MAX } from '../domain/hold.ts';
import type { ParcelRecord } from '../domain/parcel.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';

type ExtendAnswer =
  | { readonly kind: 'extended'; readonly ref: string; readonly totalDays: number }
  | { readonly kind: 'too_long'; readonly ref: string; readonly totalDays: number }
  | { readonly kind: 'told'; readonly ref: string; readonly status: ParcelRecord['status'] };

/** Lengthens the hold of a parcel that is expected or may still be collected. */
export class Extend {
  readonly #store: Store;
  readonly #recorder: Recorder;

  constructor(store: Store, recorder: Recorder) {
    this.#store = store;
    this.#recorder = recorder;
  }

  /**
   * By whole days, with a new reminder before the new end; the row says by whom, the operator or
   * `by`. `too_long` changes nothing and says how long the hold is.
   * @throws RangeError when there is no such parcel, or days are not 1 or more.
   */
  byDays(parcelId: string, days: number, by = 'operator'): ExtendAnswer {
    const parcel = this.#store.parcels.get(parcelId);
    if (parcel === null) throw new RangeError(`parcel "${parcelId}" is not known here`);
    if (!Number.isInteger(days) || days < 1) throw new RangeError(`days ${days}: 1 or more`);
    const { ref, status, hold } = parcel;
    if (status !== 'stored' && status !== 'pending') return { kind: 'told', ref, status };
    const totalMs = hold.totalMs + days * DAY_MS;
    if (totalMs > TOTAL_DAYS_MAX * DAY_MS)
      return { kind: 'too_long', ref, totalDays: daysOf(hold.totalMs) };
    const reminded = hold.reminded && hold.countedMs >= totalMs - hold.remindBeforeMs;
    this.#store.transaction(() => {
      this.#store.parcels.put({ ...parcel, hold: { ...hold, totalMs, reminded } });
      const data = { days, totalDays: daysOf(totalMs), by };
      this.#recorder.record({ t: 'parcel.extended', slot: parcel.slot, parcel: parcelId, data });
    });
    return { kind: 'extended', ref, totalDays: daysOf(totalMs) };
  }
}

const daysOf = (ms: number): number => ms / DAY_MS;
