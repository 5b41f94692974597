import { z } from 'zod';
import { TOTAL_DAYS_MAX } from '../../domain/hold.ts';
import { LABEL_CHARS_MAX } from '../../domain/parcel.ts';
import { personOp } from './people.ts';
import {
  count,
  epoch,
  hash,
  keyId,
  line,
  name,
  parcel,
  person,
  publicKey,
  session,
  slot,
  TEXT_CHARS_MAX,
  time,
  uuid,
  version,
  word,
} from './values.ts';

/** What the cloud says. Everything but `ack` and its own status is signed. */

const LOG_LINES_MAX = 200;
const OPS_MAX = 500;
const CHUNKS_MAX = 128;
const SLOTS_MAX = 1_024;
const PART_CHARS_MAX = 65_536;
const KEYS_MAX = 4;
const MODES = ['serve', 'maintenance', 'lockdown'] as const;

const order = {
  v: version,
  id: uuid,
  k: name,
  ts: time,
  exp: time.describe('not carried out after this'),
};
/** What every command has, of whatever type. */
export const anyOrder = z.object({ ...order, t: word });
/** What moves something is for one session only. */
const actuating = { ...order, sess: session };
const other = { ...order, sess: session.exactOptional() };

const preconditions = { ifSlotRev: count.exactOptional(), ifParcel: parcel.exactOptional() };

export const commands = {
  'slot.open': z.object({
    ...actuating,
    t: z.literal('slot.open'),
    d: z.object({ slot, ...preconditions }),
  }),
  'slot.block': z.object({
    ...other,
    t: z.literal('slot.block'),
    d: z.object({ slot, ...preconditions }),
  }),
  'slot.unblock': z.object({
    ...other,
    t: z.literal('slot.unblock'),
    d: z.object({ slot, ...preconditions }),
  }),
  'parcel.announce': z.object({
    ...other,
    t: z.literal('parcel.announce'),
    d: z.object({
      carrier: name,
      label: z.string().min(1).max(LABEL_CHARS_MAX),
      size: name,
      recipient: person,
      reserveUntil: time.exactOptional().describe('at most 48 h ahead; without it no slot is held'),
    }),
  }),
  'parcel.cancel': z.object({ ...other, t: z.literal('parcel.cancel'), d: z.object({ parcel }) }),
  'parcel.extend': z.object({
    ...other,
    t: z.literal('parcel.extend'),
    d: z.object({ parcel, days: z.int().min(1).max(TOTAL_DAYS_MAX) }),
  }),
  'kiosk.mode': z.object({
    ...actuating,
    t: z.literal('kiosk.mode'),
    d: z.object({ mode: z.enum(MODES) }),
  }),
  'log.pull': z.object({
    ...other,
    t: z.literal('log.pull'),
    d: z.object({ lines: z.int().min(1).max(LOG_LINES_MAX) }),
  }),
  rebirth: z.object({ ...other, t: z.literal('rebirth'), d: z.object({}) }),
  replay: z.object({
    ...other,
    t: z.literal('replay'),
    d: z.object({ ep: epoch, from: z.int().min(1), to: z.int().min(1) }),
  }),
  'lockout.clear': z.object({
    ...actuating,
    t: z.literal('lockout.clear'),
    d: z.object({ person }),
  }),
} as const;

export const ack = z.object({ v: version, ep: epoch, upto: count });

export const desired = z.object({
  v: version,
  rev: count,
  sha256: hash.describe('of doc, as the JSON text that it is'),
  doc: z.string().describe('JSON text of the settings: docs/CLOUD.md'),
});

export const provisioning = z.object({
  v: version,
  baseRev: count,
  rev: count,
  ops: z.array(personOp).max(OPS_MAX),
});

export const provisioningFull = z.object({
  v: version,
  rev: count,
  i: count.describe('of the chunk, from 0'),
  n: z.int().min(1).max(CHUNKS_MAX),
  sha256: hash.describe('of the text that all parts make, in order'),
  part: z.string().max(PART_CHARS_MAX).describe('of the JSON text of a list of all "put"s'),
});

export const keys = z.object({
  v: version,
  rev: z.int().min(1),
  keys: z
    .array(z.object({ role: z.enum(['command', 'people']), kid: keyId, key: publicKey }))
    .min(1)
    .max(KEYS_MAX),
});

const reason = z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/);
const answer = { v: version, id: uuid, re: uuid.describe('the request') };

export const reply = z.discriminatedUnion('t', [
  z.object({ ...answer, t: z.literal('time'), d: z.object({ ts: time }) }),
  z.object({
    ...answer,
    t: z.literal('prov.sync'),
    d: z.object({ rev: count.describe('of what comes on dn/prov/full') }),
  }),
  z.object({
    ...answer,
    t: z.literal('custody.sync'),
    d: z.object({
      slots: z
        .record(slot, parcel.nullable())
        .refine((slots) => Object.keys(slots).length <= SLOTS_MAX)
        .describe('what lies in the slots that the cloud vouches for: see docs/CLOUD.md'),
      retrieved: z.array(parcel).max(SLOTS_MAX).describe('those of them that were collected'),
    }),
  }),
  z.object({
    ...answer,
    t: z.literal('notice'),
    d: z.object({
      fate: z.enum(['accepted', 'refused', 'later']),
      why: reason.exactOptional().describe('a status; nothing of whom it was for'),
    }),
  }),
  z.object({
    ...answer,
    t: z.literal('code.recover'),
    d: z.object({ person: person.nullable().describe('who has this phone, if anybody') }),
  }),
  z.object({
    ...answer,
    t: z.literal('site.nearest'),
    d: z.object({
      site: z
        .object({ name: line(TEXT_CHARS_MAX), address: line(TEXT_CHARS_MAX) })
        .nullable()
        .describe('the nearest other one that has room; null: none is known'),
    }),
  }),
]);

export const cloudStatus = z.object({
  v: version,
  state: z.enum(['online', 'offline']),
  name: word.exactOptional(),
});
