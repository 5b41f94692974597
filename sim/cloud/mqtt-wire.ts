import { connect, type MqttClient } from 'mqtt';
import type { CloudWire } from './wire.ts';

interface WireSettings {
  /** `mqtts://host:port`. */
  readonly url: string;
  /** PEM texts; without them the broker asks for none. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca: string };
  readonly clientId: string;
  /** What the broker says for us when we are gone. */
  readonly will?: { readonly topic: string; readonly payload: string };
}

const RECONNECT_MS = 1_000;

/** The consumer's connection to a real broker. */
export class MqttWire implements CloudWire {
  readonly client: MqttClient;
  readonly #receivers: ((topic: string, payload: string) => void)[] = [];
  readonly #filters = new Set<string>();
  /** Called on each connection, once what was asked for is heard. */
  whenHeard: () => void = () => {};

  constructor({ url, tls, clientId, will }: WireSettings) {
    this.client = connect(url, {
      protocolVersion: 5,
      clientId,
      clean: false,
      properties: { sessionExpiryInterval: 86_400 },
      reconnectPeriod: RECONNECT_MS,
      reconnectOnConnackError: true,
      resubscribe: false,
      ...(will && { will: { ...will, payload: Buffer.from(will.payload), qos: 1, retain: true } }),
      ...tls,
    });
    this.client.on('error', () => {});
    this.client.on('connect', () => {
      this.#subscribe();
      const { stream } = this.client;
      // Commands must not wait until the broker has confirmed what went before.
      if ('setNoDelay' in stream && typeof stream.setNoDelay === 'function') stream.setNoDelay();
    });
    this.client.on('message', (topic, payload) => {
      for (const receive of this.#receivers) receive(topic, payload.toString('utf8'));
    });
  }

  subscribe(filter: string, receive: (topic: string, payload: string) => void): void {
    this.#receivers.push(receive);
    this.#filters.add(filter);
    if (this.client.connected) this.#subscribe();
  }

  /** A broker that was wiped knows nothing of it any more. */
  #subscribe(): void {
    if (this.#filters.size === 0) return;
    this.client.subscribe([...this.#filters], { qos: 1 }, () => this.whenHeard());
  }

  publish({ topic, payload, qos, retain, expiryS, kid, sig }: Parameters<CloudWire['publish']>[0]) {
    this.client.publish(topic, payload, {
      ...{ qos, retain },
      properties: {
        ...(expiryS !== undefined && { messageExpiryInterval: expiryS }),
        ...(kid !== undefined && sig !== undefined && { userProperties: { kid, sig } }),
      },
    });
  }

  /** Gone without a word, as a consumer that hangs; the broker keeps what comes for it. */
  pause(): void {
    this.client.options.reconnectPeriod = 0;
    this.client.stream.destroy();
  }

  resume(): Promise<void> {
    this.client.options.reconnectPeriod = RECONNECT_MS;
    this.client.reconnect();
    return new Promise((resolve) => this.client.once('connect', () => resolve()));
  }

  /** Sends what waits, and leaves in order. */
  leave(done: () => void): void {
    this.client.end(false, done);
  }

  end(): void {
    this.client.end(true);
  }
}
