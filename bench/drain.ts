import { join } from 'node:path';
import { connect } from 'mqtt';
import { LocalBroker } from '../sim/cloud/local-broker.ts';
import { seededRandom } from '../sim/random.ts';
import type { Incoming, OpenBroker } from '../src/cloud/broker.ts';
import { Link } from '../src/cloud/link.ts';
import { mqttBroker } from '../src/cloud/mqtt-broker.ts';
import { OutboxDrain } from '../src/cloud/outbox-drain.ts';
import { topicsOf } from '../src/cloud/topics.ts';
import { openSeal } from '../src/platform/audit-key.ts';
import { systemClock } from '../src/platform/clock.ts';
import { systemRandom } from '../src/platform/random.ts';
import { type OpenStore, openStore } from '../src/store/open-store.ts';
import { fillStore } from './filled-store.ts';
import { freshFolder } from './folder.ts';
import { Peer } from './peer.ts';
import { atLeast, median, type Row } from './row.ts';
import type { Say } from './say.ts';
import { siteConfig } from './site-file.ts';

const EVENTS = 10_000;
const ROUNDS = 7;
/** Of what raw publishing reaches with the same batches and packets in flight. */
const SHARE_MIN = 0.8;
const AGAIN_MS = 500;
const KIOSK = 'BENCH';
const BUS = { family: 'line', baud: 115_200, channels: 16, boards: 1, port: 'bus0' } as const;

/** The outbox, drained by the kiosk's own link to a consumer that acknowledges, and raw mqtt.js. */
export async function drain(say: Say): Promise<Row[]> {
  const folder = freshFolder('drain');
  const config = siteConfig({ folder, buses: [BUS], idlePollMs: 250, graceSeconds: 60 });
  fillStore(config, EVENTS);
  const seal = openSeal(config.keys.audit, false);
  const store = openStore(config.database.path, seal, seededRandom(1));
  const broker = await LocalBroker.start(join(folder, 'broker'));
  let isReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const consumer = new Peer<'ready'>('bench/ack-child.ts', [broker.url], () => isReady());
  await ready;
  const [drained, raw, heard, singles]: [number[], number[], number[], number[]] = [[], [], [], []];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const run = await drainAll(store, broker.url, `${KIOSK}${round}`);
      drained.push(perSecond(run.tookMs));
      const same = await publishRaw(broker.url, `RAW${round}`, run.batches, run.inFlight);
      raw.push(perSecond(same.tookMs));
      heard.push(perSecond(same.heardMs));
      const alone = run.batches.flatMap((batch) => [JSON.parse(batch)].flat());
      const texts = alone.map((event) => JSON.stringify(event));
      const single = await publishRaw(broker.url, `ONE${round}`, texts, run.inFlight);
      singles.push(perSecond(single.tookMs));
      say(`${run.batches.length} batches, ${run.inFlight} packets in flight at most`);
    }
  } finally {
    await consumer.stop();
    await broker.down();
    store.close();
  }
  const row = (peer: string, rates: readonly number[]): Row => {
    const limit = median(rates) * SHARE_MIN;
    return atLeast(`outbox, beside mqtt.js with ${peer}`, median(drained), 'events/s', limit);
  };
  return [
    row('the same batches', raw),
    row('the same batches and acknowledgements', heard),
    row('single events', singles),
  ];
}

const perSecond = (tookMs: number): number => (EVENTS * 1_000) / tookMs;

interface Run {
  readonly tookMs: number;
  readonly batches: readonly string[];
  readonly inFlight: number;
}

/**
 * All events anew, from the first packet until the consumer has acknowledged the last one. Each
 * time by a kiosk of another name: the broker would bring what it owed the one before.
 */
function drainAll(store: OpenStore, url: string, kiosk: string): Promise<Run> {
  store.transaction(() => store.outbox.again(1, EVENTS));
  const [clock, random] = [systemClock(), systemRandom()];
  const topics = topicsOf(kiosk);
  const tap = tapped(mqttBroker({ url, tls: null }), topics.evt);
  const will = { topic: topics.status, payload: '{}', qos: 1, retain: false } as const;
  const link = new Link({
    ...{ clock, random, open: tap.open, newId: () => 'bench', topics: [topics.ack] },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    hello: () => ({ clientId: kiosk, will }),
  });
  const identity = {
    ...{ kiosk, epoch: store.epoch, boot: 'bench' },
    clockState: () => 'synced' as const,
  };
  const outbox = new OutboxDrain({ store, clock, link, identity, topic: topics.evt });
  let fromMs = 0;
  return new Promise((resolve) => {
    link.start({
      opened: (session) => {
        outbox.opened(session);
        fromMs = performance.now();
        outbox.presence(true);
      },
      message: ({ payload }: Incoming) => {
        const ack = JSON.parse(Buffer.from(payload).toString('utf8'));
        outbox.acknowledged(ack);
        if (ack.upto < EVENTS) return true;
        // What was acknowledged last is committed with it.
        outbox.closed();
        const tookMs = performance.now() - fromMs;
        const { batches, inFlight } = tap;
        link.stop(null, () => resolve({ tookMs, batches, inFlight }));
        return true;
      },
      closed: () => {},
      hasRoom: () => outbox.hasRoom(),
      alarm: (what, isActive) => {
        if (isActive) throw new Error(what);
      },
    });
  });
}

/** Remembers what is published there, and how many packets were in flight at most. */
function tapped(open: OpenBroker, topic: string) {
  const tap = { batches: [] as string[], inFlight: 0, open };
  let now = 0;
  tap.open = (hello, events) => {
    const connection = open(hello, events);
    return {
      ...{ subscribe: connection.subscribe.bind(connection), end: connection.end.bind(connection) },
      publish: (message, done) => {
        if (message.topic !== topic) return connection.publish(message, done);
        tap.batches.push(message.payload);
        now += 1;
        tap.inFlight = Math.max(tap.inFlight, now);
        connection.publish(message, (fate) => {
          now -= 1;
          done(fate);
        });
      },
    };
  };
  return tap;
}

/**
 * The same payloads, with so many packets in flight: until the broker has the last one, and until
 * the consumer has acknowledged it, for the next run begins with a consumer that has caught up.
 */
async function publishRaw(
  url: string,
  kiosk: string,
  payloads: readonly string[],
  inFlight: number,
): Promise<{ readonly tookMs: number; readonly heardMs: number }> {
  const client = connect(url, { protocolVersion: 5, clientId: kiosk, clean: true });
  const { evt, ack } = topicsOf(kiosk);
  await new Promise<void>((resolve) => client.once('connect', () => resolve()));
  const { stream } = client;
  if ('setNoDelay' in stream && typeof stream.setNoDelay === 'function') stream.setNoDelay();
  await client.subscribeAsync(ack, { qos: 1 });
  const fromMs = performance.now();
  const heard = new Promise<number>((resolve) => {
    client.on('message', (_topic, payload) => {
      const { upto } = JSON.parse(payload.toString('utf8'));
      if (upto >= EVENTS) resolve(performance.now() - fromMs);
    });
  });
  let next = 0;
  const sendOn = async (): Promise<void> => {
    for (let payload = payloads[next]; payload !== undefined; payload = payloads[next]) {
      next += 1;
      await client.publishAsync(evt, payload, { qos: 1 });
    }
  };
  await Promise.all(Array.from({ length: inFlight }, sendOn));
  const tookMs = performance.now() - fromMs;
  // A broker that is brought events faster than the consumer takes them drops the last ones.
  const again = setInterval(() => client.publish(evt, payloads.at(-1) ?? '', { qos: 1 }), AGAIN_MS);
  const heardMs = await heard;
  clearInterval(again);
  await client.endAsync(true);
  return { tookMs, heardMs };
}
