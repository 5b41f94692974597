import { describe, expect, it } from 'vitest';
import { BROKEN, deafToTechnicians } from './broken.ts';
import { explore } from './explore.ts';
import { harmless, honest, silent } from './settings.ts';

describe('I1 I2 I4 R1 R2 R2a R3a R5 R8 R10 R12 R20 R21 the exploration finds one that', () => {
  it.each(BROKEN)('%s, by the rule %s', (_fault, rule, stepper) => {
    const isFound = [honest('none'), harmless('none')].some((setting) =>
      [...explore(stepper, setting, rule).broken.keys()].some((name) => name.startsWith(rule)),
    );
    expect(isFound).toBe(true);
  });

  it('I12 is deaf to technicians, and has no way out', () => {
    expect(explore(deafToTechnicians, silent('none')).stuck()).not.toEqual([]);
  });
});
