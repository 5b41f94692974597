import { expect, test } from 'vitest';
import { idsIn, idsOfTests, missingBetween } from './rule-ids.ts';
import { source } from './source.ts';

test('ids are defined at the start of headings and items only', () => {
  const document = 'See **R9**.\n\n- **R1** One (R2).\n  - **R2a** Two.\n### **I1** Three\nR4\n';
  expect(idsIn(document)).toEqual(['R1', 'R2a', 'I1']);
});

test('ids are cited in the names of tests, and nowhere else', () => {
  const text = `
// it('R1 …') in a comment
describe('R2a a group', () => {
  it('R3 R4: two, and CU16, R5-like', () => expect('R6').toBe("it('R7')"));
  test.each([['R8', f('R9')]])('R10 %s', () => {});
  test.each(table)(
    \`I11 \${name}\`,
    () => {},
  );
  audit('R12');
});`;
  expect(idsOfTests(source('test/a.test.ts', text))).toEqual(['R2a', 'R3', 'R4', 'R10', 'I11']);
});

test('gaps are found, and a letter without its number', () => {
  expect(missingBetween(['R1', 'R2', 'R2a', 'I1'], ['R2', 'I1'])).toEqual([]);
  expect(missingBetween(['R1', 'R3', 'R5a'], ['R4', 'I1'])).toEqual(['R2', 'R4', 'I1', 'R5']);
});
