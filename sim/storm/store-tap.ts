import type { App } from '../../src/app.ts';
import type { IntentRecord, JournalRow } from '../../src/control/store-port.ts';
import type { ParcelRecord } from '../../src/domain/parcel.ts';

/** One transaction that is on disk, with what it wrote. */
export interface Commit {
  readonly rows: { readonly seq: number; readonly row: JournalRow }[];
  readonly intents: IntentRecord[];
  readonly parcels: ParcelRecord[];
}

/**
 * Listens at a store: `committed` is called after each outermost transaction, before its caller
 * goes on. What a failed transaction had written is never told.
 */
export function tapStore(store: App['store'], committed: (commit: Commit) => void): void {
  const { transaction, journal, intents, parcels } = store;
  const { append, checkpoint } = journal;
  const [putIntent, putParcel] = [intents.put, parcels.put];
  let depth = 0;
  let commit = empty();
  /** Runs it as what the store would have it; a write outside any transaction is one by itself. */
  const within = <T>(work: () => T): T => {
    if (depth === 0) commit = empty();
    depth += 1;
    let result: T;
    try {
      result = work();
    } finally {
      depth -= 1;
    }
    if (depth === 0) committed(commit);
    return result;
  };
  Object.assign(store, {
    transaction: <T>(work: () => T) => within(() => transaction(work)),
  });
  const appending = (appends: (row: JournalRow) => number) => (row: JournalRow) =>
    within(() => {
      const seq = appends(row);
      commit.rows.push({ seq, row });
      return seq;
    });
  Object.assign(journal, { append: appending(append), checkpoint: appending(checkpoint) });
  Object.assign(intents, {
    put: (intent: IntentRecord) =>
      within(() => {
        putIntent(intent);
        commit.intents.push(intent);
      }),
  });
  Object.assign(parcels, {
    put: (parcel: ParcelRecord) =>
      within(() => {
        putParcel(parcel);
        commit.parcels.push(parcel);
      }),
  });
}

function empty(): Commit {
  return { rows: [], intents: [], parcels: [] };
}
