import { type OverLimit, smallestFor } from '../domain/load.ts';
import { type ParcelRecord, REF_CHARS, tailOf } from '../domain/parcel.ts';
import type { PersonRecord } from '../domain/person.ts';
import { rankOf, type SitePlan } from '../domain/site.ts';
import { type DropAnswer, isSound, type SlotRecord } from '../domain/slot.ts';
import type { Allocation } from './allocation.ts';
import type { Announcements } from './announcements.ts';
import type { Modes } from './modes.ts';
import type { OpenRefusal, OpenSlot } from './open-slot.ts';
import type { People } from './people.ts';
import type { CloudOffice, Neighbour } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

/** What a courier brings: an announced parcel, or one that nobody announced (R15). */
export type Brought =
  | { readonly kind: 'announced'; readonly parcel: string }
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
  /** `size` is free in no slot. */
  | { readonly kind: 'full'; readonly ref: string; readonly size: string }
  /** The disk is full: what is left of it is for pickups. */
  | { readonly kind: 'no_room'; readonly ref: string }
  | { readonly kind: 'over_limit'; readonly why: OverLimit; readonly ref: string }
  | { readonly kind: 'not_now'; readonly why: OpenRefusal | 'closed'; readonly ref: string };

interface Parts {
  readonly site: SitePlan;
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly openSlot: OpenSlot;
  readonly people: People;
  readonly announcements: Announcements;
  readonly allocation: Allocation;
  readonly recorder: Recorder;
  readonly modes: Modes;
  readonly cloudOffice: Pick<CloudOffice, 'neighbours'>;
}

/** A courier drops parcels: named, allocated, opened, confirmed, committed (M3). */
export class Deposit {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.supervisor.watch((slot, _facts, before) => this.#release(slot, before));
  }

  /** Announced parcels of the courier's carrier whose label ends in these digits (R15a). */
  find(courier: PersonRecord, tail: string): ParcelRecord[] {
    return this.#parts.store.parcels
      .pendingByTail(courier.carrier ?? '', tail)
      .filter((parcel) => parcel.slot === null || this.#heldFor(parcel) !== null);
  }

  /** The announced parcel of the courier's carrier with this whole label, as scanned (R15a). */
  findLabel(courier: PersonRecord, label: string): ParcelRecord | null {
    const found = this.find(courier, tailOf(label));
    return found.find((parcel) => parcel.label === label) ?? null;
  }

  /** Gives the parcel its reserved slot, or the best free one, and opens it. */
  begin(session: string, courier: PersonRecord, brought: Brought): DropStart {
    const { site, store, modes } = this.#parts;
    if (store.isDiskFull()) return this.#noRoom(session, courier);
    const parcel = this.#named(courier, brought);
    const { ref, status } = parcel;
    // In lockdown and maintenance nothing new comes in; what is inside may be collected (R23).
    if (modes.mode !== 'serve') return { kind: 'not_now', why: 'closed', ref };
    const held = this.#heldFor(parcel);
    if (status !== 'pending' || (parcel.slot !== null && held === null)) {
      return { kind: 'not_now', why: 'busy', ref };
    }
    const rank = smallestFor(site.sizes, site.limits, parcel.load, rankOf(site, parcel.size));
    if (typeof rank === 'string') return this.#overLimit(parcel, rank);
    if (held === null) return this.#place(session, courier.id, parcel, rank);
    const fits = isSound(held) && this.#rankOfSlot(held.id) >= rank;
    if (fits) return this.#open(session, courier.id, parcel, held.id);
    this.#giveUpReservation(parcel, held.id);
    return this.#place(
      session,
      courier.id,
      { ...parcel, slot: null, reservedUntilWall: null },
      rank,
    );
  }

  /** The same parcel to another slot: the last one jammed, was dirty or not empty. */
  elsewhere(drop: Drop): DropStart {
    return this.#continue(drop, 0);
  }

  /** The same parcel to a larger slot, once the first one is known to be empty (R16). */
  larger(drop: Drop): DropStart {
    return this.#continue(drop, 1);
  }

  /** Where else a slot of this size is free; `found` is called once, null when nobody knows. */
  nearest(size: string, found: (site: Neighbour | null) => void): void {
    const { neighbours } = this.#parts.cloudOffice;
    if (neighbours === null) found(null);
    else neighbours.nearest(size, found);
  }

  /** What the courier says while the door is open (R16). */
  answer(drop: Drop, answer: DropAnswer): void {
    this.#parts.supervisor.send(drop.slot, { type: 'DROP_ANSWER', answer });
  }

  /** A courier says that their parcel is over every limit: no door opens for it (M20). */
  refuse(session: string, courier: PersonRecord): void {
    const { store, recorder } = this.#parts;
    store.transaction(() => {
      const data = { refusal: 'OVER_LIMIT', person: courier.id };
      recorder.record({ t: 'drop.refused', cause: `session:${session}`, data });
    });
  }

  /** No parcel is recorded for it: the session's own reference leads to the row. */
  #noRoom(session: string, courier: PersonRecord): DropStart {
    const { store, recorder } = this.#parts;
    store.transaction(() => {
      const data = { refusal: 'DISK_FULL', person: courier.id };
      recorder.recordFew({ t: 'drop.refused', cause: `session:${session}`, data });
    });
    return { kind: 'no_room', ref: session.slice(-REF_CHARS).toUpperCase() };
  }

  #continue(drop: Drop, larger: 0 | 1): DropStart {
    const { site, store } = this.#parts;
    const parcel = store.parcels.get(drop.parcel);
    if (parcel === null || parcel.status !== 'pending') {
      return { kind: 'not_now', why: 'busy', ref: drop.ref };
    }
    const rank = larger === 1 ? this.#rankOfSlot(drop.slot) + 1 : rankOf(site, parcel.size);
    return this.#place(drop.session, drop.courier, parcel, rank);
  }

  #place(session: string, courier: string, parcel: ParcelRecord, rank: number): DropStart {
    const { site, store, allocation, announcements } = this.#parts;
    const slot = allocation.reserve(parcel, rank, (placed) => {
      if (store.parcels.get(parcel.id) === null) announcements.book(placed);
      else store.parcels.put(placed);
    });
    if (slot !== null) return this.#open(session, courier, parcel, slot);
    this.#full(parcel);
    return { kind: 'full', ref: parcel.ref, size: site.sizes[rank] ?? parcel.size };
  }

  /** Opens the slot that is reserved for the parcel; the reservation has served. */
  #open(session: string, courier: string, { id, ref }: ParcelRecord, slot: string): DropStart {
    const { store, supervisor, openSlot } = this.#parts;
    const authority = `courier:${courier}`;
    const answer = openSlot.open({ slot, purpose: 'drop', authority, session }, () => {
      const parcel = store.parcels.get(id);
      if (parcel?.reservedUntilWall) store.parcels.put({ ...parcel, reservedUntilWall: null });
    });
    if (answer.kind === 'opening') {
      return { kind: 'opening', drop: { session, courier, parcel: id, ref, slot } };
    }
    supervisor.send(slot, { type: 'RELEASE' });
    return { kind: 'not_now', why: answer.why, ref };
  }

  /** The slot that is held for an announced parcel; null when none is. */
  #heldFor({ slot, id }: ParcelRecord): SlotRecord | null {
    const held = slot === null ? null : this.#parts.supervisor.find(slot);
    return held?.state === 'reserved' && held.parcel === id ? held : null;
  }

  #giveUpReservation(parcel: ParcelRecord, slot: string): void {
    const { store, supervisor } = this.#parts;
    supervisor.send(slot, { type: 'RELEASE' }, () => {
      store.parcels.put({ ...parcel, reservedUntilWall: null });
    });
  }

  #full(parcel: ParcelRecord): void {
    const { store, recorder } = this.#parts;
    store.transaction(() => {
      recorder.record({ t: 'site.full', data: { ref: parcel.ref, size: parcel.size } });
    });
  }

  #overLimit({ id, ref, size }: ParcelRecord, why: OverLimit): DropStart {
    const { store, recorder } = this.#parts;
    store.transaction(() => {
      recorder.record({ t: 'drop.refused', parcel: id, data: { refusal: why, size } });
    });
    return { kind: 'over_limit', why, ref };
  }

  /** A reserved slot whose pulse provably never left is free again; it was never opened (R1). */
  #release(slot: SlotRecord, before: SlotRecord): void {
    if (slot.state !== 'reserved' || before.state !== 'opening') return;
    this.#parts.supervisor.send(slot.id, { type: 'RELEASE' });
  }

  #named(courier: PersonRecord, brought: Brought): ParcelRecord {
    const { store, people, announcements } = this.#parts;
    if (brought.kind === 'announced') {
      const parcel = store.parcels.get(brought.parcel);
      if (parcel !== null && parcel.carrier === courier.carrier) return parcel;
      throw new RangeError(`parcel "${brought.parcel}" is not announced for this carrier`);
    }
    const recipient = people.byPhoneOrNew(brought.phone);
    // Booked with its reservation: where none is to be had, there is no parcel either.
    return announcements.unannounced(courier.carrier ?? '', recipient, brought.size);
  }

  #rankOfSlot(id: string): number {
    return this.#parts.site.slots.find((slot) => slot.id === id)?.rank ?? 0;
  }
}
