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
const ROUNDS = 3;
/** Of what raw publishing reaches with the same batches and packets in flight. */
const SHARE_MIN = 0.8;
const KIOSK = 'BENCH';
const RAW = 'RAW';
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
  const [drained, raw, singles]: [number[], number[], number[]] = [[], [], []];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const run = await drainAll(store, broker.url, `${KIOSK}${round}`);
      drained.push(perSecond(run.tookMs));
      raw.push(perSecond(await publishRaw(broker.url, run.batches, run.inFlight)));
      const alone = run.batches.flatMap((batch) => [JSON.parse(batch)].flat());
      const texts = alone.map((event) => JSON.stringify(event));
      singles.push(perSecond(await publishRaw(broker.url, texts, run.inFlight)));
      say(`${run.batches.length} batches, ${run.inFlight} packets in flight at most`);
    }
  } finally {
    await consumer.stop();
    await broker.down();
    store.close();
  }
  const [one, two] = [median(raw) * SHARE_MIN, median(singles) * SHARE_MIN];
  return [
    atLeast('outbox, beside mqtt.js with the same batches', median(drained), 'events/s', one),
    atLeast('outbox, beside mqtt.js with single events', median(drained), 'events/s', two),
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
        const tookMs = performance.now() - fromMs;
        const { batches, inFlight } = tap;
        outbox.closed();
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

/** The same payloads, with so many packets in flight, until the last is acknowledged. */
function publishRaw(url: string, payloads: readonly string[], inFlight: number): Promise<number> {
  const client = connect(url, { protocolVersion: 5, clientId: RAW, clean: true });
  const { evt } = topicsOf(RAW);
  return new Promise((resolve) => {
    client.once('connect', () => {
      const { stream } = client;
      if ('setNoDelay' in stream && typeof stream.setNoDelay === 'function') stream.setNoDelay();
      const fromMs = performance.now();
      let [next, acknowledged] = [0, 0];
      const send = (): void => {
        const payload = payloads[next];
        if (payload === undefined) return;
        next += 1;
        client.publish(evt, payload, { qos: 1 }, () => {
          acknowledged += 1;
          send();
          if (acknowledged < payloads.length) return;
          const tookMs = performance.now() - fromMs;
          client.end(true, () => resolve(tookMs));
        });
      };
      for (let place = 0; place < inFlight; place += 1) send();
    });
  });
}
