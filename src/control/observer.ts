import type { Appended, Store } from './store-port.ts';

const BATCH_ROWS = 500;

/** One row, inside the transaction that writes it, or in a later one. */
type See = (row: Appended) => void;

/**
 * Does something about rows of the journal, inside the transaction that writes them, so that either
 * both are on disk or neither. Its cursor is stored with what it does: rows that were written while
 * it was not there, it sees when it is made. At the first time it begins with what comes.
 */
export class Observer {
  readonly #store: Store;
  readonly #name: string;
  readonly #wanted: ReadonlySet<string>;
  readonly #see: See;
  #cursor: number;

  constructor(store: Store, name: string, wanted: readonly string[], see: See) {
    this.#store = store;
    this.#name = `observer.${name}`;
    this.#wanted = new Set(wanted);
    this.#see = see;
    const last = store.journal.tail(1)[0]?.seq ?? 0;
    const kept = store.kept.get(this.#name) as number | null;
    // A database that was restored has fewer rows than were seen.
    this.#cursor = Math.min(kept ?? last, last);
    if (kept === null) store.transaction(() => this.#moveTo(last));
    this.#catchUp();
    store.journal.beforeCommit((rows) => this.#look(rows), this.#wanted);
  }

  #catchUp(): void {
    const store = this.#store;
    for (;;) {
      const rows = store.journal.after(this.#cursor, BATCH_ROWS);
      const last = rows.at(-1);
      if (last === undefined) return;
      store.transaction(() => {
        for (const row of rows) if (this.#wanted.has(row.t)) this.#see(row);
        this.#moveTo(last.seq);
      });
    }
  }

  #look(rows: readonly Appended[]): void {
    for (const row of rows) {
      this.#see(row);
      this.#moveTo(row.seq);
    }
  }

  #moveTo(seq: number): void {
    this.#store.kept.put(this.#name, seq);
    this.#cursor = seq;
  }
}
