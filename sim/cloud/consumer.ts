import type { z } from 'zod';
import {
  CLOUD_PRESENCE,
  type CloudEvent,
  type COMMANDS,
  type CommandType,
  commandRules,
  MESSAGES,
  type Message,
  type MessageKind,
} from '../../src/cloud/messages.ts';
import { CLOUD_STATUS, EVERY_KIOSK, partsOf, topicsOf } from '../../src/cloud/topics.ts';
import type { SimClock } from '../clock.ts';
import type { OperatorKey } from './operator.ts';

/** What the consumer needs of a connection to the broker, real or scripted. */
export interface CloudWire {
  publish(message: CloudMessage): void;
  subscribe(filter: string, receive: (topic: string, payload: string) => void): void;
}

interface CloudMessage {
  readonly topic: string;
  readonly payload: string;
  readonly qos: 0 | 1;
  readonly retain: boolean;
  readonly expiryS?: number;
  readonly kid?: string;
  readonly sig?: string;
}

interface Parts {
  readonly wire: CloudWire;
  readonly clock: SimClock;
  readonly key: OperatorKey;
  readonly newId: () => string;
}

type Status = Message<'status'>;
type Result = Message<'res'>;

/** What the cloud knows of one kiosk. */
class KioskView {
  status: Status | null = null;
  /** The last birth, also after the kiosk has gone. */
  birth: Extract<Status, { state: 'ready' }> | null = null;
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
}

/** A gap that does not close by itself within this time is asked for. */
const GAP_MS = 5_000;
const EARLY_MAX = 1_000;

/**
 * The reference consumer: puts events in order, keeps each once, acknowledges what it keeps, asks
 * for what is missing, and holds a picture of every kiosk. Whatever is not by the contract throws.
 */
export class Consumer {
  readonly kiosks = new Map<string, KioskView>();
  /** Acknowledges so long after an event. */
  answersAfterMs = 0;
  /** Takes events and says nothing about them. */
  isSilent = false;
  /** Signs the commands. */
  key: OperatorKey;
  readonly #parts: Parts;
  readonly #asked = new Set<string>();
  readonly #due = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.key = parts.key;
  }

  start(): void {
    const { wire } = this.#parts;
    wire.subscribe(EVERY_KIOSK, (topic, payload) => this.#take(topic, payload));
    this.present(true);
  }

  present(isThere: boolean): void {
    const state: z.output<typeof CLOUD_PRESENCE.schema> = {
      v: 1,
      state: isThere ? 'online' : 'offline',
    };
    const { qos, retain } = CLOUD_PRESENCE;
    this.#parts.wire.publish({ topic: CLOUD_STATUS, payload: JSON.stringify(state), qos, retain });
  }

  view(kiosk: string): KioskView {
    const known = this.kiosks.get(kiosk);
    if (known !== undefined) return known;
    const fresh = new KioskView();
    this.kiosks.set(kiosk, fresh);
    return fresh;
  }

  /** Signs and sends a command; gives its id. */
  send<T extends CommandType>(
    kiosk: string,
    t: T,
    d: z.input<(typeof COMMANDS)[T]>['d'],
    change: Readonly<Record<string, unknown>> = {},
  ): string {
    const { clock, newId } = this.#parts;
    const now = clock.wallMs();
    const id = newId();
    const sess = this.view(kiosk).birth?.sess;
    const command = {
      ...{ v: 1, id, t, k: kiosk },
      ts: timeText(now),
      exp: timeText(now + commandRules(t).expiryS * 1_000),
      ...(sess !== undefined && { sess }),
      d,
      ...change,
    };
    this.sendText(kiosk, t, JSON.stringify(command));
    return id;
  }

  sendText(kiosk: string, t: string, payload: string): void {
    const { key } = this;
    const { wire } = this.#parts;
    const topic = topicsOf(kiosk).command(t);
    const sig = key.sign(topic, payload);
    wire.publish({ topic, payload, qos: 1, retain: false, expiryS: 300, kid: key.kid, sig });
  }

  /** The one terminal result of a command, or null while there is none. */
  resultOf(kiosk: string, id: string): Result['d'] | null {
    const [text] = this.view(kiosk).results.get(id) ?? [];
    return text === undefined ? null : (JSON.parse(text) as Result).d;
  }

  #take(topic: string, payload: string): void {
    const { kiosk, rest } = partsOf(topic) ?? { kiosk: '', rest: '' };
    const view = this.view(kiosk);
    const [, first = ''] = rest.split('/');
    const take = this.#takers[first];
    if (take === undefined) throw new Error(`no kiosk may write ${topic}`);
    take(view, payload, rest);
  }

  readonly #takers: Readonly<
    Record<string, (view: KioskView, text: string, rest: string) => void>
  > = {
    status: (view, text) => {
      view.status = read(MESSAGES.status, text);
      if (view.status.state === 'ready') this.#born(view, view.status);
    },
    avail: (view, text) => {
      view.avail = read(MESSAGES.avail, text);
    },
    locker: (view, text) => {
      const locker = read(MESSAGES.locker, text);
      view.lockers.set(locker.locker, locker);
    },
    alert: (view, text, rest) => {
      const id = rest.slice('up/alert/'.length);
      if (text === '') view.alerts.delete(id);
      else view.alerts.set(id, read(MESSAGES.alert, text));
    },
    evt: (view, text) => {
      const events = read(MESSAGES.evt, text);
      for (const event of Array.isArray(events) ? events : [events]) this.#event(view, event);
    },
    res: (view, text) => {
      const result = read(MESSAGES.res, text);
      const { cmd } = result.d;
      if (cmd === null) view.refused.push(result);
      else view.results.set(cmd, [...(view.results.get(cmd) ?? []), text]);
    },
    tele: (view, text) => {
      view.telemetry = read(MESSAGES.tele, text);
    },
    cfg: (_view, text) => void read(MESSAGES.cfg, text),
    prov: (_view, text) => void read(MESSAGES.prov, text),
    req: (_view, text) => void read(MESSAGES.req, text),
  };

  /** Another epoch: the database was made or restored, and its numbers are others. */
  #born(view: KioskView, birth: Extract<Status, { state: 'ready' }>): void {
    view.birth = birth;
    if (view.epoch === birth.ep) return;
    view.epoch = birth.ep;
    view.upto = birth.acked;
    view.early.clear();
  }

  #event(view: KioskView, event: CloudEvent): void {
    if (view.epoch === '') [view.epoch, view.upto] = [event.ep, event.seq - 1];
    if (event.ep !== view.epoch) return;
    if (event.seq <= view.upto || view.early.has(event.seq)) view.repeated += 1;
    else if (view.early.size < EARLY_MAX) view.early.set(event.seq, event);
    for (;;) {
      const next = view.early.get(view.upto + 1);
      if (next === undefined) break;
      view.early.delete(next.seq);
      view.events.push(next);
      view.upto = next.seq;
    }
    if (view.early.size > 0) this.#watchGap(event.k, view);
    this.#acknowledge(event.k, view);
  }

  /** One acknowledgement for all that came in one moment. */
  #acknowledge(kiosk: string, view: KioskView): void {
    if (this.isSilent || this.#due.has(kiosk)) return;
    this.#due.add(kiosk);
    this.#parts.clock.after('acknowledge', this.answersAfterMs, () => {
      this.#due.delete(kiosk);
      const ack: Message<'ack'> = { v: 1, ep: view.epoch, upto: view.upto };
      const { qos, retain } = MESSAGES.ack;
      const topic = topicsOf(kiosk).ack;
      this.#parts.wire.publish({ topic, payload: JSON.stringify(ack), qos, retain });
    });
  }

  #watchGap(kiosk: string, view: KioskView): void {
    if (this.#asked.has(kiosk)) return;
    this.#asked.add(kiosk);
    this.#parts.clock.after('gap', GAP_MS, () => {
      this.#asked.delete(kiosk);
      if (view.early.size === 0) return;
      const to = Math.min(...view.early.keys()) - 1;
      this.send(kiosk, 'replay', { ep: view.epoch, from: view.upto + 1, to });
    });
  }
}

function read<Kind extends MessageKind>(
  { schema, topic }: Kind,
  text: string,
): z.output<Kind['schema']> {
  const { data, error } = schema.safeParse(JSON.parse(text));
  if (error === undefined) return data as z.output<Kind['schema']>;
  throw new Error(`${topic} is not by the contract: ${error.message}: ${text}`);
}

const timeText = (wallMs: number): string => new Date(wallMs).toISOString();
