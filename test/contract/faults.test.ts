import { describe, expect, it } from 'vitest';
import { scratchFolder } from '../app/bench-kiosk.ts';
import { FAULTS } from './faults.ts';
import { MEMBERS } from './members.ts';
import { Ordeal } from './ordeal.ts';
import { kioskVariants, Site } from './site.ts';

/**
 * Under none of these is there a second pulse for one intent (I2), a wrong slot reported open
 * (R5), or a slot wrongly available (R1, R18).
 */
for (const member of MEMBERS) {
  describe(member.family, () => {
    for (const fault of FAULTS) {
      describe(fault.title, () => {
        for (const variant of kioskVariants(member)) {
          it(variant.name, () => {
            const site = new Site(member, variant, scratchFolder());
            expect(new Ordeal(site, fault).undergo()).toEqual([]);
          });
        }
      });
    }
  });
}
