import type { StoredRow } from '../../../src/control/store-port.ts';
import type { Commit } from '../store-tap.ts';
import type { Fail } from './fail.ts';

/** What happens to a parcel when it leaves for good. */
const ENDS: ReadonlySet<string> = new Set(['parcel.retrieved', 'parcel.recalled']);

/** R31: what a kiosk may do whose database is an older copy of itself. */
export class RestoreCheck {
  readonly #fail: Fail;
  /** Parcels that left and were not dropped again, whatever the database in use says. */
  readonly #gone = new Set<string>();
  /** Slots that nobody has looked into since the restore. */
  #unseen = new Set<string>();

  constructor(fail: Fail) {
    this.#fail = fail;
  }

  /** The database is that of a copy; `rows` is the end of its journal. */
  restored(slots: readonly string[], rows: readonly StoredRow[], epoch: string): void {
    this.#unseen = new Set(slots);
    if (rows.some(({ t, data }) => t === 'store.restored' && data.epoch === epoch)) return;
    this.#fail('R31', 'the database is that of a copy, and no row says so');
  }

  committed({ rows, intents }: Commit): void {
    for (const { row } of rows) {
      if (ENDS.has(row.t)) this.#gone.add(row.parcel ?? '');
      if (row.t === 'parcel.stored') this.#gone.delete(row.parcel ?? '');
      // A word of somebody who looked, a sensor's or the cloud's ends the doubt.
      if (row.t !== 'slot.unbarred' || isBarredIn(rows, row.slot)) continue;
      this.#unseen.delete(row.slot ?? '');
      // Whoever looked has seen it there: its door was shut on it when it counted as collected.
      if (!isWordOfCloud(rows, row.slot)) this.#gone.delete(row.parcel ?? '');
    }
    for (const { state, slot, parcel, purpose } of intents) {
      if (state !== 'ARMED' || purpose === 'service') continue;
      if (this.#unseen.has(slot)) {
        this.#fail('R31', `${slot} is opened for a ${purpose}, and nobody has looked into it`);
      }
      if (purpose === 'pickup' && this.#gone.has(parcel ?? '')) {
        this.#fail('R31', `${slot} is opened for ${parcel}, which left in the lost time`);
      }
    }
  }
}

/** A block was lifted, and what was in doubt before it is in doubt again. */
function isBarredIn(rows: Commit['rows'], slot: string | null): boolean {
  return rows.some(({ row }) => row.t === 'slot.barred' && row.slot === slot);
}

/** Nobody looked: the cloud vouches for what lies there. */
function isWordOfCloud(rows: Commit['rows'], slot: string | null): boolean {
  return rows.some(({ row: { t, slot: at, data } }) => {
    return t === 'slot.inspected' && at === slot && data.reason === 'cloud';
  });
}
