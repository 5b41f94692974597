import type { BrokerEvents, Hello, OpenBroker } from '../../../src/cloud/broker.ts';
import type { Message } from '../../../src/cloud/messages.ts';
import type { SimClock } from '../../clock.ts';
import { Consumer } from '../../cloud/consumer.ts';
import { newOperatorKey } from '../../cloud/operator.ts';
import { ScriptedBroker } from '../../cloud/scripted-broker.ts';
import type { Dice } from '../dice.ts';
import { RoughWire } from './rough-wire.ts';

interface Parts {
  readonly kiosk: string;
  readonly clock: SimClock;
  readonly dice: Dice;
  readonly isCalm: () => boolean;
  /** Every message of the kiosk as it comes, and every one to it as it is sent first. */
  readonly passes: (topic: string, payload: string) => void;
}

const ID_DIGITS = 15;

/** The broker and the operator's consumer of one kiosk, and how the kiosk reaches them. */
export class StormCloud {
  readonly broker: ScriptedBroker;
  readonly consumer: Consumer;
  readonly wire: RoughWire;
  readonly kiosk: string;
  /** What the config of the kiosk says of it. */
  readonly config;
  /** Of the kiosk's connection, as it said when it came; null while there is none. */
  session: string | null = null;
  /** When that connection came to be. */
  sinceMs = 0;
  /** Sessions that are over, the latest last. */
  readonly pastSessions: string[] = [];
  /** The cloud knows what time it is, whatever becomes of the kiosk's clock. */
  readonly wallMs: () => number;
  readonly #clock: SimClock;

  constructor({ kiosk, clock, dice, isCalm, passes }: Parts) {
    this.kiosk = kiosk;
    this.#clock = clock;
    this.broker = new ScriptedBroker(clock);
    const [root, command, people] = [newOperatorKey(), newOperatorKey(), newOperatorKey()];
    this.config = {
      broker: 'mqtts://broker.example:8883',
      signed: 'require',
      rootKey: root.publicKey,
      commandKey: command.publicKey,
      peopleKey: people.publicKey,
    } as const;
    const { broker } = this;
    this.wire = new RoughWire({ broker, clock, dice, isRough: () => !isCalm(), passes });
    const startMs = clock.wallMs() - clock.monoMs();
    this.wallMs = () => Math.floor(startMs + clock.monoMs());
    this.consumer = new Consumer({
      clock: { ...bound(clock), wallMs: this.wallMs },
      key: command,
      newId: () => uuidOf(dice),
      wire: this.wire,
    });
  }

  get view() {
    return this.consumer.view(this.kiosk);
  }

  /** The kiosk's way in. */
  readonly open: OpenBroker = (hello, events) =>
    this.broker.open(hello, this.#watched(hello, events));

  #watched(hello: Hello, events: BrokerEvents): BrokerEvents {
    const { sess } = JSON.parse(hello.will.payload) as Message<'status'>;
    return {
      opened: () => {
        this.session = sess;
        this.sinceMs = this.#clock.monoMs();
        events.opened();
      },
      message: (message) => events.message(message),
      closed: (parting) => {
        this.cut(sess);
        events.closed(parting);
      },
    };
  }

  /** The kiosk is gone from this connection. */
  cut(session = this.session): void {
    if (session === null || session !== this.session) return;
    this.pastSessions.push(session);
    this.session = null;
  }
}

/** The clock's calls, which are methods of a class. */
function bound(clock: SimClock) {
  return {
    monoMs: () => clock.monoMs(),
    after: (...call: Parameters<SimClock['after']>) => clock.after(...call),
  };
}

/** A UUID of version 7 in form. */
function uuidOf(dice: Dice): string {
  const digits = dice.digits(2 * ID_DIGITS);
  const [a, b] = [digits.slice(0, 8), digits.slice(8, 12)];
  return `${a}-${b}-7${digits.slice(12, 15)}-8${digits.slice(15, 18)}-${digits.slice(18)}`;
}
