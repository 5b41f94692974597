import { expect, it } from 'vitest';
import { attack } from './attacker.ts';
import { crowd } from './honest.ts';
import { inScratch } from './scratch.ts';

/** The whole year and the whole month: npm run guessing (docs/TESTING.md). */

const ATTACK_DAYS = 5;
const CROWD_DAYS = 1;
const TURNED_AWAY_MAX = 0.001;

it('R13 I7 whoever owns a parcel and cuts the power at will never exceeds a budget', () => {
  const found = inScratch((folder) => attack(folder, ATTACK_DAYS, 1));
  expect(found.exceeded).toBe(0);
  expect(found.judged).toBeLessThanOrEqual(found.allowed);
  expect(found.victimTries).toBeGreaterThan(5);
  expect(found.victimTries).toBeLessThanOrEqual(found.victimAllowed);
  // Budget and code were really there to be attacked.
  expect(found.judged).toBeGreaterThan(found.allowed * 0.8);
  expect(found.cuts).toBeGreaterThan(10);
  expect(found.own).toBeGreaterThan(0);
});

it('R13 honest people who mistype in 7 % of their entries are hardly ever turned away', () => {
  const people = { days: CROWD_DAYS, perDay: 1_000, slipsPerMille: 70, seed: 1 };
  const found = inScratch((folder) => crowd(folder, people));
  expect(found.slips).toBeGreaterThan(found.pickups * 0.05);
  expect(found.paid).toBeGreaterThan(0);
  expect(found.turnedAway / found.pickups).toBeLessThan(TURNED_AWAY_MAX);
});
