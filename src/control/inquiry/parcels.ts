import type { ParcelRecord } from '../../domain/parcel.ts';
import type { Store } from '../store-port.ts';

/** One parcel as an operator sees it: no number, no name, no address. */
type ParcelView = Pick<
  ParcelRecord,
  | 'id'
  | 'ref'
  | 'status'
  | 'custody'
  | 'slot'
  | 'size'
  | 'carrier'
  | 'label'
  | 'createdAtWall'
  | 'storedAtWall'
  | 'endedAtWall'
> & {
  /** Serviceable time (R19). */
  readonly hold: { readonly totalMs: number; readonly countedMs: number; readonly told: boolean };
};

export function parcelView(parcel: ParcelRecord): ParcelView {
  const { id, ref, status, custody, slot, size, carrier, label, hold } = parcel;
  const { createdAtWall, storedAtWall, endedAtWall } = parcel;
  const { totalMs, countedMs, told } = hold;
  return {
    ...{ id, ref, status, custody, slot, size, carrier, label },
    ...{ createdAtWall, storedAtWall, endedAtWall },
    hold: { totalMs, countedMs, told },
  };
}

/** The parcel that people mean by a reference, or programs by an id; null when there is none. */
export function findParcel(store: Store, name: string): ParcelRecord | null {
  return store.parcels.get(name) ?? store.parcels.byRef(name.toUpperCase());
}
