import { nextGen } from '../domain/grant.ts';
import type { ParcelRecord } from '../domain/parcel.ts';
import { isBusy } from '../domain/slot.ts';
import type { Notices } from './notices.ts';
import type { Numbers } from './numbers.ts';
import type { Clock } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

type CancelAnswer =
  | { readonly kind: 'cancelled'; readonly ref: string }
  | { readonly kind: 'busy'; readonly ref: string }
  | {
      readonly kind: 'told';
      readonly status: ParcelRecord['status'];
      readonly parcel: string;
      readonly ref: string;
    }
  | { readonly kind: 'wrong'; readonly repeated: boolean }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'wait'; readonly waitMs: number };

interface Parts {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly numbers: Numbers;
  readonly notices: Notices;
  readonly recorder: Recorder;
  readonly clock: Clock;
}

/** Cancelling frees a reservation at once and makes a stored parcel recallable (M5, R3). */
export class Cancel {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** By its recipient at the keypad, with both numbers. */
  byRecipient(session: string, code: string, second: string): CancelAnswer {
    const judged = this.#parts.numbers.judge(session, code, second);
    if (judged.kind !== 'right') return judged;
    return this.#cancel(judged.parcel, 'recipient', judged.settle);
  }

  /** By the operator, or `by` an admin. @throws RangeError when there is no such parcel. */
  byOperator(parcelId: string, by = 'operator'): CancelAnswer {
    const parcel = this.#parts.store.parcels.get(parcelId);
    if (parcel === null) throw new RangeError(`parcel "${parcelId}" is not known here`);
    return this.#cancel(parcel, by, () => {});
  }

  /** By its recipient, who opened the door and left the parcel there. */
  refused(parcel: ParcelRecord): void {
    this.#cancel(parcel, 'recipient', () => {});
  }

  #cancel(parcel: ParcelRecord, by: string, settle: () => void): CancelAnswer {
    const { store, supervisor, recorder, notices, clock } = this.#parts;
    const { ref, status } = parcel;
    if (status !== 'stored' && status !== 'pending') {
      store.transaction(() => settle());
      return { kind: 'told', status, parcel: parcel.id, ref };
    }
    const slot = parcel.slot === null ? null : supervisor.find(parcel.slot);
    const isReserved = slot?.state === 'reserved';
    if (slot !== null && isBusy(slot) && !isReserved) {
      store.transaction(() => settle());
      return { kind: 'busy', ref };
    }
    const book = (): void => {
      settle();
      const gone = status === 'pending' ? { endedAtWall: clock.wallMs() } : {};
      const gen = nextGen(parcel);
      const ended = { ...gone, secondMisses: 0, gen, lastGen: gen };
      const cancelled: ParcelRecord = { ...parcel, status: 'cancelled', ...ended };
      store.parcels.put(cancelled);
      recorder.record({
        t: 'parcel.cancelled',
        slot: parcel.slot,
        parcel: parcel.id,
        data: { by },
      });
    };
    if (isReserved) supervisor.send(slot.id, { type: 'RELEASE' }, book);
    else store.transaction(book);
    notices.drain();
    return { kind: 'cancelled', ref };
  }
}
