import type {
  BrokerConnection,
  Fate,
  Incoming,
  OpenBroker,
  Outgoing,
  Parting,
} from '../../src/cloud/broker.ts';

const WAIT_MS = 10_000;
const LOOK_MS = 5;

/** One connection as a test sees it: what happened on it, and promises of what is to happen. */
export class Client {
  opened = 0;
  readonly messages: Incoming[] = [];
  parting: Parting | null = null;
  /** What to say of the next messages. */
  takes = true;
  readonly connection: BrokerConnection;

  constructor(open: OpenBroker, clientId: string, session = 'A') {
    const topic = `lockerd/v1/${clientId}/up/status`;
    const payload = JSON.stringify({ v: 1, k: clientId, state: 'lost', sess: session });
    this.connection = open(
      { clientId, will: { topic, payload, qos: 1, retain: true } },
      {
        opened: () => {
          this.opened += 1;
        },
        message: (message) => {
          this.messages.push(message);
          return this.takes;
        },
        closed: (parting) => {
          this.parting = parting;
        },
      },
    );
  }

  async isOpen(): Promise<this> {
    await until('the connection is open', () => this.opened > 0);
    return this;
  }

  subscribe(...topics: string[]): Promise<boolean> {
    return new Promise((resolve) => this.connection.subscribe(topics, resolve));
  }

  publish(message: Partial<Outgoing> & { readonly topic: string }): Promise<Fate> {
    return new Promise((resolve) =>
      this.connection.publish({ payload: 'x', qos: 1, retain: false, ...message }, resolve),
    );
  }
}

export async function until(what: string, isSo: () => boolean, limitMs = WAIT_MS): Promise<void> {
  for (let waitedMs = 0; !isSo(); waitedMs += LOOK_MS) {
    if (waitedMs > limitMs) throw new Error(`it never came to pass that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
