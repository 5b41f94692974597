import { allocate, STRATEGIES, type StrategyName } from '../domain/allocation/strategy.ts';
import { newHold } from '../domain/hold.ts';
import { type ParcelRecord, REF_CHARS, refFrom } from '../domain/parcel.ts';
import type { PersonRecord } from '../domain/person.ts';
import type { SitePlan } from '../domain/site.ts';
import { type DropAnswer, isAllocatable, type SlotRecord } from '../domain/slot.ts';
import type { OpenRefusal, OpenSlot } from './open-slot.ts';
import type { People } from './people.ts';
import type { Clock, Random } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

/** What a courier brings: an announced parcel, or one that nobody announced (R15). */
export type Brought =
  | { readonly kind: 'announced'; readonly parcel: string; readonly size?: string }
  | { readonly kind: 'unannounced'; readonly phone: string; readonly size: string };

/** A courier's way with one parcel, over one or more slots. */
export interface Drop {
  readonly session: string;
  readonly courier: string;
  readonly parcel: string;
  readonly ref: string;
  readonly slot: string;
}

export type DropStart =
  | { readonly kind: 'opening'; readonly drop: Drop }
  | { readonly kind: 'full'; readonly ref: string }
  | { readonly kind: 'not_now'; readonly why: OpenRefusal; readonly ref: string };

interface DepositRules {
  readonly strategy: StrategyName;
  readonly holdMs: number;
  readonly remindBeforeMs: number;
}

interface Parts {
  readonly site: SitePlan;
  readonly rules: DepositRules;
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly openSlot: OpenSlot;
  readonly people: People;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly random: Random;
}

/** A courier drops parcels: named, allocated, opened, confirmed, committed (M3). */
export class Deposit {
  readonly #parts: Parts;
  #lastGiven = -1;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.supervisor.watch((slot, _facts, before) => this.#release(slot, before));
  }

  /** Announced parcels of the courier's carrier whose label ends in these digits (R15a). */
  find(courier: PersonRecord, tail: string): ParcelRecord[] {
    return this.#parts.store.parcels.pendingByTail(courier.carrier ?? '', tail);
  }

  /** Records an announced parcel that is expected (D4 brings it from the cloud). */
  announce(carrier: string, label: string, recipient: string, size: string): ParcelRecord {
    const parcel = this.#newParcel(carrier, label, recipient, size);
    this.#parts.store.transaction(() => this.#announce(parcel));
    return parcel;
  }

  /** Gives the parcel the best free slot and opens it. `full` when none takes it. */
  begin(session: string, courier: PersonRecord, brought: Brought): DropStart {
    const parcel = this.#named(courier, brought);
    const { ref } = parcel;
    if (parcel.status !== 'pending' || parcel.slot !== null) {
      return { kind: 'not_now', why: 'busy', ref };
    }
    const size = brought.size ?? parcel.size;
    return this.#place(session, courier.id, { ...parcel, size }, this.#rankOf(size));
  }

  /** The same parcel to another slot: the last one jammed, was dirty or not empty. */
  elsewhere(drop: Drop): DropStart {
    return this.#continue(drop, 0);
  }

  /** The same parcel to a larger slot, once the first one is known to be empty (R16). */
  larger(drop: Drop): DropStart {
    return this.#continue(drop, 1);
  }

  /** What the courier says while the door is open (R16). */
  answer(drop: Drop, answer: DropAnswer): void {
    this.#parts.supervisor.send(drop.slot, { type: 'DROP_ANSWER', answer });
  }

  #continue(drop: Drop, larger: 0 | 1): DropStart {
    const { store } = this.#parts;
    const parcel = store.parcels.get(drop.parcel);
    if (parcel === null || parcel.status !== 'pending') {
      return { kind: 'not_now', why: 'busy', ref: drop.ref };
    }
    const rank = larger === 1 ? this.#rankOfSlot(drop.slot) + 1 : this.#rankOf(parcel.size);
    return this.#place(drop.session, drop.courier, parcel, rank);
  }

  /** Allocation and reservation are one transaction, so no slot is given twice (M12). */
  #place(session: string, courier: string, parcel: ParcelRecord, rank: number): DropStart {
    const { supervisor, store, openSlot } = this.#parts;
    const slot = this.#allocate(parcel, rank);
    if (slot === null) {
      this.#full(parcel);
      return { kind: 'full', ref: parcel.ref };
    }
    const placed = { ...parcel, slot, custody: 'expected' as const };
    supervisor.send(slot, { type: 'RESERVE', parcel: parcel.id }, () => {
      if (store.parcels.get(parcel.id) === null) this.#announce(placed);
      else store.parcels.put(placed);
    });
    const authority = `courier:${courier}`;
    const answer = openSlot.open({ slot, purpose: 'drop', authority, session });
    if (answer.kind === 'refused') {
      supervisor.send(slot, { type: 'RELEASE' });
      return { kind: 'not_now', why: answer.why, ref: parcel.ref };
    }
    return {
      kind: 'opening',
      drop: { session, courier, parcel: parcel.id, ref: parcel.ref, slot },
    };
  }

  #allocate(parcel: ParcelRecord, rank: number): string | null {
    const { site, rules, supervisor, people } = this.#parts;
    const free = site.slots.filter((slot) => isAllocatable(supervisor.get(slot.id)));
    const accessible = people.needsLowSlot(parcel.recipient);
    const wish = { rank, accessible };
    const slot = allocate(STRATEGIES[rules.strategy], free, wish, this.#lastGiven);
    if (slot === null) return null;
    this.#lastGiven = free.find((one) => one.id === slot.id)?.order ?? -1;
    return slot.id;
  }

  #full(parcel: ParcelRecord): void {
    const { store, recorder } = this.#parts;
    store.transaction(() => {
      recorder.record({ t: 'locker.full', data: { ref: parcel.ref, size: parcel.size } });
    });
  }

  /** A reserved slot whose pulse provably never left is free again; it was never opened (R1). */
  #release(slot: SlotRecord, before: SlotRecord): void {
    if (slot.state !== 'reserved' || before.state !== 'opening') return;
    this.#parts.supervisor.send(slot.id, { type: 'RELEASE' });
  }

  #named(courier: PersonRecord, brought: Brought): ParcelRecord {
    const { store, people } = this.#parts;
    if (brought.kind === 'announced') {
      const parcel = store.parcels.get(brought.parcel);
      if (parcel !== null && parcel.carrier === courier.carrier) return parcel;
      throw new RangeError(`parcel "${brought.parcel}" is not announced for this carrier`);
    }
    const recipient = people.byPhoneOrNew(brought.phone);
    // Recorded with its reservation: where none is to be had, there is no parcel either.
    return this.#newParcel(courier.carrier ?? '', null, recipient, brought.size);
  }

  #announce(parcel: ParcelRecord): void {
    this.#parts.store.parcels.put(parcel);
    this.#parts.recorder.record({
      t: 'parcel.announced',
      parcel: parcel.id,
      data: { carrier: parcel.carrier, size: parcel.size, manifested: parcel.label !== null },
    });
  }

  #newParcel(carrier: string, label: string | null, recipient: string, size: string) {
    const { recorder, random, rules, clock } = this.#parts;
    return {
      id: recorder.newId(),
      ref: refFrom(random.bytes(REF_CHARS)),
      status: 'pending',
      custody: 'expected',
      slot: null,
      size,
      carrier,
      label,
      recipient,
      singleChannel: false,
      codeHash: null,
      secondHash: null,
      secondMisses: 0,
      hold: newHold(rules.holdMs, rules.remindBeforeMs),
      createdAtWall: clock.wallMs(),
      storedAtWall: null,
      endedAtWall: null,
    } satisfies ParcelRecord;
  }

  #rankOf(size: string): number {
    const rank = this.#parts.site.sizes.indexOf(size);
    if (rank < 0) throw new RangeError(`size "${size}" is none of ${this.#parts.site.sizes}`);
    return rank;
  }

  #rankOfSlot(id: string): number {
    return this.#parts.site.slots.find((slot) => slot.id === id)?.rank ?? 0;
  }
}
