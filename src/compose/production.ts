import { readFileSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import type { Random } from '../control/ports.ts';
import { GUESSED_PER_YEAR_MAX, guessedPerYear, randomDigits } from '../domain/code.ts';
import { type PersonRecord, PIN_DIGITS_MIN, TRIAL_PINS } from '../domain/person.ts';
import { EX_CONFIG } from '../platform/exit-status.ts';
import { type Core, composeCore } from './core.ts';
import type { World } from './world.ts';

/** Keys of examples and test vectors: their private halves can be read in this project. */
const PUBLISHED_KEYS: ReadonlySet<string> = new Set([
  'MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  'MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=',
  'MCowBQYDK2VwAyEA/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU=',
  'MCowBQYDK2VwAyEAgTl3Dqh9F19Wo1Rmw0x+zMuNipG07jeiXfYPW4/Js5Q=',
  'MCowBQYDK2VwAyEAiojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=',
]);
/** One byte over and over: typed by somebody, not drawn. */
const TYPED_KEY = /^([0-9a-f]{2})\1{31}$/;

/** A kiosk in production does not start with what was made for trials. */
class NotForProduction extends Error {
  override readonly name = 'NotForProduction';
  readonly exitStatus = EX_CONFIG;

  constructor(found: readonly string[]) {
    const lines = found.map((one) => `  ${one}`);
    super(['this site is in production, and is set up for trials:', ...lines].join('\n'));
  }
}

/**
 * Looks for what was made for trials in the config and the records of a kiosk that is not running.
 * @throws NotForProduction with all that was found; StoreRefused as `startApp`.
 */
export async function checkProduction(config: Config, world: World): Promise<void> {
  const found = [...policiesOf(config), ...keysOf(config), ...(await pinsOf(config, world))];
  if (found.length > 0) throw new NotForProduction(found);
}

/** A PIN for somebody new; never one that would keep a kiosk in production from starting. */
export function drawPin(random: Random): string {
  const pin = randomDigits(PIN_DIGITS_MIN, (max) => random.int(max));
  return TRIAL_PINS.includes(pin) ? drawPin(random) : pin;
}

function policiesOf({ policy, notices, cloud, lockers }: Config): string[] {
  const slots = lockers.reduce((sum, locker) => sum + locker.slots.length, 0);
  const guessed = guessedPerYear(slots, policy.codeDigits + policy.secondDigits);
  return [
    ...(guessed > GUESSED_PER_YEAR_MAX ? ['policy: its codes can be guessed'] : []),
    ...(notices.spool === undefined ? [] : ['notices.spool: messages become files']),
    ...(cloud?.signed === 'off' ? ['cloud.signed = "off": anybody can give orders'] : []),
  ];
}

function keysOf({ keys, cloud, grants }: Config): string[] {
  const named = [
    ...(['rootKey', 'commandKey', 'peopleKey'] as const).map((name) => {
      return [`cloud.${name}`, cloud?.[name] ?? ''] as const;
    }),
    ...grants.keys.map(({ kid, publicKey }) => [`grants.keys: key ${kid}`, publicKey] as const),
  ];
  const published = named.filter(([, key]) => PUBLISHED_KEYS.has(key)).map(([name]) => name);
  const typed = [keys.path, keys.audit].filter((path) => TYPED_KEY.test(textOf(path)));
  return [
    ...published.map((name) => `${name}: it is published, with its private half`),
    ...typed.map((path) => `${path}: nobody drew this key by chance`),
  ];
}

/** The first start makes the keys. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1').trim();
  } catch {
    return '';
  }
}

/** Whom the cloud has sent is no reason to serve nobody: they alone stay outside. */
async function pinsOf(config: Config, world: World): Promise<string[]> {
  const core = composeCore(config, world);
  core.supervisor.stop();
  // What a restore has to tell the operator waits for the start itself.
  core.notices.stop();
  const { people, transaction } = core.store;
  let weak = 0;
  for (const person of people.withPin()) {
    if (person.isPinJudged) continue;
    if (!(await isTrial(core.vault, person))) {
      // At once: what a start that is cut short has found out, the next one knows.
      transaction(() => people.put({ ...person, isPinJudged: true }));
    } else if (person.origin === 'cloud') bar(core, person);
    else weak += 1;
  }
  core.store.close();
  return weak === 0
    ? []
    : [`staff: ${weak} with a PIN of the documents, or one that all try first`];
}

/** Takes a third of a second of a processor. */
async function isTrial(vault: Core['vault'], { pinHash }: PersonRecord): Promise<boolean> {
  const tried = TRIAL_PINS.map((pin) => vault.checkPin(pin, pinHash ?? ''));
  return (await Promise.all(tried)).includes(true);
}

/** Without a staff number either, so that the cloud can give another PIN with a number. */
function bar({ store, recorder, log }: Core, person: PersonRecord): void {
  const data = { person: person.id, by: 'kiosk', why: 'a PIN that all try first' };
  log.error('staff.disabled', data);
  store.transaction(() => {
    store.people.put({ ...person, staffHash: null, pinHash: null });
    recorder.record({ t: 'staff.disabled', data });
  });
}
