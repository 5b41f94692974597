import type { z } from 'zod';
import * as down from './schemas/down.ts';
import { NOTICE_SAID, PHONE_SAID } from './schemas/notice.ts';
import * as up from './schemas/up.ts';
import type { clockState } from './schemas/values.ts';

/**
 * Every message of the contract: docs/asyncapi.yaml is written from this table. `topic` stands
 * behind the kiosk's own; a name in braces is a parameter.
 */
export interface MessageKind {
  readonly topic: string;
  readonly qos: 0 | 1;
  readonly retain: boolean;
  /** Seconds after which the broker drops it. */
  readonly expiryS?: number;
  /** The role whose key signs it; without one it is not signed. */
  readonly signedBy?: Role;
  readonly summary: string;
  readonly schema: z.ZodType;
}

export type Role = 'command' | 'people' | 'root';

const DAY_S = 86_400;

export const MESSAGES = {
  status: {
    topic: 'up/status',
    ...{ qos: 1, retain: true, schema: up.status },
    summary: 'Birth, clean stop, or the will of a session that was lost',
  },
  avail: {
    topic: 'up/avail',
    ...{ qos: 1, retain: true, expiryS: DAY_S, schema: up.avail },
    summary: 'Free, busy and out-of-service slots by size; at most once a second',
  },
  locker: {
    topic: 'up/locker/{locker}',
    ...{ qos: 1, retain: true, schema: up.locker },
    summary: 'The picture of one locker',
  },
  alert: {
    topic: 'up/alert/{alert}',
    ...{ qos: 1, retain: true, schema: up.alert },
    summary: 'An active alarm; an empty payload deletes it when it is resolved',
  },
  evt: {
    topic: 'up/evt',
    ...{ qos: 1, retain: false, schema: up.events },
    summary: 'One event, or a batch in the order of seq; at least once until acknowledged',
  },
  res: {
    topic: 'up/res',
    ...{ qos: 1, retain: false, expiryS: 300, schema: up.result },
    summary: 'What became of a command; the event command.finished is the truth',
  },
  cfg: {
    topic: 'up/cfg',
    ...{ qos: 1, retain: true, schema: up.inForce },
    summary: 'Which settings are in force',
  },
  prov: {
    topic: 'up/prov',
    ...{ qos: 1, retain: true, schema: up.inForce },
    summary: 'Which people are known',
  },
  req: {
    topic: 'up/req/{type}',
    ...{ qos: 1, retain: false, expiryS: 120, schema: up.request },
    summary: 'A question to the cloud',
  },
  tele: {
    topic: 'up/tele',
    ...{ qos: 0, retain: false, schema: up.telemetry },
    summary: 'How the kiosk is; every minute, never queued',
  },
  ack: {
    topic: 'dn/ack',
    ...{ qos: 1, retain: true, schema: down.ack },
    summary: 'Every event of the epoch up to this one is kept by the cloud',
  },
  desired: {
    topic: 'dn/cfg',
    ...{ qos: 1, retain: true, signedBy: 'people', schema: down.desired },
    summary: 'Settings that the operator wants; applied when rev is higher',
  },
  people: {
    topic: 'dn/prov',
    ...{ qos: 1, retain: false, expiryS: 900, signedBy: 'people', schema: down.provisioning },
    summary: 'Customers and couriers that change',
  },
  peopleFull: {
    topic: 'dn/prov/full',
    ...{ qos: 1, retain: false, expiryS: 900, signedBy: 'people', schema: down.provisioningFull },
    summary: 'All customers and couriers, in chunks',
  },
  keys: {
    topic: 'dn/keys',
    ...{ qos: 1, retain: true, signedBy: 'root', schema: down.keys },
    summary: 'Keys of the two roles from now on',
  },
  rep: {
    topic: 'dn/rep/{type}',
    ...{ qos: 1, retain: false, expiryS: 120, signedBy: 'command', schema: down.reply },
    summary: 'The answer to a question',
  },
} as const satisfies Readonly<Record<string, MessageKind>>;

/** Presence of the consumer, on a topic of its own; with a will. */
export const CLOUD_PRESENCE = {
  qos: 1,
  retain: true,
  summary: 'Whether the consumer of the events is there',
  schema: down.cloudStatus,
} as const;

export type CommandType = keyof typeof down.commands;

const NOW_S = 30;
const SOON_S = 300;
const ACTUATING: ReadonlySet<CommandType> = new Set(['slot.open', 'kiosk.mode', 'lockout.clear']);

/** What a command of this type needs: for one session only, and how long it may be under way. */
export function commandRules(type: CommandType) {
  const actuates = ACTUATING.has(type);
  return { actuates, expiryS: actuates ? NOW_S : SOON_S } as const;
}

/** What is sealed in messages, for the operator's notify key. */
export const SEALED = { notice: NOTICE_SAID, phone: PHONE_SAID } as const;

export const COMMANDS = down.commands;
/** A command of any type, without what it says. */
export const ORDER = down.anyOrder;
export type Order = z.output<typeof ORDER>;

export type Command = { [Type in CommandType]: z.output<(typeof COMMANDS)[Type]> }[CommandType];
/** What a message says once it was read. */
export type Message<Name extends keyof typeof MESSAGES> = z.output<
  (typeof MESSAGES)[Name]['schema']
>;
export type CloudEvent = z.output<typeof up.event>;
export type ResultCode = (typeof up.RESULT_CODES)[number];
export type ClockState = z.output<typeof clockState>;

/** The message, or null when it is not one of its kind. */
export function parsed<S extends z.ZodType>(schema: S, payload: Uint8Array): z.output<S> | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
