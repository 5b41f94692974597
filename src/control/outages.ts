import type { OutageReason, OutageRecord, Stamp } from '../domain/outage.ts';
import type { TrustedClock } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';

interface Parts {
  readonly store: Store;
  readonly recorder: Recorder;
  readonly clock: TrustedClock;
}

/** Entries are kept so long after their end: longer than anybody asks about a parcel. */
const KEPT_MS = 400 * 86_400_000;

/** Keeps the ledger of outages: every interval that did not count, and why (R19, B7). */
export class OutageLedger {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Now, by both clocks. */
  stamp(): Stamp {
    const { clock, recorder } = this.#parts;
    const [wallMs, { errorMs }] = [clock.wallMs(), clock.trust()];
    return { boot: recorder.boot, monoMs: Math.floor(clock.monoMs()), wallMs, errorMs };
  }

  begin(reason: OutageReason, slot: string | null, parcel: string | null): OutageRecord {
    const from = this.stamp();
    return this.#put({ id: this.#parts.recorder.newId(), reason, slot, parcel, from, to: null });
  }

  end(outage: OutageRecord): void {
    this.#end(outage, this.stamp());
  }

  /**
   * The time since the kiosk served last, as one entry; what lasted then ended there. Null at the
   * first start.
   */
  wasOff(): OutageRecord | null {
    const { store, recorder } = this.#parts;
    const from = store.outages.servedUntil();
    if (from === null) return null;
    for (const outage of store.outages.open()) this.#end(outage, from);
    const id = recorder.newId();
    return this.#end({ id, reason: 'off', slot: null, parcel: null, from, to: null }, this.stamp());
  }

  /** The kiosk serves until now at least; entries that nobody asks for any more go. */
  serves(): void {
    const { store } = this.#parts;
    const now = this.stamp();
    store.outages.serve(now);
    store.outages.forget(now.wallMs - KEPT_MS);
  }

  #end(outage: OutageRecord, to: Stamp): OutageRecord {
    const { id, reason, slot, parcel, from } = outage;
    const data = { outage: id, reason, ms: lengthOf(from, to) };
    this.#parts.recorder.record({ t: 'outage.ended', slot, parcel, data });
    return this.#put({ ...outage, to });
  }

  #put(outage: OutageRecord): OutageRecord {
    this.#parts.store.outages.put(outage);
    return outage;
  }
}

/** By monotonic time within one life of the kiosk; over a restart there is only the wall's. */
export function lengthOf(from: Stamp, to: Stamp): number {
  return from.boot === to.boot ? to.monoMs - from.monoMs : Math.max(0, to.wallMs - from.wallMs);
}
