import { expect, it } from 'vitest';
import { seededRandom } from '../../sim/random.ts';
import { RealClock } from '../../sim/real-clock.ts';
import { Link, type LinkAlarm } from '../../src/cloud/link.ts';
import { mqttBroker } from '../../src/cloud/mqtt-broker.ts';
import { until } from './client.ts';
import { RawBroker } from './raw-broker.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
/** Time that passes so many times quicker than on the wire. */
class QuickClock extends RealClock {
  readonly #times: number;

  constructor(times: number) {
    super();
    this.#times = times;
  }

  override monoMs(): number {
    return super.monoMs() * this.#times;
  }

  override after(name: string, delayMs: number, fire: () => void) {
    return super.after(name, delayMs / this.#times, fire);
  }
}

/** The kiosk's link against a broker of bytes, with a month's patience in a minute. */
class QuickLink {
  readonly clock: QuickClock;
  readonly sessions: string[] = [];
  readonly alarms = new Set<LinkAlarm>();
  readonly link: Link;
  closed = 0;
  acknowledged = 0;

  constructor(url: string, times = 1_000) {
    let ids = 0;
    this.clock = new QuickClock(times);
    this.link = new Link({
      ...{ clock: this.clock, random: seededRandom(1), log: silent },
      open: mqttBroker({ url, tls: null }),
      newId: () => `session-${++ids}`,
      hello: (session) => {
        const will = { topic: 'w', payload: session, qos: 1, retain: true } as const;
        return { clientId: 'LOC001', will };
      },
      topics: ['a', 'b', 'c'],
    });
    this.link.start({
      opened: (session) => void this.sessions.push(session),
      hasRoom: () => undefined,
      message: () => true,
      closed: () => {
        this.closed += 1;
      },
      alarm: (what, isActive) => void (isActive ? this.alarms.add(what) : this.alarms.delete(what)),
    });
  }

  stop(): Promise<void> {
    return new Promise((done) => this.link.stop(null, done));
  }
}

it('1 7: a broker that refuses is left alone for minutes, and tried again', async () => {
  const broker = await RawBroker.start();
  broker.refuses = true;
  const kiosk = new QuickLink(broker.url);
  await until('it is refused', () => kiosk.closed === 1);
  const since = kiosk.clock.monoMs();
  expect([...kiosk.alarms]).toEqual(['link.refused']);
  await until('it tries again', () => broker.connects.length === 2);
  expect(kiosk.clock.monoMs() - since).toBeGreaterThanOrEqual(299_000);
  broker.refuses = false;
  await until('it is let in', () => kiosk.sessions.length === 1);
  expect([...kiosk.alarms]).toEqual([]);
  await kiosk.stop();
});

it('7: a broker that is away for an hour is asked every minute, and found again', async () => {
  const broker = await RawBroker.start();
  const kiosk = new QuickLink(broker.url);
  await until('it is open', () => kiosk.sessions.length === 1);
  await broker.away();
  const since = kiosk.clock.monoMs();
  await until('an hour passed', () => kiosk.clock.monoMs() - since > 3_600_000, 30_000);
  expect(kiosk.closed).toBeGreaterThan(40);
  expect(kiosk.closed).toBeLessThan(400);
  expect([...kiosk.alarms]).toEqual([]);
  await broker.back();
  await until('it is open again', () => kiosk.sessions.length === 2);
  expect(kiosk.sessions[1]).not.toBe(kiosk.sessions[0]);
  await kiosk.stop();
});

it('9: three brief connections look like a second client, and are given time', async () => {
  const broker = await RawBroker.start();
  const kiosk = new QuickLink(broker.url, 20);
  for (let times = 1; times <= 3; times += 1) {
    await until('it is open', () => kiosk.sessions.length === times);
    broker.drop();
    await until('it is lost', () => kiosk.closed >= times);
  }
  expect([...kiosk.alarms]).toEqual(['link.taken_over']);
  await kiosk.stop();
});

it('10: no more than eight packets are under way, whatever the broker would take', async () => {
  const broker = await RawBroker.start();
  const kiosk = new QuickLink(broker.url);
  await until('it is open', () => kiosk.sessions.length === 1);
  for (let n = 0; n < 100; n += 1) {
    const message = { topic: 'evt', payload: `${n}`, qos: 1, retain: false } as const;
    kiosk.link.publish(message, () => {}, n % 2 === 0);
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(broker.published).toBe(8);
  await kiosk.stop();
});
