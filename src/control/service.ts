import type { OpeningHours } from '../domain/opening-hours.ts';
import type { OutageReason } from '../domain/outage.ts';
import type { ParcelRecord } from '../domain/parcel.ts';
import type { Numbers } from './numbers.ts';
import type { Clock } from './ports.ts';
import type { Supervisor } from './supervisor.ts';

interface Parts {
  readonly hours: () => OpeningHours;
  readonly numbers: Numbers;
  readonly supervisor: Supervisor;
  readonly clock: Clock;
  /** Whether nobody can type: the keypad at the wall cannot be read, or has no screen. */
  readonly isKeypadLost: () => boolean;
}

/** Whether a recipient could collect now, and why not (R19). */
export class Service {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What keeps everybody from their parcels. */
  ofKiosk(): OutageReason | null {
    const { hours, numbers, clock, isKeypadLost } = this.#parts;
    if (!hours().isOpenAt(clock.wallMs())) return 'closed';
    if (isKeypadLost()) return 'keypad_lost';
    return numbers.waitMs() > 0 ? 'keypad_blocked' : null;
  }

  /** What keeps the recipient from this parcel, at its slot. */
  ofSlot({ slot }: ParcelRecord): OutageReason | null {
    // Null also when the config does not have the slot any more: its parcel stays on record.
    const record = slot === null ? null : this.#parts.supervisor.find(slot);
    if (record?.board !== 'ok') return 'board_dark';
    return record.bar?.reason === 'jammed' ? 'lock_jammed' : null;
  }

  /** Until {@link ofKiosk} may answer otherwise without an event. */
  untilChangeMs(): number {
    const { hours, numbers, clock } = this.#parts;
    const waitMs = numbers.waitMs();
    const refillMs = waitMs > 0 ? waitMs : Number.POSITIVE_INFINITY;
    return Math.min(refillMs, hours().untilChangeMs(clock.wallMs()));
  }

  /** When a parcel will have been collectable for so long, if nothing comes between. */
  afterServedMs(servedMs: number): number | null {
    return this.#parts.hours().afterOpenMs(this.#parts.clock.wallMs(), servedMs);
  }
}
