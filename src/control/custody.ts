import type { Clock } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

interface Parts {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly recorder: Recorder;
  readonly clock: Clock;
}

/** What the cloud's record of the lost time says, as far as it vouches for it. */
interface CloudRecord {
  /** The parcel in each slot that it vouches for, by the slot's id; null where there is none. */
  readonly slots: Readonly<Record<string, string | null>>;
  /** Parcels that were collected. */
  readonly retrieved: readonly string[];
}

/** Holds what a restored database believes against the cloud's record of later events (R31). */
export class Custody {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether there is a parcel whose code opens nothing until somebody has looked. */
  get isInDoubt(): boolean {
    return this.#doubtful().length > 0;
  }

  /**
   * Where both are of one opinion the code opens again; a code that was used stays used; whatever
   * else differs waits for somebody who looks, and stands in the journal.
   */
  compare({ slots, retrieved }: CloudRecord): void {
    const { store, supervisor, recorder } = this.#parts;
    const gone = new Set(retrieved);
    for (const { id: slot, parcel, bar } of this.#doubtful()) {
      const cause = 'custody.sync';
      const there = slots[slot];
      if (parcel === null || there === undefined) continue;
      // What else bars it, a jam or a technician's word, the cloud knows nothing about.
      if (there === parcel && !gone.has(parcel) && bar?.reason === 'unverified') {
        supervisor.send(slot, { type: 'CLEARED', content: 'full' }, () => {
          const data = { word: 'full', reason: 'cloud' };
          recorder.record({ t: 'slot.inspected', slot, parcel, cause, data });
        });
        continue;
      }
      store.transaction(() => {
        if (gone.has(parcel)) this.#spend(parcel);
        recorder.record({ t: 'custody.differs', slot, parcel, cause, data: { there } });
      });
    }
  }

  #spend(id: string): void {
    const { store, clock } = this.#parts;
    const parcel = store.parcels.get(id);
    if (parcel?.status !== 'stored') return;
    const endedAtWall = clock.wallMs();
    store.parcels.put({ ...parcel, status: 'retrieved', custody: 'handed_over', endedAtWall });
  }

  #doubtful() {
    return this.#parts.supervisor
      .all()
      .filter(({ binding, parcel }) => binding === 'unverified' && parcel !== null);
  }
}
