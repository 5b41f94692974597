import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Consumer } from '../sim/cloud/consumer.ts';
import { uuidOf } from '../sim/cloud/ids.ts';
import { LocalBroker } from '../sim/cloud/local-broker.ts';
import { MqttWire } from '../sim/cloud/mqtt-wire.ts';
import { newOperatorKey } from '../sim/cloud/operator.ts';
import { RealClock, sleep } from '../sim/real-clock.ts';
import { Child } from './child.ts';
import { freshFolder } from './folder.ts';
import { cpuMs, residentMb } from './proc.ts';
import { atMost, median, ninetyNineOf100, type Row } from './row.ts';
import type { Say } from './say.ts';

const KIOSKS = 1_000;
const PROCESSES = 4;
const VISITS_PER_HOUR = 6;
const CONNECT_MS_MAX = 5_000;
const CONNECTED_WITHIN_MS = 600_000;
/** What one core carries of a thousand kiosks, and what is left of 16 GB. */
const KIOSK_CPU_MS_MAX = 1;
const KIOSK_MB_MAX = 12;
const BROKER_PERCENT_MAX = 50;
const BROKER_MB_MAX = 64;
const SETTLE_MS = 20_000;
const MEASURE_MS = 30_000;
const BROKER_AWAY_MS = 10_000;
const STORM_S_MAX = 120;
const LOOK_MS = 100;

/** When each kiosk was born on which session, as the consumer saw it. */
interface Birth {
  readonly session: string;
  readonly atWall: number;
}

/** A thousand whole kiosks on one Mosquitto, and its restart. */
export async function fleet(say: Say): Promise<Row[]> {
  const folder = freshFolder('fleet');
  const broker = await LocalBroker.start(join(folder, 'broker'));
  const births = watchBirths(broker);
  const { url } = broker;
  const args = ['--kiosks', `${KIOSKS}`, '--broker', url, '--visits', `${VISITS_PER_HOUR}`];
  const split = ['--processes', `${PROCESSES}`, '--folder', join(folder, 'kiosks')];
  const child = new Child('sim/fleet/fleet.ts', [...args, ...split]);
  try {
    const said = await child.says(new RegExp(`(process \\d+: .*\\n){${PROCESSES}}`));
    const pids = [...said.matchAll(/process (\d+)/g)].map(([, pid]) => Number(pid));
    await allBorn(births, new Map());
    const seconds = ((performance.now() - child.startedMs) / 1_000).toFixed(0);
    say(`${KIOSKS} kiosks were made, started and connected within ${seconds} s`);
    const connects = connectRows(births);
    await sleep(SETTLE_MS);
    const steady = await steadyRows(pids, broker.pid);
    const before = new Map(births);
    await broker.down('SIGKILL');
    await sleep(BROKER_AWAY_MS);
    await broker.up();
    const upMs = performance.now();
    await allBorn(births, before);
    const stormS = (performance.now() - upMs) / 1_000;
    const storm = atMost('storm: all back after the broker', stormS, 's', STORM_S_MAX);
    return [...connects, ...steady, storm];
  } finally {
    await child.stop();
    births.end();
    await broker.down();
  }
}

function watchBirths(broker: LocalBroker) {
  const wire = new MqttWire({ url: broker.url, clientId: 'cloud' });
  const newId = () => uuidOf(randomBytes(16));
  const clock = new RealClock();
  const births = Object.assign(new Map<string, Birth>(), { end: () => wire.end() });
  wire.client.prependListener('message', (topic, payload) => {
    const [, , kiosk = '', , what] = topic.split('/');
    if (what !== 'status') return;
    const { state, sess } = JSON.parse(payload.toString('utf8'));
    if (state !== 'ready' || births.get(kiosk)?.session === sess) return;
    births.set(kiosk, { session: sess, atWall: Date.now() });
  });
  const consumer = new Consumer({ wire, clock, key: newOperatorKey(), newId });
  // A broker that was killed has forgotten who is subscribed, and that the consumer is there.
  wire.client.on('connect', () => consumer.start());
  return births;
}

async function allBorn(births: Map<string, Birth>, before: Map<string, Birth>): Promise<void> {
  const endMs = performance.now() + CONNECTED_WITHIN_MS;
  const isAnew = ([kiosk, { session }]: [string, Birth]) => before.get(kiosk)?.session !== session;
  while ([...births].filter(isAnew).length < KIOSKS) {
    if (performance.now() > endMs) throw new Error(`${births.size} of ${KIOSKS} kiosks are there`);
    await sleep(LOOK_MS);
  }
}

/** From the dial, whose time the session's id tells, to the birth at the consumer. */
function connectRows(births: Map<string, Birth>): Row[] {
  const tookMs = [...births.values()].map(({ session, atWall }) => atWall - begunAt(session));
  return [
    atMost(`connect, median of ${KIOSKS}`, median(tookMs), 'ms', CONNECT_MS_MAX),
    atMost('connect, 99 of 100', ninetyNineOf100(tookMs), 'ms', CONNECT_MS_MAX),
  ];
}

async function steadyRows(pids: readonly number[], broker: number): Promise<Row[]> {
  const used = () => pids.reduce((sum, pid) => sum + cpuMs(pid), 0);
  const [kiosksMs, brokerMs, fromMs] = [used(), cpuMs(broker), performance.now()];
  await sleep(MEASURE_MS);
  const overMs = performance.now() - fromMs;
  const perKiosk = (used() - kiosksMs) / KIOSKS / (overMs / 1_000);
  const percent = ((cpuMs(broker) - brokerMs) * 100) / overMs;
  const mb = pids.reduce((sum, pid) => sum + residentMb(pid), 0) / KIOSKS;
  return [
    atMost('a kiosk of the fleet, steady', perKiosk, 'CPU-ms/s', KIOSK_CPU_MS_MAX),
    atMost('a kiosk of the fleet, memory', mb, 'MB', KIOSK_MB_MAX),
    atMost(`Mosquitto with ${KIOSKS} kiosks, steady`, percent, '% of core', BROKER_PERCENT_MAX),
    atMost(`Mosquitto with ${KIOSKS} kiosks, memory`, residentMb(broker), 'MB', BROKER_MB_MAX),
  ];
}

/** The first 48 bits of a UUID of version 7 are its time (RFC 9562). */
const begunAt = (uuid: string): number => Number.parseInt(uuid.replace('-', '').slice(0, 12), 16);
