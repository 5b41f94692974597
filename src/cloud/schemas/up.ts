import { z } from 'zod';
import { NOTICE_KINDS } from '../../control/ports.ts';
import { SLOT_STATUSES } from '../../domain/slot.ts';
import {
  boxKey,
  bySize,
  clockState,
  count,
  ERRORS_MAX,
  epoch,
  hash,
  name,
  parcel,
  person,
  sealed,
  session,
  slot,
  text,
  time,
  uuid,
  version,
  word,
} from './values.ts';

/** What a kiosk says. */

const LOCKER_SLOTS_MAX = 1_024;
const BATCH_EVENTS_MAX = 100;
const LOG_LINES_MAX = 200;

const here = { v: version, k: name };

const birth = z.object({
  ...here,
  state: z.literal('ready'),
  sess: session,
  boot: uuid,
  ep: epoch,
  lastSeq: count.describe('of the newest event'),
  acked: count.describe('every event up to this one was acknowledged'),
  cfgRev: count,
  provRev: count,
  fw: word,
  clk: clockState,
  box: boxKey.describe('for what is sealed to this kiosk; hold it against its enrolment'),
  auditHead: text.nullable().describe('seq:hash of the last journal row'),
});

export const status = z.discriminatedUnion('state', [
  birth,
  z.object({ ...here, state: z.literal('init'), sess: session }),
  z.object({ ...here, state: z.literal('offline'), sess: session, reason: word }),
  z.object({ ...here, state: z.literal('lost'), sess: session }),
]);

export const avail = z.object({ ...here, rev: count, city: text, sizes: bySize });

const slotState = z.object({
  rev: count,
  state: z.enum(SLOT_STATUSES),
  door: z.enum(['closed', 'open', 'unknown']),
  occ: z.enum(['empty', 'full', 'unknown']),
  fault: word.nullable().describe('why the slot is given to nobody'),
  since: time.nullable().describe('of the last change; null: none since the start'),
});

export const locker = z.object({
  ...here,
  locker: name,
  rev: count.describe('seq of the newest event that the picture contains'),
  slots: z.record(name, slotState).refine((slots) => Object.keys(slots).length <= LOCKER_SLOTS_MAX),
});

export const alert = z.object({
  ...here,
  alert: text,
  what: word,
  slot: slot.nullable(),
  since: time,
});

const stamps = {
  v: version,
  id: uuid,
  k: name,
  ep: epoch,
  sess: session,
  boot: uuid,
  ts: time,
  mono: count.describe('milliseconds since the boot'),
  clk: clockState,
  cause: text.nullable().describe('cmd:…, intent:… or session:…'),
};

export const event = z.object({
  ...stamps,
  t: word,
  seq: z.int().min(1),
  hist: z.boolean().describe('older than the session'),
  d: z.looseObject({ slot: slot.exactOptional(), parcel: parcel.exactOptional() }),
});

export const events = z.union([event, z.array(event).min(1).max(BATCH_EVENTS_MAX)]);

export const RESULT_CODES = [
  'UNDER_WAY',
  'DONE',
  'OPENED',
  'ALREADY_OPEN',
  'BUSY',
  'NO_CHANGE',
  'NOT_SENT',
  'UNKNOWN',
  'DARK',
  'JAMMED',
  'EXPIRED',
  'BAD_SESSION',
  'CONFLICT',
  'PRECONDITION',
  'BUDGET',
  'LOCKDOWN',
  'UNSUPPORTED',
  'MALFORMED',
  'BAD_SIGNATURE',
  'TOO_LARGE',
  'RETAINED',
  'LIMIT',
  'NOT_FOUND',
  'FULL',
  'REFUSED',
] as const;

export const result = z.object({
  ...stamps,
  t: z.enum(['command.progress', 'command.result', 'command.refused']),
  d: z.object({
    cmd: text.nullable().describe('null where the message could not be read'),
    type: word.nullable(),
    ok: z.boolean(),
    code: z.enum(RESULT_CODES),
    slot: slot.exactOptional(),
    parcel: parcel.exactOptional(),
    ref: text.exactOptional().describe('of the intent that is in the way, or of the parcel'),
    grade: word.exactOptional().describe('evidence of an open'),
    detail: text.exactOptional(),
    lines: z.array(z.string()).max(LOG_LINES_MAX).exactOptional(),
    refused: count.exactOptional().describe('messages refused since the last such answer'),
  }),
});

export const inForce = z.object({
  ...here,
  rev: count,
  hash: hash.nullable(),
  count,
  status: z.enum(['ok', 'refused', 'none']),
  errors: z.array(text).max(ERRORS_MAX),
});

const question = { ...here, id: uuid, ts: time };
const rev = count.describe('of the people in force; of the newest event');

export const request = z.discriminatedUnion('t', [
  z.object({ ...question, t: z.literal('time'), d: z.object({}) }),
  z.object({ ...question, t: z.literal('prov.sync'), d: z.object({ rev }) }),
  z.object({ ...question, t: z.literal('custody.sync'), d: z.object({ rev }) }),
  z.object({
    ...question,
    t: z.literal('notice'),
    d: z.object({
      notice: uuid.describe('the same one at each try: who has it answers as before'),
      kind: z.enum(NOTICE_KINDS),
      person: person.describe('as in dn/prov; operator; or somebody of whom the contact is sealed'),
      parcel: parcel.nullable(),
      sealed: sealed.describe('to the notify key, about notice:ID: see docs/CLOUD.md'),
    }),
  }),
  z.object({
    ...question,
    t: z.literal('code.recover'),
    d: z.object({ sealed: sealed.describe('a phone, to the notify key: see docs/CLOUD.md') }),
  }),
  z.object({
    ...question,
    t: z.literal('site.nearest'),
    d: z.object({ size: name.describe('of the slot that is needed; none is free here') }),
  }),
]);

export const telemetry = z.object({
  ...here,
  ts: time,
  clk: clockState,
  upS: count,
  queue: z.object({ count, oldestS: count }),
  slots: bySize,
  memMb: count.exactOptional(),
});
