import type { ParcelRecord } from '../domain/parcel.ts';
import { rankOf, type SitePlan } from '../domain/site.ts';
import type { SlotRecord } from '../domain/slot.ts';
import type { Allocation } from './allocation.ts';
import type { Clock, Timer } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

interface Parts {
  readonly site: SitePlan;
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly allocation: Allocation;
  readonly recorder: Recorder;
  readonly clock: Clock;
}

/** However wrong the wall clock is, no slot is held for longer after a start. */
const HELD_MAX_MS = 48 * 3_600_000;

/**
 * Slots that are held for parcels on their way. A reservation ends by time, by a cancel, or when
 * the courier comes; one that loses its slot, by a restart or a forced door, gets another one.
 */
export class Reservations {
  readonly #parts: Parts;
  /** By parcel; never more than there are slots. */
  readonly #ends = new Map<string, Timer>();

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.supervisor.watch((slot, _facts, before) => this.#watch(slot, before));
  }

  /** Holds a slot for the parcel until its `reservedUntilWall`; null when none is free. */
  reserve(parcel: ParcelRecord, book: (placed: ParcelRecord) => void): string | null {
    const { site, allocation } = this.#parts;
    const slot = allocation.reserve(parcel, rankOf(site, parcel.size), book);
    if (slot !== null) this.#endLater(parcel);
    return slot;
  }

  /** Takes up what was reserved before the start; every slot has been read by now. */
  start(): void {
    for (const parcel of this.#parts.store.parcels.reserved()) this.#renew(parcel);
  }

  stop(): void {
    for (const timer of this.#ends.values()) timer.cancel();
    this.#ends.clear();
  }

  /** A reservation whose slot was taken from it, other than by its own end or a drop. */
  #watch(slot: SlotRecord, before: SlotRecord): void {
    if (before.state !== 'reserved' || before.parcel === null || slot.state === 'reserved') return;
    const { store, clock } = this.#parts;
    const parcel = store.parcels.get(before.parcel);
    if (parcel?.slot !== null || !isReserved(parcel)) return;
    this.#clear(parcel.id);
    // In a turn of its own: a slot must not be reserved while another one is being moved.
    const timer = clock.after(`reservation ${parcel.ref}`, 0, () => {
      this.#ends.delete(parcel.id);
      const now = store.parcels.get(parcel.id);
      if (now !== null && isReserved(now)) this.#renew(now);
    });
    this.#ends.set(parcel.id, timer);
  }

  #renew(parcel: ParcelRecord): void {
    const { store, clock } = this.#parts;
    if ((parcel.reservedUntilWall ?? 0) <= clock.wallMs()) this.#end(parcel, 'reservation.ended');
    else if (parcel.slot !== null) this.#endLater(parcel);
    else if (this.reserve(parcel, (placed) => store.parcels.put(placed)) === null) {
      this.#end(parcel, 'reservation.lost');
    }
  }

  #endLater(parcel: ParcelRecord): void {
    const { store, clock } = this.#parts;
    const leftMs = (parcel.reservedUntilWall ?? 0) - clock.wallMs();
    const delayMs = Math.min(HELD_MAX_MS, Math.max(0, leftMs));
    this.#clear(parcel.id);
    const timer = clock.after(`reservation ${parcel.ref}`, delayMs, () => {
      this.#ends.delete(parcel.id);
      const now = store.parcels.get(parcel.id);
      if (now !== null && isReserved(now)) this.#end(now, 'reservation.ended');
    });
    this.#ends.set(parcel.id, timer);
  }

  /** The parcel stays announced; it gets a slot when it comes, if there is one. */
  #end(parcel: ParcelRecord, t: 'reservation.ended' | 'reservation.lost'): void {
    const { store, supervisor, recorder } = this.#parts;
    this.#clear(parcel.id);
    const book = (): void => {
      store.parcels.put({ ...parcel, reservedUntilWall: null });
      recorder.record({ t, slot: parcel.slot, parcel: parcel.id });
    };
    const slot = parcel.slot === null ? null : supervisor.find(parcel.slot);
    if (slot?.state === 'reserved') supervisor.send(slot.id, { type: 'RELEASE' }, book);
    else store.transaction(book);
  }

  #clear(parcelId: string): void {
    this.#ends.get(parcelId)?.cancel();
    this.#ends.delete(parcelId);
  }
}

const isReserved = (parcel: ParcelRecord): boolean =>
  parcel.status === 'pending' && parcel.reservedUntilWall !== null;
