import { describe, expect, it } from 'vitest';
import { type Family, families } from '../../hardware/index.ts';
import { FAMILIES } from '../../sim/boards/families.ts';
import { BEHAVIOURS } from './behaviours.ts';
import { type Ability, MEMBERS, variantsWith } from './members.ts';
import { Rig } from './rig.ts';

describe('B6 the contract', () => {
  it('is run with every family, and every family has a simulated board', () => {
    const names = MEMBERS.map(({ family }) => family).sort();
    expect(names).toEqual([...families.keys()].sort());
    expect(names).toEqual(Object.keys(FAMILIES).sort());
  });

  it.each(MEMBERS)('names what $family cannot do, and nothing that it can', (member) => {
    const family = families.get(member.family);
    const can: Record<Ability, boolean> = {
      off: family?.probe.includes('off') ?? false,
      items: family?.senses.occupancy ?? false,
      reports: variantsWith(member, 'reports').length > 0,
      ids: family !== undefined && neverAsksTwice(family),
    };
    for (const [ability, isAble] of Object.entries(can)) {
      expect(Object.hasOwn(member.cannot, ability)).toBe(!isAble);
    }
    expect(variantsWith(member, 'items').length > 0).toBe(can.items);
  });
});

/** Two requests for the same have different bytes, so that each has a reply of its own. */
function neverAsksTwice(family: Family): boolean {
  const dialect = family.dialect(0);
  const [first, second] = [0, 1].map(() => dialect.ask(1, { kind: 'status', channels: 4 }));
  return Buffer.compare(first ?? Uint8Array.of(), second ?? Uint8Array.of()) !== 0;
}

for (const member of MEMBERS) {
  describe(member.family, () => {
    for (const { title, needs, run } of BEHAVIOURS) {
      const able = variantsWith(member, needs);
      if (able.length === 0) continue;
      describe(title, () => {
        for (const variant of able) {
          it(variant.name, () => run((options) => new Rig(member, variant, options)));
        }
      });
    }
  });
}
