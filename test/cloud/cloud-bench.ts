import { Consumer } from '../../sim/cloud/consumer.ts';
import { uuidOf } from '../../sim/cloud/ids.ts';
import { newOperatorKey } from '../../sim/cloud/operator.ts';
import { ScriptedBroker } from '../../sim/cloud/scripted-broker.ts';
import { NotifyKey } from '../../sim/cloud/sealer.ts';
import { seededRandom } from '../../sim/random.ts';
import type { Message } from '../../src/cloud/messages.ts';
import { topicsOf } from '../../src/cloud/topics.ts';
import type { Config } from '../../src/config/config.ts';
import { Bench, MINUTE_MS, siteConfig } from '../app/bench-kiosk.ts';

/** A kiosk with its wall, a broker and the operator's consumer, all on one virtual clock. */

const COMMAND_KEY = newOperatorKey();
export const PEOPLE_KEY = newOperatorKey();
export const ROOT_KEY = newOperatorKey();
const NOTIFY_KEY = new NotifyKey();

const CLOUD_CONFIG = {
  broker: 'mqtts://broker.example:8883',
  signed: 'require',
  rootKey: ROOT_KEY.publicKey,
  commandKey: COMMAND_KEY.publicKey,
  peopleKey: PEOPLE_KEY.publicKey,
} as const;

const HASHING_STEP_MS = 10;
const HASHING_TIMES_MAX = 1_000;

export class CloudBench extends Bench {
  readonly broker: ScriptedBroker;
  readonly consumer: Consumer;
  readonly topics = topicsOf('LOC001');
  readonly site: string;
  #isHeard = false;

  constructor(
    change: Parameters<typeof siteConfig>[0] = {},
    seed = 1,
    /** Over these people are told; with `cloud` among them its key is pinned. */
    order?: Config['notices']['order'],
  ) {
    let broker: ScriptedBroker | undefined;
    const own = siteConfig(change);
    const tells = order?.includes('cloud') === true;
    const config = {
      ...own,
      notices: { ...own.notices, ...(order && { order }) },
      cloud: { ...CLOUD_CONFIG, ...(tells && { notifyKey: NOTIFY_KEY.publicKey }) },
    };
    super({
      config,
      seed,
      openBroker: (clock) => {
        broker = new ScriptedBroker(clock);
        return broker.open;
      },
    });
    if (broker === undefined) throw new Error('no broker');
    this.broker = broker;
    this.site = config.site.id;
    this.topics = topicsOf(this.site);
    const random = seededRandom(seed);
    this.consumer = new Consumer({
      clock: this.clock,
      key: COMMAND_KEY,
      peopleKey: PEOPLE_KEY,
      ...(tells && { notifyKey: NOTIFY_KEY }),
      newId: () => uuidOf(random.bytes(16)),
      wire: {
        publish: (message) => this.broker.publish(message),
        subscribe: (filter, receive) => {
          this.broker.subscribe(filter, ({ topic, payload }) => {
            receive(topic, new TextDecoder().decode(payload));
          });
        },
      },
    });
  }

  /** Switches on, with the consumer there, until the first picture has arrived. */
  override start(limitMs = MINUTE_MS): this {
    if (!this.#isHeard) this.consumer.start();
    this.#isHeard = true;
    super.start(limitMs);
    this.until('the cloud has the picture', () => this.view.avail !== null);
    return this;
  }

  get view() {
    return this.consumer.view(this.site);
  }

  /** Waits for the terminal result of a command. */
  result(id: string, limitMs = MINUTE_MS): Message<'res'>['d'] {
    this.until(
      `command ${id} ended`,
      () => this.consumer.resultOf(this.site, id) !== null,
      limitMs,
    );
    const result = this.consumer.resultOf(this.site, id);
    if (result === null) throw new Error('no result');
    return result;
  }

  /** Waits until people with PINs are in force: to hash one takes time that is not the bench's. */
  async hashed(rev = this.view.people.rev): Promise<void> {
    for (let times = 0; this.view.prov?.rev !== rev; times += 1) {
      if (times > HASHING_TIMES_MAX) throw new Error(`the people of rev ${rev} are not in force`);
      await new Promise((resolve) => setTimeout(resolve, HASHING_STEP_MS));
      this.wait(HASHING_STEP_MS);
    }
  }

  /** Waits until the cloud has every event. */
  settle(limitMs = 2 * MINUTE_MS): void {
    const isDrained = () => this.app.store.outbox.waiting().count === 0;
    this.until('every event is acknowledged', isDrained, limitMs);
  }
}
