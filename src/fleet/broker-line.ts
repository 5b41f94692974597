import { connect, type MqttClient } from 'mqtt';
import { FleetError } from './errors.ts';

/** How the broker is reached. */
export interface Broker {
  /** `mqtts://host:port`, or `mqtt://…` without TLS. */
  readonly url: string;
  /** PEM texts; null without TLS. */
  readonly tls: { readonly cert: string; readonly key: string; readonly ca: string } | null;
}

interface Signed {
  readonly topic: string;
  readonly payload: string;
  readonly expiryS: number;
  readonly kid: string;
  readonly sig: string;
}

type Receive = (topic: string, payload: Uint8Array) => void;

const CONNECT_MS_MAX = 10_000;

/** An operator's connection to the broker, for as long as one command runs. */
export class BrokerLine {
  readonly #client: MqttClient;
  readonly #url: string;
  readonly #lost: Promise<never>;

  private constructor(client: MqttClient, url: string) {
    this.#client = client;
    this.#url = url;
    this.#lost = new Promise((_resolve, reject) => {
      const why = (reason: string) => new FleetError('unreachable', `${url}: ${reason}`);
      client.once('error', (error) => reject(why(reasonOf(error))));
      client.once('close', () => reject(why('the broker closed the connection')));
    });
    // Whoever waits for something is told; who waits for nothing need not be.
    this.#lost.catch(() => {});
  }

  /** @throws FleetError when there is no broker, or it refuses. */
  static async open({ url, tls }: Broker, clientId: string): Promise<BrokerLine> {
    const client = connect(url, {
      ...{ protocolVersion: 5, clientId, clean: true, reconnectPeriod: 0 },
      ...{ connectTimeout: CONNECT_MS_MAX, ...tls },
    });
    const line = new BrokerLine(client, url);
    await line.orLost(new Promise<void>((opened) => client.once('connect', () => opened())));
    return line;
  }

  /** Waits for `awaited`. @throws FleetError when the connection ends before. */
  orLost<T>(awaited: Promise<T>): Promise<T> {
    return Promise.race([awaited, this.#lost]);
  }

  /** @throws FleetError when the broker lets us read none of it. */
  async hear(topics: readonly string[], receive: Receive): Promise<void> {
    this.#client.on('message', (topic, payload) => receive(topic, payload));
    const granted = await this.orLost(this.#client.subscribeAsync([...topics], { qos: 1 }));
    if (granted.every(({ qos }) => qos <= 2)) return;
    throw new FleetError(
      'unreachable',
      `${this.#url}: this user may not read ${topics.join(', ')}`,
    );
  }

  /** @throws FleetError when the broker does not take it. */
  async send({ topic, payload, expiryS, kid, sig }: Signed): Promise<void> {
    const properties = { messageExpiryInterval: expiryS, userProperties: { kid, sig } };
    try {
      await this.orLost(this.#client.publishAsync(topic, payload, { qos: 1, properties }));
    } catch (error) {
      if (error instanceof FleetError) throw error;
      throw new FleetError('unreachable', `${this.#url}: ${topic}: ${reasonOf(error as Error)}`);
    }
  }

  end(): void {
    this.#client.end(true);
  }
}

/** Several addresses that failed are one error without a text of its own. */
function reasonOf(error: Error): string {
  const [first] = error instanceof AggregateError ? (error.errors as Error[]) : [error];
  return first?.message ?? 'nobody answers';
}
