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
  /** Questions that were asked, by kind. */
  readonly asked: string[] = [];

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
      this.events.push(next);
      this.upto = next.seq;
    }
  }

  /** Another epoch: the database was made or restored, and its numbers are others. */
  born(birth: Birth): void {
    this.birth = birth;
    if (this.epoch === birth.ep) return;
    this.epoch = birth.ep;
    this.upto = birth.acked;
    this.early.clear();
  }
}

const EARLY_MAX = 1_000;
