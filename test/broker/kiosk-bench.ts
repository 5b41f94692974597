import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Consumer } from '../../sim/cloud/consumer.ts';
import { uuidOf } from '../../sim/cloud/ids.ts';
import { MqttWire } from '../../sim/cloud/mqtt-wire.ts';
import { newOperatorKey } from '../../sim/cloud/operator.ts';
import { NotifyKey } from '../../sim/cloud/sealer.ts';
import { EmbeddedKiosk } from '../../sim/embedded.ts';
import { Person } from '../../sim/person.ts';
import { RealClock } from '../../sim/real-clock.ts';
import type { Message } from '../../src/cloud/messages.ts';
import { mqttBroker } from '../../src/cloud/mqtt-broker.ts';
import { topicsOf } from '../../src/cloud/topics.ts';
import type { Config } from '../../src/config/config.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { CARRIER, PIN, siteConfig } from '../app/bench-kiosk.ts';
import { until } from './client.ts';
import type { Mosquitto } from './mosquitto.ts';

export const KIOSK = 'LOC001';
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A whole kiosk in real time and the reference consumer, with a Mosquitto between them. */
export class BrokerBench {
  readonly clock = new RealClock();
  readonly consumer: Consumer;
  readonly kiosk: EmbeddedKiosk;
  readonly wire: MqttWire;
  readonly commandPem: string;
  readonly #peoplePem: string;
  readonly topics = topicsOf(KIOSK);

  constructor(
    broker: Mosquitto,
    /** Over these people are told; with `cloud` among them its key is pinned. */
    order?: Config['notices']['order'],
  ) {
    const [command, people, root] = [newOperatorKey(), newOperatorKey(), newOperatorKey()];
    this.commandPem = command.pem;
    this.#peoplePem = people.pem;
    const config = siteConfig({ occupancy: true });
    const notifyKey = order?.includes('cloud') ? new NotifyKey() : null;
    this.wire = new MqttWire({ url: broker.url, tls: broker.tls('cloud'), clientId: 'cloud' });
    const newId = () => uuidOf(systemRandom().bytes(16));
    this.consumer = new Consumer({
      wire: this.wire,
      clock: this.clock,
      key: command,
      peopleKey: people,
      ...(notifyKey && { notifyKey }),
      newId,
    });
    const folder = mkdtempSync(join(tmpdir(), 'lockerd-kiosk-'));
    this.kiosk = new EmbeddedKiosk({
      ...{ clock: this.clock, folder, seed: 1, log: silent, baud: 115_200 },
      // Its connection ends with its power.
      openBroker: mqttBroker({ url: broker.url, tls: broker.tls(KIOSK) }),
      config: {
        ...config,
        site: { ...config.site, id: KIOSK },
        notices: { ...config.notices, ...(order && { order }) },
        cloud: {
          broker: broker.url,
          certificate: broker.path(`${KIOSK}.crt`),
          key: broker.path(`${KIOSK}.key`),
          ca: broker.path('ca.crt'),
          signed: 'require',
          rootKey: root.publicKey,
          commandKey: command.publicKey,
          peopleKey: people.publicKey,
          ...(notifyKey && { notifyKey: notifyKey.publicKey }),
        },
      },
    });
    onTestFinished(async () => {
      await new Promise<void>((stopped) => this.kiosk.app.stop(stopped));
      this.wire.end();
      rmSync(folder, { recursive: true, force: true });
    });
  }

  async start(): Promise<this> {
    this.consumer.start();
    this.kiosk.start();
    await until('the kiosk is born', () => this.view.status?.state === 'ready');
    return this;
  }

  /** The kiosk alone; whoever is the cloud comes from elsewhere. */
  async startAlone(): Promise<this> {
    this.wire.end();
    this.kiosk.start();
    await until('the kiosk serves', () => this.kiosk.isServing);
    return this;
  }

  /** What whoever signs orders and people has in files. */
  keyFiles(folder: string): { readonly command: string; readonly people: string } {
    const [command, people] = [join(folder, 'command.key'), join(folder, 'people.key')];
    writeFileSync(command, this.commandPem);
    writeFileSync(people, this.#peoplePem);
    return { command, people };
  }

  get view() {
    return this.consumer.view(KIOSK);
  }

  /** Sends a signed open and waits for its result. */
  async open(slot: string): Promise<Message<'res'>['d']> {
    const id = this.consumer.send(KIOSK, 'slot.open', { slot });
    await until('there is a result', () => this.consumer.resultOf(KIOSK, id) !== null);
    const result = this.consumer.resultOf(KIOSK, id);
    if (result === null) throw new Error('no result');
    return result;
  }

  /** A courier puts an announced parcel in, and says so. */
  async dropped(parcel: string, pace: Parameters<Person['dropsParcel']>[2]): Promise<void> {
    const { people, signIn, sessions, deposit, supervisor } = this.kiosk.app;
    const answer = await signIn.check(await people.addCourier(CARRIER, PIN), PIN);
    if (answer.kind !== 'welcome') throw new Error('the courier was not let in');
    const session = sessions.begin();
    const start = deposit.begin(session, answer.person, { kind: 'announced', parcel });
    if (start.kind !== 'opening') throw new Error(`the drop ended with ${start.kind}`);
    const { slot } = start.drop;
    new Person(this.clock).dropsParcel(this.kiosk.door(slot), parcel, pace);
    const states = ['drop_unconfirmed', 'occupied'];
    await until('the drop is closed', () => states.includes(supervisor.get(slot).state));
    supervisor.send(slot, { type: 'LEFT_IT' });
    sessions.end(session);
  }

  /** The consumer says that it is back, once it hears: whoever comes back is sent everything. */
  async again(): Promise<void> {
    await until('the consumer is connected', () => this.wire.client.connected);
    this.consumer.present(false);
    this.consumer.present(true);
  }

  /** Until the cloud has everything. */
  async drained(limitMs?: number): Promise<void> {
    const { outbox } = this.kiosk.app.store;
    await until('the outbox is empty', () => outbox.waiting().count === 0, limitMs);
  }
}
