import { Consumer } from '../../sim/cloud/consumer.ts';
import type { LocalBroker } from '../../sim/cloud/local-broker.ts';
import { MqttWire } from '../../sim/cloud/mqtt-wire.ts';
import { newOperatorKey } from '../../sim/cloud/operator.ts';
import { RealClock } from '../../sim/real-clock.ts';
import { uuid7 } from '../../src/control/recorder.ts';
import { systemRandom } from '../../src/platform/random.ts';

const RANDOM_BYTES = 10;

/** The operator's side of all kiosks that are killed. */
export class Cloud {
  readonly #key = newOperatorKey();
  readonly #wire: MqttWire;
  readonly consumer: Consumer;

  constructor(broker: LocalBroker) {
    this.#wire = new MqttWire({ url: broker.url, clientId: 'cloud' });
    const clock = new RealClock();
    const random = systemRandom();
    const newId = () => uuid7(clock.wallMs(), random.bytes(RANDOM_BYTES));
    this.consumer = new Consumer({ wire: this.#wire, clock, key: this.#key, newId });
    this.consumer.start();
  }

  /** The section of a kiosk's config. */
  section(url: string): string {
    const keys = ['rootKey', 'commandKey', 'peopleKey'];
    const lines = keys.map((role) => `${role} = "${this.#key.publicKey}"`);
    return `\n[cloud]\nbroker = "${url}"\n${lines.join('\n')}\n`;
  }

  end(): void {
    this.#wire.end();
  }
}
