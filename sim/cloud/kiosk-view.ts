import type { CloudEvent, Message } from '../../src/cloud/messages.ts';
import { PeopleTable } from './people-table.ts';

type Status = Message<'status'>;
export type Birth = Extract<Status, { state: 'ready' }>;
export type Result = Message<'res'>;

/** What the cloud knows of one kiosk. */
export class KioskView {
  status: Status | null = null;
  /** The last birth, also after the kiosk has gone. */
  birth: Birth | null = null;
  avail: Message<'avail'> | null = null;
  readonly lockers = new Map<string, Message<'locker'>>();
  readonly alerts = new Map<string, Message<'alert'>>();
  telemetry: Message<'tele'> | null = null;
  /** In order, each once. */
  readonly events: CloudEvent[] = [];
  /** By the command's id: every terminal result that came, as it came. */
  readonly results = new Map<string, string[]>();
  readonly refused: Result[] = [];
  /** Of commands that took their time. */
  readonly progress: Result[] = [];
  repeated = 0;
  /** Events that came before one that is missing. */
  readonly early = new Map<number, CloudEvent>();
  epoch = '';
  /** Every event up to this one is in `events`. */
  upto = 0;
  /** Whom the operator wants there, and what is in force. */
  readonly people = new PeopleTable();
  prov: Message<'prov'> | null = null;
  cfg: Message<'cfg'> | null = null;
  /** When it was heard last, before the birth that counts now. */
  heardAtMono = 0;
  /** Whether nothing that a former life of its database did can have been missed. */
  isWholePast = true;
  /** Questions that were asked, by kind. */
  readonly asked: string[] = [];

  /** It serves and speaks: a will is the broker's word, and `init` may be that of a new life. */
  get isItself(): boolean {
    return this.status?.state === 'ready' || this.status?.state === 'offline';
  }

  readonly #had = new Set<string>();

  /** Takes one event; what is missing before it is waited for. */
  take(event: CloudEvent): void {
    if (this.epoch === '') [this.epoch, this.upto] = [event.ep, event.seq - 1];
    if (event.ep !== this.epoch) return;
    if (event.seq <= this.upto || this.early.has(event.seq)) this.repeated += 1;
    else if (this.early.size < EARLY_MAX) this.early.set(event.seq, event);
    for (;;) {
      const next = this.early.get(this.upto + 1);
      if (next === undefined) return;
      this.early.delete(next.seq);
      this.upto = next.seq;
      // A restored kiosk tells in its new epoch what it may have told in the one before.
      if (this.#had.has(next.id)) continue;
      this.#had.add(next.id);
      this.events.push(next);
    }
  }

  /** Another epoch: the database was made or restored, and its numbers are others. */
  born(birth: Birth, nowMono: number): void {
    this.birth = birth;
    if (this.epoch === birth.ep) return;
    const wasHeard = this.epoch === '' || nowMono - this.heardAtMono < SILENT_MAX_MS;
    this.isWholePast &&= wasHeard && this.early.size === 0;
    this.epoch = birth.ep;
    this.upto = birth.acked;
    this.early.clear();
  }

  /**
   * What lies where by all events that came, of the slots of which the last word is certain: no
   * door was about to open when the kiosk was heard last.
   */
  custody(): { slots: Record<string, string | null>; retrieved: string[] } {
    const slots: Record<string, string | null> = {};
    const retrieved: string[] = [];
    if (!this.isWholePast) return { slots, retrieved };
    for (const { t, d } of this.events) {
      if (d.slot === undefined) continue;
      if (t === 'intent.armed') delete slots[d.slot];
      if (t === 'parcel.stored') slots[d.slot] = d.parcel ?? null;
      if (ENDS.has(t)) slots[d.slot] = null;
      if (t === 'parcel.retrieved' && d.parcel !== undefined) retrieved.push(d.parcel);
    }
    return { slots, retrieved };
  }
}

const EARLY_MAX = 1_000;
/** A kiosk that said nothing for longer may have been at work without a link. */
const SILENT_MAX_MS = 300_000;
const ENDS: ReadonlySet<string> = new Set([
  'parcel.retrieved',
  'parcel.recalled',
  'parcel.missing',
]);
