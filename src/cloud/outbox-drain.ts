import type { Clock, Timer } from '../control/ports.ts';
import type { Appended, Store } from '../control/store-port.ts';
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
const WINDOW_EVENTS = 1_000;
const BATCH_EVENTS_MAX = 64;
const BATCH_MAX_BYTES = 32_768;
/** Who says that it is there acknowledges within this time, or is sent everything again. */
const ACKNOWLEDGED_WITHIN_MS = 30_000;
/** Acknowledgements of this time are one commit: what a crash forgets of them is sent again. */
const COMMITTED_WITHIN_MS = 50;
const ACKED = 'cloud.acked';

interface Batch {
  readonly last: number;
  readonly count: number;
}

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
  /** The last event that was sent since {@link #afresh}. */
  #sent = 0;
  /** The last event that was acknowledged since then; the commit may be to come. */
  #heard = 0;
  /** Batches that were sent and not acknowledged. */
  #underWay: readonly Batch[] = [];
  /** On disk: everything up to this event was acknowledged. */
  #acked: number;
  #patience: Timer | null = null;
  #commit: Timer | null = null;
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

  /** The same, with what was heard a moment ago: a birth says no less than the cloud knows. */
  settled(): number {
    if (this.#commit !== null) this.#forget();
    return this.#acked;
  }

  /** Whether somebody is there who takes what is said, and knows of this connection. */
  get hasReader(): boolean {
    return this.#session !== null && this.#isConsumerThere;
  }

  /** The snapshots are out: now the events may follow. */
  opened(session: string): void {
    this.#session = session;
    this.#sinceMono = this.#parts.clock.monoMs();
    this.#isForbidden = false;
    this.#afresh();
    this.pump();
  }

  closed(): void {
    this.#session = null;
    this.#patience?.cancel();
    this.#patience = null;
    this.settled();
  }

  presence(isThere: boolean): void {
    // Who comes back may have lost what it had not acknowledged.
    if (isThere && !this.#isConsumerThere) this.#afresh();
    this.#isConsumerThere = isThere;
    this.pump();
  }

  /** Forgets what the cloud keeps. An acknowledgement of what was never written means nothing. */
  acknowledged({ ep, upto }: { readonly ep: string; readonly upto: number }): void {
    const { store, identity, clock } = this.#parts;
    const lastSeq = store.journal.head()?.seq ?? 0;
    // One that came again, or late, is no reason to be patient for longer.
    if (ep !== identity.epoch || upto > lastSeq || upto <= this.#heard) return;
    this.#heard = upto;
    this.#underWay = this.#underWay.filter(({ last }) => last > upto);
    this.#patience?.cancel();
    this.#patience = null;
    if (this.#underWay.length > 0) this.#wait();
    this.#commit ??= clock.after('outbox forgets', COMMITTED_WITHIN_MS, () => this.#forget());
    this.pump();
  }

  /** Sends events again that the consumer misses; gives how many. */
  replay(from: number, to: number): number {
    const count = this.#parts.store.transaction(() => this.#parts.store.outbox.again(from, to));
    this.#sent = Math.min(this.#sent, from - 1);
    this.#heard = Math.min(this.#heard, from - 1);
    this.#underWay = this.#underWay.filter(({ last }) => last < from);
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
      const unacknowledged = this.#underWay.reduce((sum, { count }) => sum + count, 0);
      const room = Math.min(BATCH_EVENTS_MAX, WINDOW_EVENTS - unacknowledged);
      const rows = room > 0 ? store.outbox.after(Math.max(this.#sent, this.#heard), room) : [];
      if (rows.length === 0) return;
      this.#send(rows);
    }
  }

  /** Everything that is not known to be with the cloud is sent again. */
  #afresh(): void {
    this.settled();
    [this.#sent, this.#heard, this.#underWay] = [0, 0, []];
  }

  #forget(): void {
    const { store, link } = this.#parts;
    this.#commit?.cancel();
    this.#commit = null;
    const upto = this.#heard;
    try {
      store.transaction(() => {
        store.outbox.prune(upto);
        if (upto > this.#acked) store.kept.put(ACKED, upto);
      });
      this.#acked = Math.max(this.#acked, upto);
    } catch {
      // The store has told of a disk that failed; on a full one the cloud is heard again later.
      link.drop('acknowledgements could not be kept');
    }
  }

  get #mayGo(): boolean {
    return this.#session !== null && this.#isConsumerThere && !this.#isForbidden;
  }

  #send(rows: readonly Appended[]): void {
    const { link, topic } = this.#parts;
    const { payload, ...batch } = this.#batch(rows);
    this.#sent = batch.last;
    this.#underWay = [...this.#underWay, batch];
    link.publish({ topic, payload, qos: 1, retain: false }, (fate) => {
      if (fate === 'forbidden') this.#isForbidden = true;
      this.pump();
    });
    this.#wait();
  }

  #wait(): void {
    this.#patience ??= this.#parts.clock.after('cloud acknowledges', ACKNOWLEDGED_WITHIN_MS, () => {
      this.#patience = null;
      this.#afresh();
      this.pump();
    });
  }

  /** As many of the rows as fit: one event alone, several as a list. */
  #batch(rows: readonly Appended[]): Batch & { readonly payload: string } {
    const start = { session: this.#session ?? '', mono: this.#sinceMono };
    const texts: string[] = [];
    let bytes = 2;
    let last = 0;
    for (const row of rows) {
      const text = JSON.stringify(eventOf(row, this.#parts.identity, start));
      bytes += Buffer.byteLength(text) + 1;
      if (texts.length > 0 && bytes > BATCH_MAX_BYTES) break;
      texts.push(text);
      last = row.seq;
    }
    const [first = ''] = texts;
    const payload = texts.length === 1 ? first : `[${texts.join(',')}]`;
    return { payload, last, count: texts.length };
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
