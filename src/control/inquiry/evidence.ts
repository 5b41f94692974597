import type { ParcelRecord } from '../../domain/parcel.ts';
import type { Store, StoredRow } from '../store-port.ts';
import { parcelView } from './parcels.ts';

/** Rows of one slot in one story: a slot that chatters must not fill the memory. */
const ROWS_MAX = 10_000;

/**
 * R30: all that the journal holds of one parcel, in order: its own rows, and whatever else happened
 * to a slot while the parcel was bound to it. Each row has its hash: who keeps the journal’s
 * head can prove that it was written then (docs/AUDIT.md).
 */
export function evidenceOf({ journal }: Store, parcel: ParcelRecord) {
  const own = journal.of(parcel.id);
  const stays = new Map<string, { first: number; last: number }>();
  for (const { slot, seq } of own) {
    if (slot === null) continue;
    stays.set(slot, { first: stays.get(slot)?.first ?? seq, last: seq });
  }
  const rows = new Map<number, StoredRow>(own.map((row) => [row.seq, row]));
  for (const [slot, { first, last }] of stays) {
    for (const row of journal.ofSlot(slot, first, last, ROWS_MAX)) rows.set(row.seq, row);
  }
  const inOrder = [...rows.values()].sort((one, other) => one.seq - other.seq);
  return { parcel: parcelView(parcel), rows: inOrder.map(toldOf) };
}

/** A row with what kind of statement it is (R5); null where it states nothing of a door. */
function toldOf(row: StoredRow) {
  const { grade = null, verdict } = row.data as { grade?: string; verdict?: string };
  if (row.t === 'intent.armed') return { ...row, grade: 'commanded' };
  if (row.t !== 'pulse.result') return { ...row, grade };
  return { ...row, grade: verdict === 'acknowledged' ? verdict : 'commanded' };
}
