import type { Clock, Log, Random, Timer } from '../control/ports.ts';
import { BackOff } from './back-off.ts';
import type {
  BrokerConnection,
  Fate,
  Hello,
  Incoming,
  OpenBroker,
  Outgoing,
  Parting,
} from './broker.ts';

interface Parts {
  readonly open: OpenBroker;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly newId: () => string;
  /** What to say at the connection of a session, its will with it. */
  readonly hello: (session: string) => Hello;
  /** What to say while the kiosk does not serve yet; without it, it serves from the start. */
  readonly init?: (session: string) => Outgoing;
  readonly topics: readonly string[];
}

/** Those who speak over the link. */
export interface LinkUser {
  /** Subscribed: now comes the birth, then the snapshots, then the outbox. */
  opened(session: string): void;
  /** True when the message is kept, or is to be forgotten. */
  message(message: Incoming): boolean;
  closed(): void;
  /** A packet has arrived, so that there is room for the next one. */
  hasRoom(): void;
  alarm(what: LinkAlarm, isActive: boolean): void;
}

export type LinkAlarm = 'link.refused' | 'link.taken_over' | 'link.forbidden';

type Done = (fate: Fate) => void;

/** Packets that wait for the broker's acknowledgement; the rest waits here (MQTT's own limit). */
const PACKETS_MAX = 8;
/** Results go before everything else, and a part of the places is always theirs. */
const URGENT_PART = 4;
const WAITING_MAX = 256;
const END_MS = 3_000;
/** Whoever was thrown out is thrown out again sooner than this. */
const SOUND_AFTER_MS = 10_000;

/** Keeps one connection to the broker, and its own window: mqtt.js knows none. */
export class Link {
  readonly #parts: Parts;
  readonly #backOff: BackOff;
  #user: LinkUser | null = null;
  #connection: BrokerConnection | null = null;
  #session: string | null = null;
  #isServing: boolean;
  /** Of a connection on which nothing but `init` was said. */
  #early: string | null = null;
  #openedAtMono = 0;
  #retry: Timer | null = null;
  #sound: Timer | null = null;
  #onEnd: (() => void) | null = null;
  #underWay = 0;
  /** What the broker bears, and never more than we want ourselves. */
  #packetsMax = PACKETS_MAX;
  #urgent: { message: Outgoing; done: Done }[] = [];
  #waiting: { message: Outgoing; done: Done }[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#isServing = parts.init === undefined;
    this.#backOff = new BackOff(parts.random);
  }

  /** Connects. Until {@link serve} it takes what comes, and says nothing but that it is there. */
  start(user: LinkUser): void {
    this.#user = user;
    this.#connect();
  }

  serve(): void {
    this.#isServing = true;
    if (this.#early !== null) this.#begin(this.#early);
  }

  /** The session of the connection that stands, or null. */
  get session(): string | null {
    return this.#session;
  }

  /** Whether another packet of the outbox may go now. */
  get hasRoom(): boolean {
    return this.#session !== null && this.#underWay + this.#waiting.length < this.#placesFor(false);
  }

  /** Sends when its turn comes; nothing is kept beyond this connection. */
  publish(message: Outgoing, done: Done = () => {}, isUrgent = false): void {
    const queue = isUrgent ? this.#urgent : this.#waiting;
    if (this.#session === null || queue.length >= WAITING_MAX) {
      done('lost');
      return;
    }
    queue.push({ message, done });
    this.#pump();
  }

  /** Ends the connection because it is not sound; another one follows. */
  drop(why: string): void {
    this.#parts.log.warn('cloud link dropped', { why });
    this.#connection?.end(false);
  }

  /** Says `last` and leaves for good; `done` is called once, after a limited time. */
  stop(last: ((session: string) => Outgoing) | null, done: () => void): void {
    this.#retry?.cancel();
    const [connection, session] = [this.#connection, this.#session ?? this.#early];
    this.#user = null;
    if (connection === null) {
      done();
      return;
    }
    let isOver = false;
    const over = () => {
      if (isOver) return;
      isOver = true;
      limit.cancel();
      done();
    };
    const limit = this.#parts.clock.after('cloud link ends', END_MS, () => {
      connection.end(false);
      over();
    });
    this.#onEnd = over;
    if (session === null || last === null) connection.end(false);
    else connection.publish(last(session), () => connection.end(true));
  }

  #connect(): void {
    const { open, clock, newId, hello, init, log, topics } = this.#parts;
    const session = newId();
    this.#retry = null;
    this.#openedAtMono = 0;
    const connection = open(hello(session), {
      opened: (receiveMax = PACKETS_MAX) => {
        this.#openedAtMono = clock.monoMs();
        this.#packetsMax = Math.min(PACKETS_MAX, Math.max(1, receiveMax));
        connection.subscribe(topics, (granted) => {
          if (!granted) {
            connection.end(false);
            return;
          }
          log.info('cloud link open', { session });
          this.#sound = clock.after('cloud link is sound', SOUND_AFTER_MS, () => {
            this.#user?.alarm('link.taken_over', false);
          });
          this.#early = session;
          if (this.#isServing || init === undefined) this.#begin(session);
          else connection.publish(init(session), () => {});
        });
      },
      message: (message) => this.#user?.message(message) ?? false,
      closed: (parting) => this.#closed(parting),
    });
    this.#connection = connection;
  }

  #begin(session: string): void {
    [this.#session, this.#early] = [session, null];
    this.#user?.alarm('link.refused', false);
    this.#user?.opened(session);
  }

  #closed(parting: Parting): void {
    const { clock, log } = this.#parts;
    const livedMs = this.#openedAtMono === 0 ? 0 : clock.monoMs() - this.#openedAtMono + 1;
    const dropped = [...this.#urgent, ...this.#waiting];
    this.#sound?.cancel();
    [this.#connection, this.#session, this.#early, this.#underWay] = [null, null, null, 0];
    [this.#urgent, this.#waiting] = [[], []];
    for (const { done } of dropped) done('lost');
    if (this.#user === null) {
      this.#onEnd?.();
      return;
    }
    this.#user.closed();
    const { delayMs, alarm } = this.#backOff.after(parting, livedMs);
    log.info('cloud link closed', { ...parting, livedMs, retryInMs: delayMs });
    if (alarm !== null) this.#user.alarm(alarm, true);
    this.#retry = clock.after('cloud link', delayMs, () => this.#connect());
  }

  #placesFor(isUrgent: boolean): number {
    const most = this.#packetsMax;
    return isUrgent ? most : most - Math.floor(most / URGENT_PART);
  }

  #pump(): void {
    const connection = this.#connection;
    while (
      connection !== null &&
      this.#session !== null &&
      this.#underWay < this.#placesFor(true)
    ) {
      const isFull = this.#underWay >= this.#placesFor(false);
      const next = this.#urgent.shift() ?? (isFull ? undefined : this.#waiting.shift());
      if (next === undefined) return;
      this.#send(connection, next.message, next.done);
    }
  }

  #send(connection: BrokerConnection, message: Outgoing, done: Done): void {
    const session = this.#session;
    this.#underWay += 1;
    connection.publish(message, (fate) => {
      if (this.#session !== session) return;
      this.#underWay -= 1;
      // Forbidden once is forbidden until somebody changes the broker: no retry.
      if (fate === 'forbidden') this.#user?.alarm('link.forbidden', true);
      done(fate);
      this.#pump();
      if (this.hasRoom) this.#user?.hasRoom();
    });
  }
}
