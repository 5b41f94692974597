import { entitles } from '../domain/code-policy.ts';
import type { ParcelRecord, ParcelStatus } from '../domain/parcel.ts';
import type { GoodGrant, Grants } from './grants.ts';
import type { Numbers } from './numbers.ts';
import type { OpenRefusal, OpenSlot } from './open-slot.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';

/** What a recipient's two numbers lead to. */
export type CollectAnswer =
  | Opening
  | { readonly kind: 'not_now'; readonly why: OpenRefusal; readonly ref: string }
  | {
      readonly kind: 'told';
      readonly status: ParcelStatus;
      readonly parcel: string;
      readonly ref: string;
    }
  | { readonly kind: 'wrong'; readonly repeated: boolean }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'wait'; readonly waitMs: number };

export interface Opening {
  readonly kind: 'opening';
  readonly slot: string;
  readonly parcel: string;
  readonly ref: string;
}

interface Parts {
  readonly store: Store;
  readonly numbers: Numbers;
  readonly grants: Grants;
  readonly openSlot: OpenSlot;
  readonly recorder: Recorder;
}

/** A recipient collects, reopens, or gives a parcel back to its courier (M4, M5). */
export class Collect {
  readonly #parts: Parts;
  /** Parcels whose recipient proved both numbers, by session (R11, R12a). */
  readonly #entitled = new Map<string, Set<string>>();

  /** The grant that was scanned last in a session, and its text. */
  readonly #scanned = new Map<string, GoodGrant & { readonly text: string }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Judges both numbers and opens the door they belong to. */
  begin(session: string, code: string, second: string): CollectAnswer {
    const judged = this.#parts.numbers.judge(session, code, second);
    if (judged.kind !== 'right') return judged;
    const { parcel, settle } = judged;
    if (parcel.status !== 'stored' || parcel.slot === null) return this.#tell(parcel, settle);
    const others = this.#entitle(session, parcel);
    return this.#open(session, parcel, () => settle(others));
  }

  /**
   * A scanned grant in place of the code, or of both numbers (M17). It speaks for its own parcel
   * only (R12a). `second` asks for the second number.
   */
  scanned(session: string, text: string): CollectAnswer | { readonly kind: 'second' } {
    const { grants, numbers, recorder } = this.#parts;
    const grant = grants.judge(session, text);
    if (grant === null) return { kind: 'wrong', repeated: false };
    this.#scanned.set(session, { ...grant, text });
    if (grants.policy === 'replaces-code' && numbers.rules.codes !== 'code') {
      return { kind: 'second' };
    }
    const { parcel } = grant;
    const data = { others: [], by: 'grant' };
    return this.#granted(session, parcel, () =>
      recorder.record({
        t: 'entry.accepted',
        parcel: parcel.id,
        cause: `session:${session}`,
        data,
      }),
    );
  }

  /** The second number, after a grant was scanned in this session. */
  afterGrant(session: string, second: string): CollectAnswer {
    const scanned = this.#scanned.get(session);
    // It may have been revoked since it was scanned.
    if (scanned === undefined || this.#parts.grants.judge(session, scanned.text) === null) {
      return { kind: 'wrong', repeated: false };
    }
    const judged = this.#parts.numbers.judgeSecond(session, scanned.parcel.id, second);
    if (judged.kind !== 'right') return judged;
    return this.#granted(session, judged.parcel, judged.settle);
  }

  /** The recipient's other parcels that this session may open as well (R12a). */
  others(session: string): ParcelRecord[] {
    const entitled = this.#entitled.get(session) ?? new Set();
    return [...entitled]
      .map((id) => this.#parts.store.parcels.get(id))
      .filter((parcel) => parcel?.status === 'stored' && parcel.slot !== null) as ParcelRecord[];
  }

  /** Opens a parcel that this session is already entitled to; a second number holds (R11). */
  openEntitled(session: string, parcelId: string): CollectAnswer {
    const parcel = this.#parts.store.parcels.get(parcelId);
    const entitled = this.#entitled.get(session)?.has(parcelId) === true;
    if (parcel === null || !entitled) return { kind: 'wrong', repeated: false };
    if (parcel.status !== 'stored' || parcel.slot === null) {
      return { kind: 'told', status: parcel.status, parcel: parcel.id, ref: parcel.ref };
    }
    return this.#open(session, parcel);
  }

  forget(session: string): void {
    this.#scanned.delete(session);
    this.#entitled.delete(session);
    this.#parts.numbers.forget(session);
  }

  #granted(session: string, parcel: ParcelRecord, settle: () => void): CollectAnswer {
    if (parcel.status !== 'stored' || parcel.slot === null) return this.#tell(parcel, settle);
    this.#entitled.set(session, new Set([...(this.#entitled.get(session) ?? []), parcel.id]));
    return this.#open(session, parcel, settle);
  }

  /** Its recipient is told what has become of it (R14). */
  #tell(parcel: ParcelRecord, settle: () => void): CollectAnswer {
    this.#parts.store.transaction(() => {
      settle();
      this.#refused(parcel);
    });
    return { kind: 'told', status: parcel.status, parcel: parcel.id, ref: parcel.ref };
  }

  #open(session: string, parcel: ParcelRecord, settle?: () => void): CollectAnswer {
    const slot = parcel.slot ?? '';
    const scanned = this.#scanned.get(session);
    const grant = scanned?.parcel.id === parcel.id ? scanned : null;
    const authority = `${grant === null ? 'code' : 'grant'}:${parcel.id}`;
    const order = { slot, purpose: 'pickup', authority, session } as const;
    const answer = this.#parts.openSlot.open(order, (intent) => {
      settle?.();
      grant?.use(intent);
    });
    if (answer.kind === 'opening') {
      return { kind: 'opening', slot, parcel: parcel.id, ref: parcel.ref };
    }
    const { store, recorder } = this.#parts;
    store.transaction(() => {
      settle?.();
      const data = { refusal: answer.why };
      recorder.record({ t: 'open.refused', slot, parcel: parcel.id, data });
    });
    return { kind: 'not_now', why: answer.why, ref: parcel.ref };
  }

  /** Why its recipient gets no door for it, each with its own code (M21). */
  #refused({ id, slot, status }: ParcelRecord): void {
    const refusal = status === 'stored' ? 'NOT_HERE' : status.toUpperCase();
    this.#parts.recorder.record({ t: 'pickup.refused', slot, parcel: id, data: { refusal } });
  }

  /** Gives the other parcels that the two numbers of this one entitle to (R12a). */
  #entitle(session: string, parcel: ParcelRecord): string[] {
    const { parcels } = this.#parts.store;
    const others = parcels
      .storedFor(parcel.recipient)
      .filter(({ id, policy }) => id !== parcel.id && entitles(parcel.policy, policy))
      .map(({ id }) => id);
    const known = this.#entitled.get(session) ?? [];
    this.#entitled.set(session, new Set([...known, parcel.id, ...others]));
    return others;
  }
}
