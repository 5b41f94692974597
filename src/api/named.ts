import { findParcel } from '../control/inquiry/parcels.ts';
import type { Store } from '../control/store-port.ts';
import type { ParcelRecord } from '../domain/parcel.ts';
import { Refusal } from './route.ts';

/** The parcel that a path names, by its id or reference. */
export function parcelNamed(store: Store, name = ''): ParcelRecord {
  const parcel = findParcel(store, name);
  if (parcel === null) throw new Refusal(404, 'NO_PARCEL', `no parcel "${name}"`);
  return parcel;
}
