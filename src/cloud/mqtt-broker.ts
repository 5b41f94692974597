import type { IClientOptions, IPublishPacket, MqttClient } from 'mqtt';
import type {
  BrokerConnection,
  BrokerEvents,
  Fate,
  Hello,
  Incoming,
  OpenBroker,
  Outgoing,
  Parting,
} from './broker.ts';

interface BrokerSettings {
  /** `mqtts://host:port`, or `mqtt://…` on the machine itself. */
  readonly url: string;
  /** PEM texts; null without TLS. */
  readonly tls: { readonly cert: string; readonly key: string; readonly ca: string } | null;
}

const KEEPALIVE_S = 30;
const SESSION_EXPIRY_S = 900;
const WILL_DELAY_S = 20;
const RECEIVE_MAXIMUM = 10;
const PACKET_MAX_BYTES = 131_072;
const CONNECT_TIMEOUT_MS = 20_000;
const TAKEN_OVER = 0x8e;
/** The first reason codes of MQTT 5 that mean a refusal. */
const REFUSALS_FROM = 0x80;
/** Refused messages that are no better another time: not authorised, or a topic that is no name. */
const NOT_AUTHORISED = 0x87;
const NO_TOPIC = 0x90;

/**
 * Connections over MQTT 5. Each has a client of its own that never reconnects: the client's own
 * reconnecting stops for ever at a refusal, waits a fixed time, and resends what it kept before it
 * says that it is connected. The library is loaded with the first of them: a kiosk without a cloud
 * has no use for its 19 MB of memory.
 */
export function mqttBroker(settings: BrokerSettings): OpenBroker {
  return (hello, events) => new MqttConnection(settings, hello, events);
}

class MqttConnection implements BrokerConnection {
  /** Null until the library is loaded. */
  #client: MqttClient | null = null;
  readonly #events: BrokerEvents;
  #parting: Parting | null = null;
  #opened = false;
  #ended = false;

  constructor(settings: BrokerSettings, hello: Hello, events: BrokerEvents) {
    this.#events = events;
    import('mqtt').then(
      ({ connect }) => {
        if (!this.#ended) this.#begin(connect(settings.url, optionsOf(settings, hello)));
      },
      (error) => {
        this.#parting = { why: 'unreachable', detail: String(error) };
        this.#close();
      },
    );
  }

  #begin(client: MqttClient): void {
    const events = this.#events;
    this.#client = client;
    // Acknowledged when the callback is called without an error, so in here it must be kept.
    client.handleMessage = (packet, done) => {
      done(this.#ended || events.message(incoming(packet)) ? undefined : new Error('not kept'));
    };
    client.on('connect', ({ properties }) => {
      this.#opened = true;
      hurry(client);
      events.opened(properties?.receiveMaximum);
    });
    client.on('disconnect', ({ reasonCode = 0 }) => {
      if (reasonCode === TAKEN_OVER) this.#parting = { why: 'taken_over', detail: 'by another' };
      this.#close();
    });
    client.on('error', (error) => {
      const code = 'code' in error ? error.code : undefined;
      const why = typeof code === 'number' && code >= REFUSALS_FROM ? 'refused' : 'unreachable';
      this.#parting ??= { why: this.#opened ? 'lost' : why, detail: error.message };
      // A refused connection has no close of its own when its stream is gone already.
      if (why === 'refused') this.#close();
    });
    client.on('close', () => this.#close());
  }

  subscribe(topics: readonly string[], done: (granted: boolean) => void): void {
    this.#client?.subscribe([...topics], { qos: 1 }, (error, granted) => {
      if (!this.#ended) done(error === null && granted?.every(({ qos }) => qos === 1) === true);
    });
  }

  publish(message: Outgoing, done: (fate: Fate) => void): void {
    if (this.#ended) {
      done('lost');
      return;
    }
    const { topic, payload, qos, retain, expiryS } = message;
    const properties = expiryS === undefined ? {} : { messageExpiryInterval: expiryS };
    this.#client?.publish(topic, payload, { qos, retain, properties }, (error) => {
      if (!this.#ended) done(fateOf(error));
    });
  }

  end(inOrder: boolean): void {
    this.#parting ??= { why: 'lost', detail: 'left' };
    if (this.#client === null) this.#close();
    else this.#client.end(!inOrder, () => this.#close());
  }

  #close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#client?.end(true);
    const why = this.#opened ? 'lost' : 'unreachable';
    this.#events.closed(this.#parting ?? { why, detail: 'the connection closed' });
  }
}

/** Otherwise the system holds small packets back until the broker has confirmed those before. */
function hurry({ stream }: MqttClient): void {
  if ('setNoDelay' in stream && typeof stream.setNoDelay === 'function') stream.setNoDelay(true);
}

function optionsOf({ tls }: BrokerSettings, { clientId, will }: Hello): IClientOptions {
  const { topic, payload, qos, retain } = will;
  return {
    protocolVersion: 5,
    clientId,
    clean: false,
    keepalive: KEEPALIVE_S,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    properties: {
      sessionExpiryInterval: SESSION_EXPIRY_S,
      receiveMaximum: RECEIVE_MAXIMUM,
      maximumPacketSize: PACKET_MAX_BYTES,
    },
    will: {
      ...{ topic, qos, retain },
      payload: new TextEncoder().encode(payload) as Buffer,
      properties: { willDelayInterval: WILL_DELAY_S },
    },
    ...(tls && { ...tls, rejectUnauthorized: true }),
  };
}

function incoming(packet: IPublishPacket): Incoming {
  const { topic, payload, retain, properties } = packet;
  const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
  const { kid, sig } = properties?.userProperties ?? {};
  return { topic, payload: bytes, retained: retain, kid: one(kid), sig: one(sig) };
}

/** A property that is given twice is given by nobody. */
function one(value: string | readonly string[] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function fateOf(error: Error | null | undefined): Fate {
  if (error == null) return 'acknowledged';
  const code = 'code' in error ? error.code : undefined;
  return code === NOT_AUTHORISED || code === NO_TOPIC ? 'forbidden' : 'lost';
}
