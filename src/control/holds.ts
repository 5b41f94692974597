import { count, DAY_MS, dueOf, untilDueMs } from '../domain/hold.ts';
import type { OutageReason, OutageRecord } from '../domain/outage.ts';
import type { ParcelRecord } from '../domain/parcel.ts';
import { isBusy, type SlotRecord } from '../domain/slot.ts';
import type { Outlook } from './notice-truth.ts';
import type { Notices } from './notices.ts';
import type { Numbers } from './numbers.ts';
import { lengthOf, type OutageLedger } from './outages.ts';
import type { Timer, TrustedClock } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Service } from './service.ts';
import type { Store } from './store-port.ts';
import type { Supervisor } from './supervisor.ts';

interface Parts {
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly notices: Notices;
  readonly numbers: Numbers;
  readonly recorder: Recorder;
  readonly clock: TrustedClock;
  readonly service: Service;
  readonly outages: OutageLedger;
}

/** Since when a parcel's time counts, or by which outage it does not. */
interface Since {
  readonly atMono: number;
  readonly outage: OutageRecord | null;
}

/** Stored at least so often (R19); a cut costs the recipient nothing and the site so much. */
const TICK_MS = 300_000;
const TICK_MIN_MS = 1_000;
/** Numbers of parcels that have left are kept so long, so that their recipient is told (R14). */
const NUMBERS_KEPT_MS = DAY_MS;

/**
 * Counts the serviceable time of every stored parcel, reminds, and expires (M6, R19). Time in
 * which it could not be collected does not count, and stands in the ledger of outages.
 */
export class Holds {
  readonly #parts: Parts;
  readonly #since = new Map<string, Since>();
  /** What keeps everybody from their parcels now. */
  #kiosk: OutageRecord | null = null;
  #timer: Timer | null = null;
  #turn: Timer | null = null;
  #unwatch = (): unknown => null;
  /** Parcels for which another time may count from this instant on. */
  readonly #turning = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Begins to count: the kiosk serves from now on. */
  start(): void {
    const { store, supervisor, notices, numbers } = this.#parts;
    notices.outlookBy((parcel) => this.#outlookOf(parcel));
    store.transaction(() => this.#catchUp());
    this.#tick();
    notices.whenTold((parcel) => this.#soon(parcel));
    // Wrong entries may have blocked the keypad.
    numbers.whenRefused(() => this.#soon());
    this.#unwatch = supervisor.watch((after, _facts, before) => {
      const parcel = after.parcel ?? before.parcel;
      if (parcel !== null && hasTurned(after, before)) this.#soon(parcel);
    });
  }

  stop(): void {
    if (this.#timer === null) return;
    this.#unwatch();
    this.#timer.cancel();
    this.#timer = null;
    this.#turn?.cancel();
    this.#settle();
  }

  /** What keeps everybody from their parcels may be another thing than before. */
  turn(): void {
    this.#soon();
  }

  /** The time without a kiosk lengthens every parcel that lay there. */
  #catchUp(): void {
    const { store, outages } = this.#parts;
    const off = outages.wasOff();
    if (off?.to == null) return;
    const ms = lengthOf(off.from, off.to);
    for (const { id } of store.parcels.stored()) store.outages.lengthen(id, off.id, ms);
  }

  #tick(): void {
    const untilMs = Math.min(this.#settle(), this.#parts.service.untilChangeMs());
    const delayMs = Math.min(TICK_MS, Math.max(TICK_MIN_MS, untilMs));
    this.#timer?.cancel();
    this.#timer = this.#parts.clock.after('holds', delayMs, () => this.#tick());
    this.#parts.notices.drain();
  }

  /** What counts has changed: booked once for all that changed in one instant. */
  #soon(parcel?: string): void {
    if (this.#timer === null) return;
    if (parcel !== undefined) this.#turning.add(parcel);
    this.#turn ??= this.#parts.clock.after('holds turn', 0, () => {
      this.#turn = null;
      const { service, store } = this.#parts;
      const ids = [...this.#turning].filter((id) => this.#isToBook(id));
      this.#turning.clear();
      if (service.ofKiosk() !== (this.#kiosk?.reason ?? null)) return this.#tick();
      if (ids.length === 0) return;
      store.transaction(() => {
        for (const id of ids) this.#turned(id);
      });
    });
  }

  /** Most of what happens at a slot changes nothing about how its parcel's time counts. */
  #isToBook(id: string): boolean {
    const parcel = this.#parts.store.parcels.get(id);
    const since = this.#since.get(id);
    const own = since?.outage?.parcel === id ? since.outage.reason : null;
    if (parcel?.status === 'stored') return since === undefined || own !== this.#reasonOf(parcel);
    if (own === null) this.#since.delete(id);
    return own !== null;
  }

  #turned(id: string): void {
    const parcel = this.#parts.store.parcels.get(id);
    if (parcel?.status === 'stored') this.#book(parcel);
    else this.#drop(id);
  }

  /** What keeps this parcel alone from its recipient; null while something keeps all of them. */
  #reasonOf(parcel: ParcelRecord): OutageReason | null {
    if (this.#kiosk !== null) return null;
    return this.#parts.service.ofSlot(parcel) ?? (parcel.hold.told ? null : 'untold');
  }

  /** Books the time of every stored parcel up to now; gives the time until the next is due. */
  #settle(): number {
    const { store, clock, outages } = this.#parts;
    const stored = store.parcels.stored();
    let untilMs = Number.POSITIVE_INFINITY;
    store.transaction(() => {
      this.#turnKiosk();
      for (const parcel of stored) {
        const next = this.#book(parcel);
        const isCounted = this.#since.get(parcel.id)?.outage === null;
        if (next.status === 'stored' && (isCounted || !next.hold.told)) {
          untilMs = Math.min(untilMs, untilDueMs(next.hold));
        }
      }
      this.#dropLeft(stored);
      outages.serves();
      store.parcels.forgetNumbers(clock.wallMs() - NUMBERS_KEPT_MS);
    });
    return untilMs;
  }

  #turnKiosk(): void {
    const { service, outages } = this.#parts;
    const reason = service.ofKiosk();
    if (reason === (this.#kiosk?.reason ?? null)) return;
    if (this.#kiosk !== null) outages.end(this.#kiosk);
    this.#kiosk = reason === null ? null : outages.begin(reason, null, null);
  }

  /** Books what has passed by what was in force, and notes what is in force from now on. */
  #book(parcel: ParcelRecord): ParcelRecord {
    const { store, clock } = this.#parts;
    const now = clock.monoMs();
    const { atMono, outage } = this.#since.get(parcel.id) ?? { atMono: now, outage: null };
    const elapsedMs = now - atMono;
    let next: ParcelRecord = { ...parcel, hold: count(parcel.hold, elapsedMs, outage === null) };
    if (outage !== null && elapsedMs > 0) store.outages.lengthen(parcel.id, outage.id, elapsedMs);
    if (!parcel.hold.told && next.hold.told) this.#note('parcel.untold', next);
    const held = this.#outageOf(next, outage);
    if (held === null) next = this.#end(next);
    this.#since.set(parcel.id, { atMono: now, outage: held });
    // While an outage lasts, what it lengthens is all that changes.
    if (next.hold !== parcel.hold || next.status !== parcel.status) store.parcels.put(next);
    return next;
  }

  /** Nobody is reminded, and nothing expires, while it could not be collected. */
  #end(parcel: ParcelRecord): ParcelRecord {
    const due = dueOf(parcel.hold);
    if (due === 'remind') return this.#remind(parcel);
    return due === 'expire' && !this.#isVisited(parcel) ? this.#expire(parcel) : parcel;
  }

  /** Which outage keeps this parcel from now on; `was` is gone on with, or ended. */
  #outageOf(parcel: ParcelRecord, was: OutageRecord | null): OutageRecord | null {
    const { outages } = this.#parts;
    const reason = this.#reasonOf(parcel);
    if (was?.parcel === parcel.id) {
      if (was.reason === reason) return was;
      outages.end(was);
    }
    return reason === null ? this.#kiosk : outages.begin(reason, parcel.slot, parcel.id);
  }

  /** Parcels that are stored no more: what kept them is over. */
  #dropLeft(stored: readonly ParcelRecord[]): void {
    const here = new Set(stored.map(({ id }) => id));
    for (const id of [...this.#since.keys()]) if (!here.has(id)) this.#drop(id);
  }

  #drop(id: string): void {
    const outage = this.#since.get(id)?.outage;
    this.#since.delete(id);
    if (outage?.parcel === id) this.#parts.outages.end(outage);
  }

  /** While somebody is at the slot, expiry waits for the outcome (R3a). */
  #isVisited({ slot }: ParcelRecord): boolean {
    const record = slot === null ? null : this.#parts.supervisor.find(slot);
    return record !== null && isBusy(record);
  }

  #remind(parcel: ParcelRecord): ParcelRecord {
    this.#note('parcel.reminder', parcel);
    return { ...parcel, hold: { ...parcel.hold, reminded: true } };
  }

  #outlookOf(parcel: ParcelRecord): Outlook {
    const { service } = this.#parts;
    const { totalMs, countedMs } = parcel.hold;
    const leftMs = Math.max(0, totalMs - countedMs);
    return {
      isServed: service.ofKiosk() === null && service.ofSlot(parcel) === null,
      daysLeft: Math.round(leftMs / DAY_MS),
      ...this.#until(leftMs),
    };
  }

  /** The day and hour of the end, unless nobody knows what time it is. */
  #until(leftMs: number): Pick<Outlook, 'untilWall'> {
    const { clock, service } = this.#parts;
    const untilWall = service.afterServedMs(leftMs);
    return clock.trust().state === 'unsynced' || untilWall === null ? {} : { untilWall };
  }

  #expire(parcel: ParcelRecord): ParcelRecord {
    this.#note('parcel.expired', parcel, this.#until(0));
    return { ...parcel, status: 'expired' };
  }

  #note(t: string, parcel: ParcelRecord, more: Readonly<Record<string, unknown>> = {}): void {
    const data = { countedMs: parcel.hold.countedMs, ...more };
    this.#parts.recorder.record({ t, slot: parcel.slot, parcel: parcel.id, data });
  }
}

/** Whether the time of the slot's parcel may count otherwise from now on. */
function hasTurned(after: SlotRecord, before: SlotRecord): boolean {
  const isJammed = (slot: SlotRecord): boolean => slot.bar?.reason === 'jammed';
  const hasMoved = after.state !== before.state && (isStill(after) || isStill(before));
  return hasMoved || after.board !== before.board || isJammed(after) !== isJammed(before);
}

/** A parcel has come to lie in the slot, or goes from it. */
const isStill = ({ state }: SlotRecord): boolean => state === 'occupied' || state === 'available';
