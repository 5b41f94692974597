import { count, DAY_MS, dueOf, untilDueMs } from '../domain/hold.ts';
import type { ParcelRecord } from '../domain/parcel.ts';
import { isBusy, type SlotRecord } from '../domain/slot.ts';
import type { Notices } from './notices.ts';
import type { Clock, Timer } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

interface Parts {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly notices: Notices;
  readonly recorder: Recorder;
  readonly clock: Clock;
}

/** Stored at least so often (R19); a cut costs the recipient nothing and the site so much. */
const TICK_MS = 300_000;
const TICK_MIN_MS = 1_000;
/** Numbers of parcels that have left are kept so long, so that their recipient is told (R14). */
const NUMBERS_KEPT_MS = DAY_MS;

/**
 * Counts the serviceable time of every stored parcel, reminds, and expires (M6, R19). Time in
 * which the board was dark or the lock jammed does not count.
 */
export class Holds {
  readonly #parts: Parts;
  #timer: Timer | null = null;
  #lastMono = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Begins to count: the kiosk serves from now on. */
  start(): void {
    this.#lastMono = this.#parts.clock.monoMs();
    this.#tick();
  }

  stop(): void {
    if (this.#timer === null) return;
    this.#timer.cancel();
    this.#count();
  }

  #tick(): void {
    const untilMs = this.#count();
    const delayMs = Math.min(TICK_MS, Math.max(TICK_MIN_MS, untilMs));
    this.#timer = this.#parts.clock.after('holds', delayMs, () => this.#tick());
    this.#parts.notices.drain();
  }

  /** Adds what has passed to every stored parcel; gives the time until the next one is due. */
  #count(): number {
    const { store, clock } = this.#parts;
    const elapsedMs = clock.monoMs() - this.#lastMono;
    this.#lastMono = clock.monoMs();
    const stored = store.parcels.stored();
    let untilMs = Number.POSITIVE_INFINITY;
    store.transaction(() => {
      for (const parcel of stored) {
        const next = this.#countOne(parcel, this.#isServed(parcel) ? elapsedMs : 0);
        if (next.status === 'stored') untilMs = Math.min(untilMs, untilDueMs(next.hold));
      }
      store.parcels.forgetNumbers(clock.wallMs() - NUMBERS_KEPT_MS);
    });
    return untilMs;
  }

  #isServed(parcel: ParcelRecord): boolean {
    const slot = this.#slotOf(parcel);
    return slot?.board === 'ok' && slot.bar?.reason !== 'jammed';
  }

  #countOne(parcel: ParcelRecord, elapsedMs: number): ParcelRecord {
    const { store } = this.#parts;
    let next: ParcelRecord = { ...parcel, hold: count(parcel.hold, elapsedMs) };
    const due = dueOf(next.hold);
    if (!parcel.hold.told && next.hold.told) this.#note('parcel.untold', next);
    if (due === 'remind') next = this.#remind(next);
    if (due === 'expire' && !this.#isVisited(next)) next = this.#expire(next);
    if (elapsedMs > 0 || next.status !== parcel.status) store.parcels.put(next);
    return next;
  }

  /** While somebody is at the slot, expiry waits for the outcome (R3a). */
  #isVisited(parcel: ParcelRecord): boolean {
    const slot = this.#slotOf(parcel);
    return slot !== null && isBusy(slot);
  }

  /** Null also when the config does not have the slot any more: its parcel stays on record. */
  #slotOf(parcel: ParcelRecord): SlotRecord | null {
    return parcel.slot === null ? null : this.#parts.supervisor.find(parcel.slot);
  }

  #remind(parcel: ParcelRecord): ParcelRecord {
    const leftMs = parcel.hold.totalMs - parcel.hold.countedMs;
    this.#note('parcel.reminder', parcel);
    this.#tell(parcel, 'REMINDER', Math.round(leftMs / DAY_MS));
    return { ...parcel, hold: { ...parcel.hold, reminded: true } };
  }

  #expire(parcel: ParcelRecord): ParcelRecord {
    this.#note('parcel.expired', parcel);
    this.#tell(parcel, 'EXPIRED', 0);
    return { ...parcel, status: 'expired' };
  }

  #note(t: string, parcel: ParcelRecord): void {
    const data = { countedMs: parcel.hold.countedMs };
    this.#parts.recorder.record({ t, slot: parcel.slot, parcel: parcel.id, data });
  }

  #tell(parcel: ParcelRecord, kind: 'REMINDER' | 'EXPIRED', daysLeft: number): void {
    for (const channel of this.#parts.notices.channelsOf(parcel.recipient)) {
      this.#parts.notices.queue(parcel, kind, channel, { ref: parcel.ref, daysLeft });
    }
  }
}
