import type { Store } from '../store-port.ts';
import { evidenceOf } from './evidence.ts';
import { type LongRead, rowsOfSession } from './long-read.ts';
import { findParcel } from './parcels.ts';

/** A visit to the keypad has no more rows than this. */
const ROWS_MAX = 1_000;
/** The end of a session's id, as screens show it. */
const REF_SHAPE = /^[0-9a-f]{4,12}$/;

/** R29: what people read from a screen, and the whole story behind it; null where there is none. */
export async function refOf(read: LongRead & { readonly store: Store }, ref: string) {
  const { store } = read;
  const parcel = findParcel(store, ref);
  if (parcel !== null) return { kind: 'parcel' as const, ...evidenceOf(store, parcel) };
  const end = ref.toLowerCase();
  const rows = REF_SHAPE.test(end) ? await rowsOfSession(read, end, ROWS_MAX) : [];
  if (rows.length === 0) return null;
  const told = rows.map((row) => ({ ...row, grade: null }));
  return { kind: 'visit' as const, parcel: null, rows: told };
}
