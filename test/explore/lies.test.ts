import { describe, expect, it } from 'vitest';
import { slotStepper } from '../../src/domain/slot-machine.ts';
import { explore } from './explore.ts';
import { LIES } from './lies.ts';
import { ACCEPTED, BAD_SENSORS, honest, SAYS_FULL, SENSORS } from './settings.ts';
import type { Setting } from './world.ts';

const GIVEN_AWAY = 'R1 a slot that is given away is really empty';

/** The shortest way to a full slot that is given away, or null. */
function wayToLoss(setting: Setting): readonly string[] | null {
  const { broken } = explore(slotStepper(), setting, GIVEN_AWAY);
  return [...broken].find(([name]) => name.startsWith(GIVEN_AWAY))?.[1] ?? null;
}

/**
 * That nothing else does is shown by the exploration of all other untruths at once, which finds
 * no full slot given away (`explore.test.ts`).
 */
describe.each(SENSORS)('R1 the untruths that it accepts, occupancy sensors: %s', (occupancy) => {
  const accepted = ACCEPTED[occupancy];

  it('is what can give a full slot away, and nothing else', () => {
    const found = accepted.filter((lie) => wayToLoss({ ...honest(occupancy), lies: [lie] }));
    const table = LIES.map((lie) => `  ${found.includes(lie) ? 'LOST' : 'kept'}  ${lie}`);
    process.stdout.write(`occupancy sensors: ${occupancy}\n${table.join('\n')}\n`);
    expect(found).toEqual(accepted);
  });
});

it.each(BAD_SENSORS)('R1 takes a sensor at its word: %s', (_name, setting) => {
  expect(wayToLoss(setting)).not.toBeNull();
});

it('R1 R2 a sensor that says full costs a slot, and breaks no rule', () => {
  expect([...explore(slotStepper(), SAYS_FULL).broken]).toEqual([]);
});
