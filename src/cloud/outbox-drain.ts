import type { Clock, Timer } from '../control/ports.ts';
import type { Store, StoredRow } from '../control/store-port.ts';
import { eventOf, type Identity } from './envelope.ts';
import type { Link } from './link.ts';

interface Parts {
  readonly store: Pick<Store, 'outbox' | 'kept' | 'transaction' | 'journal'>;
  readonly clock: Clock;
  readonly link: Link;
  readonly identity: Identity;
  readonly topic: string;
}

/** Events that the cloud has not acknowledged, under way at once. */
const WINDOW_EVENTS = 100;
const BATCH_MAX_BYTES = 32_768;
/** Who says that it is there acknowledges within this time, or is sent everything again. */
const ACKNOWLEDGED_WITHIN_MS = 30_000;
const ACKED = 'cloud.acked';

/**
 * Sends the outbox in order. The broker's acknowledgement frees a place on the wire, nothing more:
 * a broker that is killed loses what it acknowledged. Only the consumer's own acknowledgement
 * forgets an event.
 */
export class OutboxDrain {
  readonly #parts: Parts;
  #session: string | null = null;
  #sinceMono = 0;
  #isConsumerThere = false;
  #isForbidden = false;
  /** The last event that was sent on this connection. */
  #sent = 0;
  #acked: number;
  #patience: Timer | null = null;
  #isDue = false;
  /** Events wait because others filled the wire. */
  #isHeldUp = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#acked = (parts.store.kept.get(ACKED) as number | null) ?? 0;
    parts.store.journal.onCommitted(() => this.#due());
  }

  /** Every event up to this one was acknowledged. */
  get acked(): number {
    return this.#acked;
  }

  /** The snapshots are out: now the events may follow. */
  opened(session: string): void {
    this.#session = session;
    this.#sinceMono = this.#parts.clock.monoMs();
    this.#isForbidden = false;
    this.#sent = 0;
    this.pump();
  }

  closed(): void {
    this.#session = null;
    this.#patience?.cancel();
    this.#patience = null;
  }

  presence(isThere: boolean): void {
    // Who comes back may have lost what it had not acknowledged.
    if (isThere && !this.#isConsumerThere) this.#sent = 0;
    this.#isConsumerThere = isThere;
    this.pump();
  }

  /** Forgets what the cloud keeps. An acknowledgement of what was never sent means nothing. */
  acknowledged({ ep, upto }: { readonly ep: string; readonly upto: number }): void {
    const { store, identity } = this.#parts;
    const lastSeq = store.journal.head()?.seq ?? 0;
    if (ep !== identity.epoch || upto > lastSeq) return;
    const forgotten = store.transaction(() => {
      const count = store.outbox.prune(upto);
      if (upto <= this.#acked) return count;
      this.#acked = upto;
      store.kept.put(ACKED, upto);
      return count;
    });
    // One that came again, or late, is no reason to be patient for longer.
    if (forgotten === 0) return;
    this.#patience?.cancel();
    this.#patience = null;
    if (store.outbox.countUpTo(this.#sent) > 0) this.#wait();
    this.pump();
  }

  /** Sends events again that the consumer misses; gives how many. */
  replay(from: number, to: number): number {
    const count = this.#parts.store.transaction(() => this.#parts.store.outbox.again(from, to));
    this.#sent = Math.min(this.#sent, from - 1);
    this.pump();
    return count;
  }

  hasRoom(): void {
    if (this.#isHeldUp) this.pump();
  }

  /** Sends as much as window and wire take. */
  pump(): void {
    const { store, link } = this.#parts;
    this.#isHeldUp = this.#mayGo && !link.hasRoom;
    while (this.#mayGo && link.hasRoom) {
      const room = WINDOW_EVENTS - store.outbox.countUpTo(this.#sent);
      const rows = room > 0 ? store.outbox.after(this.#sent, room) : [];
      if (rows.length === 0) return;
      this.#send(rows);
    }
  }

  get #mayGo(): boolean {
    return this.#session !== null && this.#isConsumerThere && !this.#isForbidden;
  }

  #send(rows: readonly StoredRow[]): void {
    const { link, topic } = this.#parts;
    const { payload, last } = this.#batch(rows);
    this.#sent = last;
    link.publish({ topic, payload, qos: 1, retain: false }, (fate) => {
      if (fate === 'forbidden') this.#isForbidden = true;
      this.pump();
    });
    this.#wait();
  }

  #wait(): void {
    this.#patience ??= this.#parts.clock.after('cloud acknowledges', ACKNOWLEDGED_WITHIN_MS, () => {
      this.#patience = null;
      this.#sent = 0;
      this.pump();
    });
  }

  /** As many of the rows as fit: one event alone, several as a list. */
  #batch(rows: readonly StoredRow[]): { readonly payload: string; readonly last: number } {
    const start = { session: this.#session ?? '', mono: this.#sinceMono };
    const texts: string[] = [];
    let bytes = 2;
    let last = 0;
    for (const row of rows) {
      const text = JSON.stringify(eventOf(row, this.#parts.identity, start));
      bytes += new TextEncoder().encode(text).length + 1;
      if (texts.length > 0 && bytes > BATCH_MAX_BYTES) break;
      texts.push(text);
      last = row.seq;
    }
    const [first = ''] = texts;
    return { payload: texts.length === 1 ? first : `[${texts.join(',')}]`, last };
  }

  /** Several commits of one moment are one batch. */
  #due(): void {
    if (this.#isDue || !this.#mayGo) return;
    this.#isDue = true;
    this.#parts.clock.after('outbox', 0, () => {
      this.#isDue = false;
      this.pump();
    });
  }
}
