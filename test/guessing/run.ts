import { guessedPerYear } from '../../src/domain/code.ts';
import { attack } from './attacker.ts';
import { crowd } from './honest.ts';
import { inScratch } from './scratch.ts';

/** A year of somebody who guesses, and a month of people who mistype (docs/TESTING.md). */

const YEAR_DAYS = 365;
const MONTH_DAYS = 30;
const TURNED_AWAY_MAX = 0.001;
const SLOTS = [60, 1024] as const;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const year = inScratch((folder) => attack(folder, YEAR_DAYS, 1));
say(
  `attacker, ${YEAR_DAYS} days: ${year.judged} of ${year.typed} guesses judged, ` +
    `${year.allowed} allowed, ${year.exceeded} times exceeded, over ${year.cuts} power cuts ` +
    `and ${year.own} right entries of an own parcel`,
);
say(
  `a victim's code is known: ${year.victimTries} second numbers tried with it, ` +
    `${year.victimAllowed} allowed`,
);
for (const slots of SLOTS) {
  say(`a hit in a year with ${slots} parcels: ${guessedPerYear(slots, 12).toExponential(1)}`);
}

const people = { days: MONTH_DAYS, perDay: 1_000, slipsPerMille: 70, seed: 1 };
const month = inScratch((folder) => crowd(folder, people));
const share = month.turnedAway / month.pickups;
say(
  `honest people, ${MONTH_DAYS} days: ${month.pickups} pickups, ${month.slips} slips, ` +
    `${month.paid} of them paid for, ${month.turnedAway} people turned away ` +
    `(${(share * 100).toFixed(3)} %)`,
);
process.exitCode =
  year.exceeded === 0 && year.victimTries <= year.victimAllowed && share < TURNED_AWAY_MAX ? 0 : 1;
