import type { ParcelRecord } from '../domain/parcel.ts';
import type { NoticeRecord } from './notice-port.ts';
import type { NoticeValues, Vault } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';

interface Parts {
  readonly store: Store;
  readonly vault: Vault;
  readonly recorder: Recorder;
}

/**
 * A channel has taken numbers of a parcel: new ones are the parcel's from now on, and the code lets
 * its time begin (R19); a second number alone lets nobody collect. Belongs into the transaction of
 * the acceptance; true when the recipient is told by this for the first time.
 */
export function numbersTaken(
  parts: Parts,
  { parcel: id, channel, hasCode }: NoticeRecord,
  values: NoticeValues,
): boolean {
  const { store } = parts;
  let parcel = id === null ? null : store.parcels.get(id);
  if (parcel === null) return false;
  if (values.renews === true && parcel.status === 'stored') {
    parcel = renewed(parts, parcel, values);
    const { slot } = parcel;
    parts.recorder.record({ t: 'code.reissued', slot, parcel: parcel.id, data: { channel } });
  }
  if (parcel.hold.told || !hasCode) return false;
  store.parcels.put({ ...parcel, hold: { ...parcel.hold, told: true } });
  return true;
}

/** What the message held is the end of the old ones. */
function renewed(
  { store, vault }: Parts,
  parcel: ParcelRecord,
  { code, second, gen }: NoticeValues,
): ParcelRecord {
  const next = {
    ...parcel,
    ...(code !== undefined && { codeHash: vault.digest('code', code), nextCodeHash: null }),
    // Whatever was voided meanwhile stays void.
    ...(gen !== undefined && { gen: Math.max(parcel.gen, gen) }),
    ...(second !== undefined && { secondHash: vault.digest('second', second) }),
    secondMisses: 0,
  };
  store.parcels.put(next);
  return next;
}
