import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { CLOUD_STATUS } from '../../src/cloud/topics.ts';
import { seededRandom } from '../random.ts';
import { RealClock } from '../real-clock.ts';
import { runCloudCommand } from './cloud-console.ts';
import { Consumer } from './consumer.ts';
import { uuidOf } from './ids.ts';
import { MqttWire } from './mqtt-wire.ts';
import { keptOperatorKey, newOperatorKey } from './operator.ts';
import { NotifyKey } from './sealer.ts';
import { told, toldLine } from './telling.ts';
import type { CloudWire } from './wire.ts';

const EXIT_USAGE = 64;

const HELP = `npm run sim:cloud -- --broker URL [--ca FILE --cert FILE --key FILE]
                         [--command-key FILE] [--people-key FILE] [--notify-key FILE]

The reference consumer of every kiosk on a broker: puts events in order, keeps each once,
acknowledges what it keeps, asks for what is missing, and prints what it sees. Type commands to
send orders and people, and to make it vanish, repeat, reorder or be late: "help" lists them.

  --broker URL        mqtt://localhost:1883, or mqtts://host:8883 with the three files
  --ca, --cert, --key PEM files of the TLS connection (docs/broker/certificates.sh, as "cloud")
  --command-key FILE  private key, PEM, that signs commands; without it kiosks refuse them
  --people-key FILE   private key, PEM, that signs people and settings
  --notify-key FILE   private X25519 key, PEM: tells people what kiosks have sealed for it, which is
                      to print it here
  --help              this text`;

const PATH = { type: 'string' } as const;
const OPTIONS = {
  ...{ broker: PATH, ca: PATH, cert: PATH, key: PATH, 'command-key': PATH, 'people-key': PATH },
  'notify-key': PATH,
  help: { type: 'boolean', default: false },
} as const;

function run(): void {
  const { values } = parseArgs({ options: OPTIONS });
  const { broker, ca, cert, key, 'notify-key': notify } = values;
  if (values.help || broker === undefined) {
    console.error(HELP);
    process.exit(values.help ? 0 : EXIT_USAGE);
  }
  const read = (path: string): string => readFileSync(path, 'utf8');
  const clock = new RealClock();
  const will = { topic: CLOUD_STATUS, payload: JSON.stringify({ v: 1, state: 'offline' }) };
  const isSecure = ca !== undefined && cert !== undefined && key !== undefined;
  const wire = new MqttWire({
    ...{ url: broker, clientId: 'cloud', will },
    ...(isSecure && { tls: { ca: read(ca), cert: read(cert), key: read(key) } }),
  });
  const keyOf = (path: string | undefined) => {
    return path === undefined ? newOperatorKey() : keptOperatorKey(read(path));
  };
  const random = seededRandom(clock.wallMs() % 2 ** 31);
  const consumer = new Consumer({
    ...{ wire: forgiving(wire), clock },
    key: keyOf(values['command-key']),
    peopleKey: keyOf(values['people-key']),
    ...(notify !== undefined && { notifyKey: new NotifyKey(read(notify)) }),
    newId: () => uuidOf(random.bytes(16)),
  });
  const say = (line: string): void => {
    console.log(`${new Date(clock.wallMs()).toISOString().slice(11, 19)} ${line}`);
  };
  consumer.onMessage = (kiosk, what, text) => {
    for (const line of told(consumer.view(kiosk), kiosk, what, text)) say(line);
  };
  if (consumer.messenger !== null) {
    consumer.messenger.onTold = (one) => say(toldLine(one));
  }
  // Whoever is said to be back is sent everything: not before it hears.
  wire.whenHeard = () => {
    say(`connected to ${broker}`);
    consumer.present(false);
    consumer.present(true);
  };
  wire.client.on('close', () => say('no connection'));
  consumer.start();
  const typed = createInterface({ input: process.stdin });
  typed.on('line', (line) => {
    for (const one of runCloudCommand(consumer, line)) say(one);
  });
  process.once('SIGINT', () => {
    consumer.present(false);
    wire.leave(() => process.exit(0));
  });
}

/** What is not by the contract is told, and the others go on. */
function forgiving(wire: MqttWire): CloudWire {
  return {
    publish: (message) => wire.publish(message),
    subscribe: (filter, receive) =>
      wire.subscribe(filter, (topic, payload) => {
        try {
          receive(topic, payload);
        } catch (error) {
          console.log(error instanceof Error ? error.message : error);
        }
      }),
  };
}

try {
  run();
} catch (error) {
  if (!(error instanceof TypeError) && !(error instanceof Error && 'code' in error)) throw error;
  console.error(`${error.message}; see --help`);
  process.exit(EXIT_USAGE);
}
