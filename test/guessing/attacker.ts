import { RECIPIENT_BUDGET } from '../../src/domain/budget.ts';
import { checkDigit, randomDigits } from '../../src/domain/code.ts';
import { type Entry, Keypad } from './world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Of R13: after five wrong second numbers one try an hour. */
const MISSES_FREE = 5;

interface Attack {
  /** Wrong entries that were judged, of all that were typed. */
  readonly judged: number;
  readonly typed: number;
  /** The most that R13 allows in this time. */
  readonly allowed: number;
  /** The same for second numbers tried with the code of one victim, which the attacker knows. */
  readonly victimTries: number;
  readonly victimAllowed: number;
  readonly cuts: number;
  readonly own: number;
  /** How often more were judged than allowed at that moment. */
  readonly exceeded: number;
}

/**
 * Somebody stands at the keypad for so many days and tries all that might fill a budget: types the
 * numbers of an own parcel in between, pulls the plug, steps the time of day, comes back later.
 */
export function attack(folder: string, days: number, seed: number): Attack {
  const keypad = new Keypad(folder, seed);
  const { clock, random } = keypad;
  const mine = keypad.store('1');
  const victim = keypad.store('2');
  const count = { judged: 0, typed: 0, cuts: 0, own: 0, exceeded: 0 };
  const untilMs = days * DAY_MS;
  const allowed = (): number =>
    RECIPIENT_BUDGET.burst + Math.floor(clock.monoMs() / RECIPIENT_BUDGET.refillMs);
  const pause = (): number => [1, MINUTE_MS, 6 * MINUTE_MS, HOUR_MS][random.int(4)] ?? 1;
  while (clock.monoMs() < untilMs) {
    const atVictim = random.int(4) === 0;
    const answer = keypad.type(guess(keypad, atVictim ? victim : null));
    count.typed += 1;
    if (answer === 'wrong') count.judged += 1;
    if (count.judged > allowed()) count.exceeded += 1;
    if (random.int(10) === 0 && keypad.type(mine) === 'right') count.own += 1;
    if (answer !== 'wait') continue;
    const trick = random.int(2);
    if (trick === 0) {
      keypad.cutPower();
      count.cuts += 1;
    }
    if (trick === 1) clock.jumpWall((random.int(2) === 0 ? 1 : -1) * random.int(DAY_MS));
    clock.advance(pause());
  }
  const victimHours = Math.floor(clock.monoMs() / HOUR_MS);
  const victimTries = keypad.misses('2');
  keypad.close();
  const victimAllowed = MISSES_FREE + 1 + victimHours;
  return { ...count, allowed: allowed(), victimTries, victimAllowed };
}

/** Anything that passes the check digit; with the victim's code, any second number. */
function guess({ random }: Keypad, victim: Entry | null): Entry {
  const pick = (max: number): number => random.int(max);
  const second = randomDigits(6, pick);
  if (victim !== null) return { code: victim.code, second };
  const digits = randomDigits(6, pick);
  return { code: digits + checkDigit(digits), second };
}
