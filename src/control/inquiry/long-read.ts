import type { Store, StoredRow } from '../store-port.ts';

/** So many rows are looked through at once: a few milliseconds, in which nobody at a door waits. */
const ROWS_AT_ONCE = 2_000;

/** What reads the whole journal, and lets others have their turn meanwhile. */
export interface LongRead {
  readonly store: Pick<Store, 'journal'>;
  /** Lets everything be done that waits. */
  readonly breath: () => Promise<void>;
}

/** The rows of these types, oldest first, as far as the journal reaches now. */
export async function* rowsOfTypes(
  { store: { journal }, breath }: LongRead,
  types: readonly string[],
): AsyncGenerator<StoredRow> {
  const last = journal.head()?.seq ?? 0;
  for (let seq = journal.first() ?? 1; seq <= last; seq += ROWS_AT_ONCE) {
    yield* journal.ofTypes(types, seq, seq + ROWS_AT_ONCE - 1);
    await breath();
  }
}
