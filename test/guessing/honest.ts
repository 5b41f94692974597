import { type Entry, Keypad } from './world.ts';

const DAY_MS = 86_400_000;
/** Seconds between two tries of somebody who mistyped. */
const RETRY_MS = 15_000;
const SLOTS = 60;
const PER_MILLE = 1_000;

interface Month {
  readonly pickups: number;
  /** Entries with a slip, and those of them that the check digit did not catch. */
  readonly slips: number;
  readonly paid: number;
  /** People who met an empty budget. */
  readonly turnedAway: number;
}

interface Crowd {
  readonly days: number;
  readonly perDay: number;
  /** Slips in a thousand entries. */
  readonly slipsPerMille: number;
  readonly seed: number;
}

/** Honest people collect their parcels; some mistype, and try again until the door opens. */
export function crowd(folder: string, { days, perDay, slipsPerMille, seed }: Crowd): Month {
  const keypad = new Keypad(folder, seed);
  const { clock, random } = keypad;
  const lying = Array.from({ length: SLOTS }, (_, index) => keypad.store(String(index)));
  const count = { pickups: 0, slips: 0, paid: 0, turnedAway: 0 };
  const gapMs = DAY_MS / perDay;
  while (count.pickups < days * perDay) {
    clock.advance(random.int(2 * gapMs));
    const slot = random.int(SLOTS);
    const numbers = lying[slot] as Entry;
    let isTurnedAway = false;
    for (let done = false; !done; ) {
      const slips = random.int(PER_MILLE) < slipsPerMille;
      const answer = keypad.type(slips ? slip(numbers, random.int) : numbers);
      if (slips) count.slips += 1;
      if (answer === 'wrong') count.paid += 1;
      if (answer === 'wait') isTurnedAway = true;
      done = answer === 'right' || answer === 'wait';
      if (!done) clock.advance(RETRY_MS);
    }
    if (isTurnedAway) count.turnedAway += 1;
    count.pickups += 1;
    lying[slot] = keypad.store(String(slot));
  }
  keypad.close();
  return count;
}

/** One wrong digit, or two neighbours swapped, anywhere in the two numbers. */
function slip({ code, second }: Entry, pick: (max: number) => number): Entry {
  const digits = [...code, ...second];
  const at = pick(digits.length - 1);
  const here = digits[at] ?? '';
  if (pick(4) === 0 && digits[at + 1] !== here) {
    digits[at] = digits[at + 1] ?? '';
    digits[at + 1] = here;
  } else {
    digits[at] = String((Number(here) + 1 + pick(9)) % 10);
  }
  return {
    code: digits.slice(0, code.length).join(''),
    second: digits.slice(code.length).join(''),
  };
}
