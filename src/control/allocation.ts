import { allocate, STRATEGIES, type StrategyName } from '../domain/allocation/strategy.ts';
import type { ParcelRecord } from '../domain/parcel.ts';
import type { SitePlan } from '../domain/site.ts';
import { isAllocatable } from '../domain/slot.ts';
import type { People } from './people.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

interface Parts {
  readonly site: SitePlan;
  readonly strategy: StrategyName;
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly people: People;
}

/** Gives parcels their slots (M11). */
export class Allocation {
  readonly #parts: Parts;
  #lastGiven: number;

  constructor(parts: Parts) {
    this.#parts = parts;
    // The turn goes on after a restart: otherwise the first locks would wear most (M11).
    const last = parts.store.journal.lastSlot('slot.reserved');
    this.#lastGiven = parts.site.slots.find(({ id }) => id === last)?.order ?? -1;
  }

  /**
   * Reserves the best free slot of at least this rank, or gives null when there is none. `book`
   * writes the parcel as it is then; it is one transaction with the reservation, so that no slot is
   * given twice (M12).
   */
  reserve(parcel: ParcelRecord, rank: number, book: (placed: ParcelRecord) => void) {
    const { site, strategy, supervisor, people } = this.#parts;
    const free = site.slots.filter((slot) => isAllocatable(supervisor.get(slot.id)));
    const wish = { rank, accessible: people.needsLowSlot(parcel.recipient) };
    const slot = allocate(STRATEGIES[strategy], free, wish, this.#lastGiven)?.id ?? null;
    if (slot === null) return null;
    this.#lastGiven = free.find(({ id }) => id === slot)?.order ?? -1;
    const placed: ParcelRecord = { ...parcel, slot, custody: 'expected' };
    supervisor.send(slot, { type: 'RESERVE', parcel: parcel.id }, () => book(placed));
    return slot;
  }
}
