import type { Custody } from '../control/custody.ts';
import type { Store } from '../control/store-port.ts';
import type { Questions } from './questions.ts';

interface Parts {
  readonly custody: Custody;
  readonly store: Pick<Store, 'epoch' | 'journal'>;
  readonly questions: Questions;
}

/** After a restore, asks on each connection what became of the parcels in the lost time (R31). */
export class CustodyQuestion {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  opened(): void {
    const { custody, store, questions } = this.#parts;
    if (!custody.isInDoubt) return;
    const rev = store.journal.head()?.seq ?? 0;
    questions.ask('custody.sync', { rev }, (record) => custody.compare(record));
  }
}
