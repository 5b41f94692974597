import { createHash } from 'node:crypto';
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
import { type Birth, KioskView, type Result } from './kiosk-view.ts';
import { Messenger } from './messenger.ts';
import { Mouth } from './mouth.ts';
import { nearest } from './nearest.ts';
import type { OperatorKey } from './operator.ts';
import type { CloudPerson } from './people-table.ts';
import type { NotifyKey } from './sealer.ts';
import type { CloudMessage, CloudWire } from './wire.ts';

interface Parts {
  readonly wire: CloudWire;
  readonly clock: SimClock;
  readonly key: OperatorKey;
  /** Signs people and settings; without it none are sent. */
  readonly peopleKey?: OperatorKey;
  /** Has the cloud tell people; without it kiosks do so. */
  readonly notifyKey?: NotifyKey;
  readonly newId: () => string;
}

/** A gap that does not close by itself within this time is asked for. */
const GAP_MS = 5_000;

/**
 * The reference consumer: puts events in order, keeps each once, acknowledges what it keeps, asks
 * for what is missing, and holds a picture of every kiosk. Whatever is not by the contract throws.
 */
export class Consumer {
  readonly kiosks = new Map<string, KioskView>();
  /** Acknowledges so long after an event. */
  answersAfterMs = 0;
  /** Has its bad manners. */
  readonly mouth: Mouth;
  /** Told what has come, once it is taken. */
  onMessage: (kiosk: string, what: string, text: string) => void = () => {};
  /** Takes events and says nothing about them. */
  isSilent = false;
  /** Signs the commands. */
  key: OperatorKey;
  /** Tells people, where the cloud does. */
  readonly messenger: Messenger | null;
  readonly #parts: Parts;
  readonly #asked = new Set<string>();
  readonly #due = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.key = parts.key;
    this.messenger = parts.notifyKey === undefined ? null : new Messenger(parts.notifyKey);
    this.mouth = new Mouth(parts.wire, parts.clock);
  }

  start(): void {
    const { wire } = this.#parts;
    wire.subscribe(EVERY_KIOSK, (topic, payload) => this.#take(topic, payload));
    this.present(true);
  }

  /** Without its bad manners: who is there is not to be mistaken for who is gone. */
  present(isThere: boolean): void {
    const state: z.output<typeof CLOUD_PRESENCE.schema> = {
      v: 1,
      state: isThere ? 'online' : 'offline',
    };
    const { qos, retain } = CLOUD_PRESENCE;
    const message = { topic: CLOUD_STATUS, payload: JSON.stringify(state), qos, retain };
    if (!this.mouth.isAway) this.#parts.wire.publish(message);
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
    const topic = topicsOf(kiosk).command(t);
    this.#signed(this.key, { topic, payload, qos: 1, retain: false, expiryS: 300 });
  }

  /** Puts people into a kiosk's table, or takes them out, and says so. */
  changePeople(kiosk: string, put: readonly CloudPerson[], remove: readonly string[] = []): void {
    const view = this.view(kiosk);
    const { birth } = view;
    if (birth === null) throw new Error(`${kiosk} was never born: nobody knows its key`);
    const delta = view.people.change(put, remove, this.#addressee(kiosk, birth.box));
    this.#people(topicsOf(kiosk).people, delta, MESSAGES.people);
  }

  /** Says which settings are wanted: JSON text, kept by the broker. */
  setSettings(kiosk: string, rev: number, doc: string): void {
    const sha256 = createHash('sha256').update(doc).digest('hex');
    const desired: Message<'desired'> = { v: 1, rev, sha256, doc };
    this.#people(topicsOf(kiosk).desired, desired, MESSAGES.desired);
  }

  /** Everybody, in chunks. */
  sendAllPeople(kiosk: string): void {
    const { people, birth } = this.view(kiosk);
    for (const chunk of people.whole(this.#addressee(kiosk, birth?.box ?? ''))) {
      this.#people(topicsOf(kiosk).peopleFull, chunk, MESSAGES.peopleFull);
    }
  }

  #addressee(kiosk: string, box: string) {
    return { kiosk, box, tells: this.messenger === null };
  }

  #people(topic: string, said: object, { qos, retain, expiryS }: MessageKind): void {
    const { peopleKey } = this.#parts;
    if (peopleKey === undefined) return;
    const expires = expiryS === undefined ? {} : { expiryS };
    this.#signed(peopleKey, { topic, payload: JSON.stringify(said), qos, retain, ...expires });
  }

  #signed(key: OperatorKey, message: CloudMessage): void {
    const sig = key.sign(message.topic, message.payload);
    this.mouth.publish({ ...message, kid: key.kid, sig });
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
    if (view.isItself) view.heardAtMono = this.#parts.clock.monoMs();
    this.onMessage(kiosk, rest, payload);
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
      if (result.t === 'command.progress') view.progress.push(result);
      else if (cmd === null) view.refused.push(result);
      else view.results.set(cmd, [...(view.results.get(cmd) ?? []), text]);
    },
    tele: (view, text) => {
      view.telemetry = read(MESSAGES.tele, text);
    },
    cfg: (view, text) => {
      view.cfg = read(MESSAGES.cfg, text);
    },
    prov: (view, text) => {
      view.prov = read(MESSAGES.prov, text);
    },
    req: (view, text) => this.#answer(view, read(MESSAGES.req, text)),
  };

  /** Whoever was born knowing less than was said before is told it again. */
  #born(view: KioskView, birth: Birth): void {
    view.born(birth, this.#parts.clock.monoMs());
    if (birth.acked < view.upto) this.#acknowledge(birth.k, view);
    if (view.people.rev > 0 && birth.provRev !== view.people.rev) this.sendAllPeople(birth.k);
  }

  #answer(view: KioskView, question: Message<'req'>): void {
    const { t, id, k } = question;
    view.asked.push(t);
    if (t === 'prov.sync') this.sendAllPeople(k);
    const d = this.#known(view, question);
    if (d === null) return;
    const { qos, retain, expiryS } = MESSAGES.rep;
    const payload = JSON.stringify({ v: 1, id: this.#parts.newId(), t, re: id, d });
    this.#signed(this.key, { topic: topicsOf(k).reply(t), payload, qos, retain, expiryS });
  }

  /** What there is to answer; null is nothing at all. */
  #known(view: KioskView, question: Message<'req'>): Message<'rep'>['d'] | null {
    const { people } = view;
    switch (question.t) {
      case 'time':
        return { ts: timeText(this.#parts.clock.wallMs()) };
      case 'prov.sync':
        return { rev: people.rev };
      case 'custody.sync':
        return view.custody();
      case 'notice':
        return this.messenger?.tell(question, people) ?? null;
      case 'code.recover':
        return this.messenger && { person: this.messenger.whose(question, people) };
      case 'site.nearest':
        return { site: nearest([...this.kiosks.values()], view, question.d.size) };
    }
  }

  #event(view: KioskView, event: CloudEvent): void {
    view.take(event);
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
      this.mouth.publish({ topic, payload: JSON.stringify(ack), qos, retain });
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
