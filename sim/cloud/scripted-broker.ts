import type {
  BrokerEvents,
  Hello,
  Incoming,
  OpenBroker,
  Outgoing,
  Parting,
} from '../../src/cloud/broker.ts';
import type { SimClock } from '../clock.ts';

/** A message on its way through the broker, with what MQTT calls user properties. */
interface Message extends Outgoing {
  readonly kid?: string;
  readonly sig?: string;
}

type Receive = (message: Incoming) => void;

interface Session {
  readonly filters: Set<string>;
  /** Undefined while nobody is connected. */
  receive: ((message: Incoming) => boolean) | undefined;
  /** What nobody has acknowledged. */
  queue: Incoming[];
  will: Outgoing | null;
  leave: ((why?: Parting['why']) => void) | undefined;
}

const QUEUE_MAX = 1_000;
const WILL_DELAY_MS = 20_000;

/** An MQTT broker on the virtual clock: retained messages, sessions, wills, and a plug to pull. */
export class ScriptedBroker {
  /** Milliseconds that each packet takes. */
  latencyMs = 5;
  /** Whoever connects is sent away, as by a broker that knows no such client. */
  refuses = false;
  /** Topics that nobody may write. */
  forbidden: RegExp | null = null;
  /** Topics whose messages it acknowledges and loses. */
  loses: (topic: string) => boolean = () => false;
  /** How often a forbidden topic was tried. */
  forbade = 0;
  readonly #clock: SimClock;
  #isUp = true;
  #retained = new Map<string, Message>();
  #sessions = new Map<string, Session>();
  readonly #watchers = new Set<{ readonly filter: string; readonly receive: Receive }>();

  constructor(clock: SimClock) {
    this.#clock = clock;
  }

  /** The kiosk's way in. */
  readonly open: OpenBroker = (hello, events) => {
    const connection = new Connection(hello, events);
    this.#later(() => this.#admit(hello, connection));
    return {
      subscribe: (topics, done) =>
        this.#later(() => {
          if (!connection.isOpen) return;
          for (const topic of topics) this.#session(hello.clientId).filters.add(topic);
          done(true);
          for (const topic of topics) this.#tellRetained(topic, (m) => void connection.take(m));
          this.#bringQueued(hello.clientId);
        }),
      publish: (message, done) =>
        this.#later(() => {
          if (!connection.isOpen) return;
          const isForbidden = this.forbidden?.test(message.topic) === true;
          if (isForbidden) this.forbade += 1;
          else if (!this.loses(message.topic)) this.publish(message);
          this.#later(() => connection.isOpen && done(isForbidden ? 'forbidden' : 'acknowledged'));
        }),
      end: (inOrder) => this.#later(() => this.#left(hello.clientId, connection, inOrder)),
    };
  };

  /** Somebody else's message, or a kiosk's that arrived. */
  publish(message: Message): void {
    if (!this.#isUp) return;
    const { topic, payload, retain } = message;
    if (retain && payload === '') this.#retained.delete(topic);
    else if (retain) this.#retained.set(topic, message);
    const incoming = incomingOf(message, false);
    for (const { filter, receive } of this.#watchers) {
      if (isFor(filter, topic)) this.#later(() => receive(incoming));
    }
    for (const [id, session] of this.#sessions) {
      if (![...session.filters].some((filter) => isFor(filter, topic))) continue;
      if (message.qos === 1) session.queue = [...session.queue, incoming].slice(-QUEUE_MAX);
      this.#later(() => this.#bringQueued(id));
    }
  }

  /** Somebody who is always there, such as the consumer. Returns how to leave. */
  subscribe(filter: string, receive: Receive): () => void {
    const watcher = { filter, receive };
    this.#watchers.add(watcher);
    this.#tellRetained(filter, receive);
    return () => this.#watchers.delete(watcher);
  }

  retained(topic: string): string | null {
    return this.#retained.get(topic)?.payload ?? null;
  }

  /** Messages that the client has not acknowledged. */
  owed(clientId: string): number {
    return this.#sessions.get(clientId)?.queue.length ?? 0;
  }

  /** The network is gone: every connection breaks, and none comes to be. */
  cut(): void {
    this.#isUp = false;
    for (const session of this.#sessions.values()) session.leave?.();
  }

  restore(): void {
    this.#isUp = true;
  }

  /** Killed, its disk lost: nobody's session and nothing retained is left. */
  wipe(): void {
    this.cut();
    this.#retained = new Map();
    this.#sessions = new Map();
    this.restore();
  }

  /** Every session is forgotten, as after a long time; what is retained stays. */
  wipeSessions(): void {
    for (const session of this.#sessions.values()) session.leave?.();
    this.#sessions = new Map();
  }

  /** Another client of the same name throws this one out. */
  takeOver(clientId: string): void {
    this.#sessions.get(clientId)?.leave?.('taken_over');
  }

  #admit({ clientId, will }: Hello, connection: Connection): void {
    if (!this.#isUp || this.refuses) {
      connection.close(this.refuses ? 'refused' : 'unreachable');
      return;
    }
    const session = this.#session(clientId);
    session.leave?.('taken_over');
    session.will = will;
    session.receive = (message) => connection.take(message);
    session.leave = (why) => this.#left(clientId, connection, false, why);
    connection.opened();
  }

  #left(
    clientId: string,
    connection: Connection,
    inOrder: boolean,
    why: Parting['why'] = 'lost',
  ): void {
    const session = this.#sessions.get(clientId);
    const wasOpen = connection.isOpen;
    connection.close(why);
    if (session === undefined || !wasOpen) return;
    const { will } = session;
    session.receive = undefined;
    session.leave = undefined;
    session.will = null;
    if (inOrder || will === null) return;
    this.#clock.after('will', WILL_DELAY_MS, () => {
      if (session.receive === undefined) this.publish(will);
    });
  }

  #bringQueued(clientId: string): void {
    const session = this.#sessions.get(clientId);
    if (session?.receive === undefined) return;
    // What is not acknowledged stays for the next connection.
    session.queue = session.queue.filter((message) => session.receive?.(message) !== true);
  }

  #tellRetained(filter: string, receive: Receive): void {
    for (const message of this.#retained.values()) {
      if (isFor(filter, message.topic)) this.#later(() => receive(incomingOf(message, true)));
    }
  }

  #session(clientId: string): Session {
    const known = this.#sessions.get(clientId);
    if (known !== undefined) return known;
    const fresh: Session = {
      filters: new Set(),
      ...{ receive: undefined, queue: [], will: null, leave: undefined },
    };
    this.#sessions.set(clientId, fresh);
    return fresh;
  }

  #later(then: () => void): void {
    this.#clock.after('broker', this.latencyMs, then);
  }
}

/** One end of one connection. */
class Connection {
  readonly #events: BrokerEvents;
  isOpen = false;
  #isClosed = false;

  constructor(_hello: Hello, events: BrokerEvents) {
    this.#events = events;
  }

  opened(): void {
    if (this.#isClosed) return;
    this.isOpen = true;
    this.#events.opened();
  }

  take(message: Incoming): boolean {
    return this.isOpen && this.#events.message(message);
  }

  close(why: Parting['why']): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.isOpen = false;
    this.#events.closed({ why, detail: 'scripted' });
  }
}

function incomingOf({ topic, payload, kid, sig }: Message, retained: boolean): Incoming {
  const bytes = new TextEncoder().encode(payload);
  return { topic, payload: bytes, retained, kid: kid ?? null, sig: sig ?? null };
}

/** Whether a topic is one of the filter's, as MQTT defines `+` and `#`. */
function isFor(filter: string, topic: string): boolean {
  const [wanted, given] = [filter.split('/'), topic.split('/')];
  for (const [index, part] of wanted.entries()) {
    if (part === '#') return true;
    if (part !== '+' && part !== given[index]) return false;
  }
  return wanted.length === given.length;
}
