import type { Seal } from '../control/ports.ts';

/** How the rows of the journal are chained (docs/AUDIT.md, "The format"). */

/** The columns of a row that its hash covers: all but `h` and `sig`. */
export interface ChainedRow {
  readonly seq: number;
  readonly id: string;
  readonly t: string;
  readonly ts: number;
  readonly mono: number;
  readonly boot: string;
  readonly cause: string | null;
  readonly slot: string | null;
  readonly parcel: string | null;
  /** A JSON object. */
  readonly data: string;
}

/** What the first row of a chain follows: 32 bytes of zero. */
export const CHAIN_START: Uint8Array = new Uint8Array(32);

/** SHA-256 over the hash of the row before and the row's bytes. */
export function link(seal: Pick<Seal, 'digest'>, prev: Uint8Array, row: ChainedRow): Uint8Array {
  return seal.digest(Buffer.concat([prev, Buffer.from(rowText(row))]));
}

/** Letter by letter what SQLite's `json_array` makes of the same columns in the same order. */
function rowText(row: ChainedRow): string {
  const { seq, id, t, ts, mono, boot, cause, slot, parcel, data } = row;
  return JSON.stringify([seq, id, t, ts, mono, boot, cause, slot, parcel, data]);
}

/** What a checkpoint signs; `hash` is that of the checkpoint row itself. */
export function checkpointBytes(seq: number, hash: Uint8Array): Uint8Array {
  return Buffer.from(`lockerd journal v1 ${seq} ${hex(hash)}`);
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** Whether both hold the same bytes. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
