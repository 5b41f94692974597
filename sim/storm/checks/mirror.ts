import type { App } from '../../../src/app.ts';
import type { StoredRow } from '../../../src/control/store-port.ts';
import { type SlotRecord, statusOf } from '../../../src/domain/slot.ts';
import type { StormCloud } from '../cloud/storm-cloud.ts';
import type { Commit } from '../store-tap.ts';
import type { Fail } from './fail.ts';

/** After so long of a connection the cloud has seen everything (I9). */
const SEEN_WITHIN_MS = 60_000;

/** I4, I9: what the cloud has of the kiosk against what the kiosk is. */
export class MirrorCheck {
  readonly #fail: Fail;
  readonly #cloud: StormCloud;
  readonly #monoMs: () => number;
  readonly #ids = new Map<number, string>();
  #looked = 0;
  #headBefore = 0;
  #equalMs = 0;

  constructor(fail: Fail, cloud: StormCloud, monoMs: () => number) {
    this.#fail = fail;
    this.#cloud = cloud;
    this.#monoMs = monoMs;
  }

  /** The journal ends with `rows` now. */
  booted(rows: readonly StoredRow[]): void {
    for (const row of rows) this.#ids.set(row.seq, row.id);
    this.#headBefore = rows.at(-1)?.seq ?? 0;
  }

  /** The journal is that of a copy, and begins a new epoch. */
  restored(rows: readonly StoredRow[]): void {
    this.#ids.clear();
    this.booted(rows);
  }

  committed({ rows }: Commit): void {
    for (const { seq, row } of rows) this.#ids.set(seq, row.id);
  }

  /** Now and then: no event that came is another one than was booked, and none is missing long. */
  look({ store, supervisor }: App, isCalm: boolean): void {
    const { view } = this.#cloud;
    for (const { seq, ep, id, t } of view.events.slice(this.#looked)) {
      if (ep === store.epoch && this.#ids.get(seq) !== id) {
        this.#fail('I4', `event ${seq} reached the cloud as ${t}, and no such row was booked`);
      }
    }
    this.#looked = view.events.length;
    const isFresh = this.#monoMs() - this.#cloud.sinceMs < SEEN_WITHIN_MS;
    const mayDiffer = !isCalm || this.#cloud.session === null || isFresh;
    const difference = mayDiffer ? null : this.#differs(store, supervisor.all());
    this.#headBefore = store.journal.head()?.seq ?? 0;
    if (difference === null) this.#equalMs = this.#monoMs();
    else if (this.#monoMs() - this.#equalMs > SEEN_WITHIN_MS) this.#fail('I9', difference);
  }

  /** At the end: whoever is not connected by now never was (I9). */
  settled(): void {
    if (this.#cloud.session === null) this.#fail('I9', 'there is no connection in the calm');
  }

  /** How the cloud's picture is another one than the kiosk's; null when it is the same. */
  #differs(store: App['store'], slots: readonly SlotRecord[]): string | null {
    const { status, birth, upto, lockers, alerts, epoch } = this.#cloud.view;
    if (status?.state !== 'ready') return `the kiosk is ${status?.state ?? 'unknown'} to the cloud`;
    if (birth?.ep !== store.epoch || epoch !== store.epoch) return 'the cloud has another epoch';
    // Those of the last moment are under way.
    if (upto < this.#headBefore) return `the cloud has ${upto} of ${this.#headBefore} events`;
    for (const slot of slots) {
      const [locker = '', name = ''] = slot.id.split('/');
      const seen = lockers.get(locker)?.slots[name];
      const is = [statusOf(slot), slot.door, slot.occupancy, faultOf(slot)].join(' ');
      const was = [seen?.state, seen?.door, seen?.occ, seen?.fault ?? null].join(' ');
      if (is !== was) return `${slot.id} is "${is}" and the cloud sees "${was}"`;
      const alert = alerts.get(`slot.${slot.id.replace('/', '.')}`)?.what ?? null;
      if (alert !== faultOf(slot)) return `${slot.id} has ${faultOf(slot)}, the alert is ${alert}`;
    }
    return null;
  }
}

function faultOf({ bar, board }: SlotRecord): string | null {
  return bar?.reason ?? (board === 'dark' ? 'dark' : null);
}
