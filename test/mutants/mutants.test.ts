import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TreeCopy } from './changed-tree.ts';
import { MUTANTS } from './mutants.ts';

/** That the bugs are caught is shown by `npm run mutants`; here is what goes out of date. */

/** Rules of which a deliberate bug must be caught. */
const HELD = ['R1', 'R2', 'R6', 'R10', 'R13', 'R14', 'R17', 'R20', 'R21', 'R22'];

it('every rule that needs a deliberate bug has one', () => {
  const rules = MUTANTS.map(({ rule }) => rule);
  expect(HELD.filter((rule) => !rules.includes(rule))).toEqual([]);
});

it('every deliberate bug still fits the source, and its test is there', () => {
  const tree = new TreeCopy();
  for (const { changes, test } of MUTANTS) {
    const undo = changes.map((change) => tree.change(change));
    for (const back of undo.reverse()) back();
    expect(existsSync(test)).toBe(true);
  }
  expect(() => tree.change({ file: 'package.json', from: '"name"', to: '' })).not.toThrow();
  expect(() => tree.change({ file: 'package.json', from: '"name"', to: '' })).toThrow('0 times');
  expect(() => tree.change({ file: 'package.json', from: '"', to: '' })).toThrow('not once');
  tree.remove();
});
