import { z } from 'zod';
import { STRATEGIES, type StrategyName } from '../domain/allocation/strategy.ts';
import { CODE_POLICIES } from '../domain/code-policy.ts';
import { LANGUAGES } from '../domain/language.ts';
import { notices } from './notice-schema.ts';
import {
  boxKey,
  broker,
  callingCode,
  choices,
  flag,
  id,
  OPEN_HOURS_ALLOWED,
  oneNumberOf,
  oneOf,
  only,
  openHours,
  path,
  phone,
  port,
  publicKey,
  table,
  tables,
  text,
  timeZone,
  trunkPrefix,
  whole,
} from './values.ts';

/** The shape of the config file; what spans keys is in the three `check-…` files beside this. */

export const BAUDS = [9_600, 19_200, 38_400, 57_600, 115_200] as const;
const STRATEGY_NAMES = Object.keys(STRATEGIES) as StrategyName[];
const SIZES_MAX = 8;
/** Not of the system, and only on the loopback interface. */
const METRICS_PORT = { min: 1_024, max: 65_535 };
const DOOR_NUMBERS = { min: 1, max: 9_999 };
/** What any family may have; the limits of the board's own family are checked afterwards. */
const ADDRESSES = { min: 0, max: 255 };
const CHANNELS = { min: 1, max: 256 };
/** A coil is not to be on for longer in any ten seconds. */
const PULSE_MS = { min: 1, max: 2_500 };
/** A forced door is to be seen within one poll (R8), and every other board within 2 s (R7). */
const IDLE_POLL_MS = { min: 50, max: 1_000 };
const WEIGHT_G = { min: 1, max: 100_000 };
const SIDE_MM = { min: 1, max: 5_000 };
const SIDES_ALLOWED = 'three sides in millimetres, such as [400, 300, 80]';
const ACTIVE_POLL_MS = { min: 20, max: 500 };
/** Slow USB adapters need 10 ms to turn round; drivers in use wait up to 25 ms. */
const QUIET_MS = { min: 1, max: 100 };
const OPEN_HOURS_MAX = 21;
/** 0 is the kiosk's own key. */
const KEY_IDS = { min: 1, max: 255 };
const HOLD_DAYS = { min: 3, max: 7 };
/** Less than the shortest hold. */
const REMINDER_HOURS = { min: 1, max: 71 };
/** Longer than anybody asks about a parcel, and a card must hold it. */
const KEEP_DAYS = { min: 30, max: 3_650 };
const CODE_DIGITS = { min: 4, max: 12 };
const SECOND_DIGITS = { min: 4, max: 8 };
const GRACE_SECONDS = { min: 10, max: 600 };

export const DEFAULT_SIZES: readonly string[] = ['S', 'M', 'L'];
export const DEFAULT_PULSE_MS = 300;
export const DEFAULT_CODES = 'code+otp';
/** Lets a policy stand that is easier to guess than the limit. */
export const ACCEPTED = 'I accept that codes can be guessed';

const site = table({
  id,
  name: text,
  address: text,
  city: text,
  timeZone,
  helpPhone: phone,
  countryCode: callingCode.exactOptional(),
  trunkPrefix: trunkPrefix.default('0'),
  sizes: z
    .array(id, 'a list of sizes from small to large')
    .min(1, 'at least one size')
    .max(SIZES_MAX, `at most ${SIZES_MAX} sizes`)
    .default([...DEFAULT_SIZES]),
  openingHours: z.array(openHours, OPEN_HOURS_ALLOWED).max(OPEN_HOURS_MAX).default([]),
  production: flag.default(false),
});

const board = table({
  id,
  address: whole(ADDRESSES),
  family: text,
  channels: whole(CHANNELS),
  settings: choices.default({}),
});

const bus = table({
  name: id,
  port,
  supply: id.exactOptional(),
  baud: oneNumberOf(BAUDS).exactOptional(),
  idlePollMs: whole(IDLE_POLL_MS).default(250),
  activePollMs: whole(ACTIVE_POLL_MS).default(40),
  quietMs: whole(QUIET_MS).exactOptional(),
  boards: tables(board),
});

/** What a slot and a row of slots have in common. */
const compartment = {
  size: id,
  board: id,
  accessible: flag.default(false),
  /** Every slot has a door contact: without one nobody knows whether its door is open. */
  doorContact: oneOf(['closed-when-shut', 'closed-when-open']),
  occupancy: flag.default(false),
};

const slot = table({
  id,
  number: whole(DOOR_NUMBERS).exactOptional(),
  channel: whole(CHANNELS),
  ...compartment,
});

const row = table({
  from: whole(DOOR_NUMBERS),
  to: whole(DOOR_NUMBERS),
  firstChannel: whole(CHANNELS),
  ...compartment,
});

const locker = table({ id, rows: tables(row).default([]), slots: tables(slot).default([]) });

const policy = table({
  strategy: oneOf(STRATEGY_NAMES).default('best-fit'),
  holdDays: whole(HOLD_DAYS).default(5),
  reminderHours: whole(REMINDER_HOURS).default(24),
  codes: oneOf(CODE_POLICIES).default(DEFAULT_CODES),
  codeDigits: whole(CODE_DIGITS).exactOptional(),
  secondDigits: whole(SECOND_DIGITS).exactOptional(),
  qr: oneOf(['replaces-code', 'replaces-both', 'off']).default('replaces-code'),
  graceSeconds: whole(GRACE_SECONDS).default(60),
  acceptGuessable: only(ACCEPTED).exactOptional(),
});

/** What a compartment of a size takes (M20). */
const limit = table({
  size: id,
  weightG: whole(WEIGHT_G).exactOptional(),
  sidesMm: z.tuple([whole(SIDE_MM), whole(SIDE_MM), whole(SIDE_MM)], SIDES_ALLOWED).exactOptional(),
});

/** The door before the boards (R13a). */
const hatch = table({
  board: id,
  channel: whole(CHANNELS),
  doorContact: oneOf(['closed-when-shut', 'closed-when-open']),
});

const cloud = table({
  broker,
  certificate: path.exactOptional(),
  key: path.exactOptional(),
  ca: path.exactOptional(),
  signed: oneOf(['require', 'off']).default('require'),
  rootKey: publicKey,
  commandKey: publicKey,
  peopleKey: publicKey,
  notifyKey: boxKey.exactOptional(),
});

const grantKey = table({ kid: whole(KEY_IDS), publicKey });

const scanner = table({
  device: path.exactOptional(),
  port: path.exactOptional(),
  baud: oneNumberOf(BAUDS).default(9_600),
  types: flag.default(false),
});

const keypad = table({
  device: path.exactOptional(),
  port: path.exactOptional(),
  baud: oneNumberOf(BAUDS).default(9_600),
});

export const FILE = table({
  site,
  database: table({ path }),
  backup: table({ dir: path.exactOptional() }).prefault({}),
  journal: table({ keepDays: whole(KEEP_DAYS).default(180) }).prefault({}),
  keys: table({ path, audit: path.exactOptional() }),
  buses: tables(bus),
  lockers: tables(locker),
  pulse: table({ ms: whole(PULSE_MS).default(DEFAULT_PULSE_MS) }).prefault({}),
  limits: tables(limit).default([]),
  hatch: hatch.exactOptional(),
  policy: policy.prefault({}),
  grants: table({
    keys: z.array(grantKey, 'a list of tables').max(KEY_IDS.max).default([]),
  }).prefault({}),
  keypad: keypad.prefault({}),
  scanner: scanner.prefault({}),
  notices: notices.prefault({}),
  log: table({ level: oneOf(['debug', 'info', 'warn', 'error']).default('info') }).prefault({}),
  kiosk: table({
    profile: oneOf(['normal', 'extended']).default('normal'),
    language: oneOf(LANGUAGES).default(LANGUAGES[0]),
  }).prefault({}),
  api: table({
    folder: path.exactOptional(),
    metricsPort: whole(METRICS_PORT).exactOptional(),
  }).prefault({}),
  cloud: cloud.exactOptional(),
  doorMap: table({ path: path.exactOptional() }).prefault({}),
});

/** The file with its defaults filled in. */
export type File = z.output<typeof FILE>;
export type SlotFile = z.output<typeof slot>;
export type RowFile = z.output<typeof row>;
