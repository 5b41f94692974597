import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { z } from 'zod';
import {
  CLOUD_PRESENCE,
  COMMANDS,
  type CommandType,
  commandRules,
  MESSAGES,
  type MessageKind,
} from '../../src/cloud/messages.ts';
import { CLOUD_STATUS, topicsOf } from '../../src/cloud/topics.ts';

/** Writes the contract down (AsyncAPI 3): one source, the schemas that the program itself uses. */

interface Examples {
  readonly good: readonly unknown[];
  readonly bad: readonly { readonly why: string; readonly message: unknown }[];
}

interface Documented extends Omit<MessageKind, 'topic'> {
  readonly name: string;
  readonly address: string;
}

const OWN = topicsOf('{kiosk}').down.replace('/dn/#', '');
const TYPES = Object.keys(COMMANDS) as CommandType[];

/** Every message of the contract under its name, with its whole address. */
export const DOCUMENTED: readonly Documented[] = [
  ...Object.entries<MessageKind>(MESSAGES).map(([name, { topic, ...kind }]) => {
    return { name, address: `${OWN}/${topic}`, ...kind };
  }),
  ...TYPES.map((type) => commandKind(type)),
  { name: 'presence', address: CLOUD_STATUS, ...CLOUD_PRESENCE },
];

function commandKind(type: CommandType): Documented {
  const { actuates, expiryS } = commandRules(type);
  return {
    name: `command.${type}`,
    address: `${OWN}/dn/cmd/${type}`,
    ...{ qos: 1, retain: false, expiryS, signedBy: 'command' },
    summary: actuates ? 'A command for one session only' : 'A command',
    schema: COMMANDS[type],
  };
}

/** The examples of a message, good and bad. */
export function examplesOf(name: string): Examples {
  const file = new URL(`../vectors/cloud/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Examples;
}

/** The JSON Schema of a message as the document has it: what is unknown is ignored. */
export function jsonSchemaOf({ schema }: Pick<Documented, 'schema'>): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return rest;
}

export function contractText(): string {
  const head = '# Written by `npm run contract` from src/cloud/messages.ts.\n';
  return head + stringify(contract(), { lineWidth: 100, aliasDuplicateObjects: false });
}

function contract(): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'lockerd and the cloud',
      version: '1.0.0',
      description: [
        'Between one parcel locker kiosk and its operator, over MQTT 5. How order, signatures',
        'and sessions work is told in docs/CLOUD.md. Fields that are not named here are to be',
        'ignored; every text and list has a limit.',
      ].join(' '),
    },
    defaultContentType: 'application/json',
    channels: keyed(DOCUMENTED, (message) => ({
      address: message.address,
      messages: { [message.name]: { $ref: `#/components/messages/${message.name}` } },
      ...parametersOf(message.address),
    })),
    operations: keyed(DOCUMENTED, operationOf),
    components: { messages: keyed(DOCUMENTED, messageOf) },
  };
}

/** As the kiosk sees it: it sends what goes up and receives the rest. */
function operationOf({ name, address, qos, retain, expiryS }: Documented): object {
  return {
    action: address.includes('/up/') ? 'send' : 'receive',
    channel: { $ref: `#/channels/${name}` },
    bindings: {
      mqtt: {
        qos,
        retain,
        ...(expiryS !== undefined && { messageExpiryInterval: expiryS }),
        bindingVersion: '0.2.0',
      },
    },
  };
}

function messageOf(message: Documented): object {
  const { name, summary, signedBy } = message;
  return {
    name,
    summary,
    ...(signedBy && {
      description:
        `Signed by the ${signedBy} key: the user properties kid and sig, Ed25519 over the topic,` +
        ' a zero byte and the payload, in base64.',
    }),
    payload: jsonSchemaOf(message),
    examples: examplesOf(name).good.map((payload) => ({ payload })),
  };
}

function parametersOf(address: string): object {
  const names = [...address.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  if (names.length === 0) return {};
  return { parameters: Object.fromEntries(names.map((name) => [name, {}])) };
}

function keyed(messages: readonly Documented[], make: (message: Documented) => object): object {
  return Object.fromEntries(messages.map((message) => [message.name, make(message)]));
}
