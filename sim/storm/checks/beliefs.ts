import { isAllocatable, isBusy, type SlotRecord } from '../../../src/domain/slot.ts';
import type { Door } from '../../door.ts';
import type { Fail } from './fail.ts';

/** A reading that is lost is asked for again, and a board that misses more is dark: within this. */
const UNSEEN_MS_MAX = 8_000;

interface Parts {
  readonly fail: Fail;
  readonly monoMs: () => number;
  readonly door: (slot: string) => Door;
  /** The record's id of the parcel that a thing is; undefined for things that are no parcels. */
  readonly parcelOf: (thing: string) => string | undefined;
}

/** What is believed of a slot against what is there: R1, R2, R8, R18, I3, and no parcel lost. */
export class BeliefCheck {
  readonly #parts: Parts;
  /** Slots that a thief or liar touched: what is in them nobody can know. */
  readonly #touched = new Set<string>();
  /** Since when a door is open that the record takes for shut, and its sensor could tell. */
  readonly #unseen = new Map<string, number>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  touch(slot: string): void {
    this.#touched.add(slot);
  }

  /** Somebody honest looked inside and told the kiosk. */
  looked(slot: string): void {
    this.#touched.delete(slot);
  }

  /** The kiosk is off or begins anew: it has seen nothing yet. */
  lifeEnded(): void {
    this.#unseen.clear();
  }

  /** After each change of the record or of what is behind the door. */
  compare(slot: SlotRecord): void {
    const { contents, isOpen } = this.#parts.door(slot.id);
    // Robbed before the drop was booked, with the kiosk switched off: it could not see that.
    const isDrop = slot.state === 'drop_unconfirmed';
    if (contents.length === 0 && !isOpen && !isDrop) this.#touched.delete(slot.id);
    if (contents.length === 0 || this.#touched.has(slot.id)) return;
    if (slot.state === 'available' && slot.bar === null) {
      this.#parts.fail('R1', `${slot.id} is available, and ${contents.join(', ')} is inside`);
    }
    if (contents.length > 1) {
      this.#parts.fail('I3', `${contents.join(' and ')} are in ${slot.id} together`);
    }
    for (const thing of contents) this.#isKnown(slot, thing);
  }

  /** A drop was booked: what was booked must be there. */
  stored(slot: string, parcel: string): void {
    if (this.#touched.has(slot)) return;
    const { contents } = this.#parts.door(slot);
    if (contents.some((thing) => this.#parts.parcelOf(thing) === parcel)) return;
    this.#parts.fail('R16a', `${slot} is booked as holding ${parcel}, which is not in it`);
  }

  /** The slot is given to a parcel: it must be shut and empty now. */
  reserved(slot: SlotRecord): void {
    const sinceMs = this.#unseen.get(slot.id);
    if (sinceMs === undefined || this.#parts.monoMs() - sinceMs < UNSEEN_MS_MAX) return;
    this.#parts.fail('R18', `${slot.id} is given away with its door open`);
  }

  /** Now and then, while the kiosk serves: an open door is seen within a poll (R8). */
  look(slots: readonly SlotRecord[]): void {
    const nowMs = this.#parts.monoMs();
    for (const slot of slots) {
      this.compare(slot);
      const { isOpen, contact } = this.#parts.door(slot.id);
      const unseen = isOpen && slot.door !== 'open' && slot.board === 'ok';
      if (!unseen || isStuck(contact.fault)) {
        this.#unseen.delete(slot.id);
        continue;
      }
      const sinceMs = this.#unseen.get(slot.id) ?? nowMs;
      this.#unseen.set(slot.id, sinceMs);
      if (nowMs - sinceMs <= UNSEEN_MS_MAX) continue;
      const given = isAllocatable(slot) ? ' and may be given away' : '';
      this.#parts.fail('R8', `${slot.id} stands open, is taken for shut${given}`);
    }
  }

  #isKnown(slot: SlotRecord, thing: string): void {
    const parcel = this.#parts.parcelOf(thing);
    if (parcel === undefined || slot.bar !== null || isBusy(slot) || slot.parcel === parcel) return;
    this.#parts.fail(
      'R2',
      `${thing} is in ${slot.id}, which is ${slot.state} and knows nothing of it`,
    );
  }
}

function isStuck(fault: string): boolean {
  return fault === 'stuck-on' || fault === 'stuck-off';
}
