import type { SimClock } from '../../clock.ts';

import type { ScriptedBroker } from '../../cloud/scripted-broker.ts';
import type { CloudMessage, CloudWire } from '../../cloud/wire.ts';
import type { Dice } from '../dice.ts';

/** How often something comes twice, or so late that what was said later overtakes it. */
const REPEAT = 0.05;
const LATE = 0.05;
const LATE_MS_MAX = 8_000;
/** Pictures of one thing come in order, or an old one would stand for good. */
const MAY_COME_ANYHOW = /\/(up\/(evt|res)|dn\/(cmd\/.+|ack))$/;

interface Parts {
  readonly broker: ScriptedBroker;
  readonly clock: SimClock;
  readonly dice: Dice;
  readonly isRough: () => boolean;
  /** Every message of the kiosk as it comes, and every one to it as it is sent first. */
  readonly passes: (topic: string, payload: string) => void;
}

/** The consumer's way to the broker, on which messages are repeated and overtake each other. */
export class RoughWire implements CloudWire {
  /** The next message to a kiosk is under way for so long. */
  nextLateMs = 0;
  readonly #parts: Parts;
  #last: CloudMessage | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  publish(message: CloudMessage): void {
    const { broker, clock, passes } = this.#parts;
    const lateMs = this.nextLateMs;
    this.nextLateMs = 0;
    this.#last = message;
    passes(message.topic, message.payload);
    const send = () => this.#carry(message.topic, () => broker.publish(message));
    if (lateMs > 0) clock.after('late message', lateMs, send);
    else send();
  }

  /** Sends the last message once more, as it was or for the broker to keep. */
  again(change: Partial<Pick<CloudMessage, 'retain'>> = {}): void {
    if (this.#last !== null) this.#parts.broker.publish({ ...this.#last, ...change });
  }

  subscribe(filter: string, receive: (topic: string, payload: string) => void): void {
    const { broker, passes } = this.#parts;
    const texts = new TextDecoder();
    broker.subscribe(filter, ({ topic, payload }) => {
      const text = texts.decode(payload);
      passes(topic, text);
      this.#carry(topic, () => receive(topic, text));
    });
  }

  #carry(topic: string, deliver: () => void): void {
    const { clock, dice, isRough } = this.#parts;
    if (!isRough() || !MAY_COME_ANYHOW.test(topic)) {
      deliver();
      return;
    }
    const late = () => clock.after('late message', dice.between(1, LATE_MS_MAX), deliver);
    if (dice.chance(LATE)) late();
    else deliver();
    if (dice.chance(REPEAT)) late();
  }
}
