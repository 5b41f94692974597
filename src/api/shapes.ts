import { z } from 'zod';
import { NOTICE_STATES } from '../control/notice-port.ts';
import { CHANNELS, NOTICE_KINDS } from '../control/ports.ts';
import { PARCEL_STATUSES } from '../domain/parcel.ts';
import { ROLES } from '../domain/person.ts';
import { BAR_REASONS, SLOT_STATES, SLOT_STATUSES } from '../domain/slot.ts';

/** What the API gives, as shapes: the document, the replies' tests and the CLI are made of them. */

const wallMs = z.int().describe('Unix time in milliseconds');
const seconds = z.int().nonnegative();
const count = z.int().nonnegative();
const CLOCK = z.enum(['synced', 'holdover', 'unsynced']);

export const SLOT = z.strictObject({
  slot: z.string().describe('locker/slot'),
  number: z.int().describe('the number on the door'),
  size: z.string(),
  accessible: z.boolean(),
  status: z.enum(SLOT_STATUSES),
  state: z.enum(SLOT_STATES),
  reason: z.enum(BAR_REASONS).nullable().describe('why it may not be given away'),
  door: z.enum(['closed', 'open', 'unknown']),
  board: z.enum(['ok', 'dark']),
  sensor: z.enum(['good', 'suspect']),
  content: z.enum(['empty', 'full', 'unknown']).describe('what is believed to be inside'),
  occupancy: z.enum(['empty', 'full', 'unknown']).describe('what its own sensor says'),
  endsInS: seconds.nullable().describe('until it goes on by itself'),
  parcel: z.string().nullable().describe('reference of the parcel that is bound to it'),
  rev: count,
});
export type Slot = z.output<typeof SLOT>;

const COUNTS = z.strictObject({
  empty: count,
  reserved: count,
  occupied: count,
  out_of_service: count,
});

export const STATUS = z.strictObject({
  kiosk: z.string(),
  name: z.string(),
  city: z.string(),
  serving: z.boolean(),
  boot: z.string(),
  upSeconds: seconds,
  wallMs,
  clock: z.strictObject({ state: CLOCK, errorMs: z.number().nullable() }).describe('its worth'),
  sizes: z.record(z.string(), COUNTS).describe('slots of each size, by status'),
  parcels: z.record(z.string(), count).describe('parcels, by status'),
  openDoors: z.array(z.string()).readonly(),
  darkSlots: count.describe('slots whose board does not answer'),
  queue: z
    .strictObject({ count, oldestSeconds: seconds.nullable() })
    .describe('events that the cloud has not acknowledged'),
  auditHead: z.string().nullable().describe('where the journal ends, as seq:hash'),
});
export type Status = z.output<typeof STATUS>;

export const BOARD = z.strictObject({
  bus: z.string(),
  board: z.string(),
  health: z.string(),
  sent: count,
  answered: count,
  refused: count,
  noReply: count,
  badReply: count,
  discarded: z.record(z.string(), count).describe('pieces that were no reply, by reason'),
  lastLatencyMs: z.number(),
  maxLatencyMs: z.number(),
  latency: z
    .array(z.strictObject({ upToMs: z.number().nullable(), answers: count }))
    .readonly()
    .describe('answers by latency, each in the first bucket that it fits'),
});
export type Board = z.output<typeof BOARD>;

export const PARCEL = z.strictObject({
  id: z.string(),
  ref: z.string().describe('what people quote to a helpline'),
  status: z.enum(PARCEL_STATUSES),
  custody: z.enum(['expected', 'in_slot', 'handed_over', 'recalled', 'unknown']),
  slot: z.string().nullable(),
  size: z.string(),
  carrier: z.string(),
  label: z.string().nullable(),
  createdAtWall: wallMs,
  storedAtWall: wallMs.nullable(),
  endedAtWall: wallMs.nullable(),
  hold: z
    .strictObject({ totalMs: z.number(), countedMs: z.number(), told: z.boolean() })
    .describe('serviceable time, in milliseconds'),
});
export type Parcel = z.output<typeof PARCEL>;

export const EVENT = z.strictObject({
  seq: count,
  id: z.string(),
  t: z.string(),
  tsWall: wallMs,
  mono: z.number(),
  clk: CLOCK.describe('what tsWall is worth'),
  clkErrorMs: z.number().nullable(),
  boot: z.string(),
  cause: z.string().nullable(),
  slot: z.string().nullable(),
  parcel: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  hash: z.string().nullable().describe('of the journal’s chain, in hex'),
});
export type Event = z.output<typeof EVENT>;

/** B8: what kind of statement each row is. */
export const EVIDENCE = z.strictObject({
  parcel: PARCEL,
  rows: z.array(
    EVENT.extend({
      grade: z.string().nullable().describe('commanded, acknowledged, sensed, inferred, asserted'),
    }),
  ),
});
export type Evidence = z.output<typeof EVIDENCE>;

export const NOTICE = z.strictObject({
  id: z.string(),
  kind: z.enum(NOTICE_KINDS),
  channel: z.enum(CHANNELS),
  to: z.enum(['recipient', 'operator']),
  parcel: z.string().nullable().describe('reference of the parcel that it is about'),
  state: z.enum(NOTICE_STATES).describe('void: not true any more, or replaced'),
  tries: count,
  why: z.string().nullable().describe('what came of the last try'),
  createdAtWall: wallMs,
  endedAtWall: wallMs.nullable(),
});
export type Notice = z.output<typeof NOTICE>;

export const CHANNEL = z.strictObject({
  channel: z.enum(CHANNELS),
  carried: z.boolean().describe('whether this kiosk has one'),
  down: z.boolean(),
  waiting: count,
  oldestWall: wallMs.nullable(),
});
export type Channel = z.output<typeof CHANNEL>;

/** It is done; what follows from it is in the events. */
export const DONE = z.strictObject({});

/** The right to do maintenance, for as long as it is used. */
export const LEASE = z.strictObject({ lease: z.string(), idleSeconds: seconds });
export type LeaseReply = z.output<typeof LEASE>;

export const KEY = z.enum(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'enter', 'back']);

const SCREEN = z.strictObject({
  title: z.string(),
  lines: z.array(z.string()).readonly(),
  tone: z.enum(['normal', 'good', 'warning']),
  choices: z.array(z.strictObject({ key: KEY, label: z.string() })).readonly(),
  prompt: z.string().optional(),
  entry: z
    .strictObject({ shown: z.string(), masked: z.boolean(), digits: z.int().nullable() })
    .optional(),
  secondsLeft: seconds.optional(),
  ref: z.strictObject({ label: z.string(), value: z.string() }).optional(),
});

/** A panel of the daemon, and what it shows. */
export const SHOWN = z.strictObject({ panel: z.string(), screen: SCREEN });
export type Shown = z.output<typeof SHOWN>;

export const PERSON = z.strictObject({
  id: z.string(),
  role: z.enum(ROLES),
  carrier: z.string().nullable(),
  isDisabled: z.boolean().describe('no PIN lets them in'),
  isBlocked: z.boolean().describe('too many wrong PINs'),
  needsLowSlot: z.boolean(),
});
export type Person = z.output<typeof PERSON>;

const CUSTODY_COUNTS = {
  ...{ stored: count, retrieved: count, recalled: count },
  ...{ missing: count, expired: count, cancelled: count },
};

export const REPORT = z.strictObject({
  fromWall: wallMs,
  toWall: wallMs,
  days: z.number(),
  total: z.strictObject(CUSTODY_COUNTS),
  groups: z
    .array(
      z.strictObject({
        ...{ locker: z.string(), size: z.string(), slots: count },
        occupied: z.number().min(0).max(1).describe('of all the time of all these slots'),
        ...CUSTODY_COUNTS,
      }),
    )
    .readonly(),
});
export type Report = z.output<typeof REPORT>;

export const HEALTH = z.array(
  z.strictObject({
    ...{ slot: z.string(), openings: count },
    firstMs: z.number().nullable().describe('median from the answer to the open door, at first'),
    lastMs: z.number().nullable().describe('the same, lately'),
    verdict: z.enum(['good', 'slow', 'unknown']),
  }),
);
export type Health = z.output<typeof HEALTH>;

/** R29: a parcel, or a visit to the keypad. */
export const REFERENCE = z.strictObject({
  kind: z.enum(['parcel', 'visit']),
  parcel: PARCEL.nullable(),
  rows: EVIDENCE.shape.rows,
});
export type Reference = z.output<typeof REFERENCE>;
