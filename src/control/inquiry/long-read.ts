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
export function rowsOfTypes(read: LongRead, types: readonly string[]): AsyncGenerator<StoredRow> {
  const { journal } = read.store;
  return windows(read, (first, last) => journal.ofTypes(types, first, last));
}

/** The rows of sessions whose id ends so, oldest first, `limit` of them at most. */
export async function rowsOfSession(
  read: LongRead,
  end: string,
  limit: number,
): Promise<StoredRow[]> {
  const { journal } = read.store;
  const found: StoredRow[] = [];
  const look = (first: number, last: number) => journal.ofSession(end, first, last, limit);
  for await (const row of windows(read, look)) {
    found.push(row);
    if (found.length === limit) break;
  }
  return found;
}

/** Runs what it is given one after the other: of several at once each breath would be as long. */
export function oneAtATime(): <T>(read: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (read) => {
    const mine = last.then(read);
    // Whoever asked is told of a failure; those behind them have their turn all the same.
    last = mine.catch(() => {});
    return mine;
  };
}

async function* windows(
  { store: { journal }, breath }: LongRead,
  rowsOf: (first: number, last: number) => StoredRow[],
): AsyncGenerator<StoredRow> {
  const end = journal.head()?.seq ?? 0;
  for (let seq = journal.first() ?? 1; seq <= end; seq += ROWS_AT_ONCE) {
    yield* rowsOf(seq, Math.min(end, seq + ROWS_AT_ONCE - 1));
    await breath();
  }
}
