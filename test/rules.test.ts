import { expect, test } from 'vitest';
import { idsIn, idsOfTests, missingBetween } from './tidy/rule-ids.ts';
import { projectFiles, source } from './tidy/source.ts';

/** The documented rules, and the tests that cite them. */

/** Rules without a test yet, each with what it waits for. An id with a test must leave. */
const LATER: Readonly<Record<string, readonly string[]>> = {};

const LAST = ['R31', 'I13'];

const files = projectFiles();
const document = files.find(({ path }) => path === 'docs/RULES.md')?.text ?? '';
const documented = idsIn(document);
const tested = new Set(
  files
    .filter(({ path }) => path.endsWith('.test.ts') && path.startsWith('test/'))
    .flatMap(({ path, text }) => idsOfTests(source(path, text))),
);
const later = Object.values(LATER).flat();

test('the document has every id once, from the first to the last', () => {
  expect(documented).toEqual([...new Set(documented)]);
  expect(missingBetween(documented, LAST)).toEqual([]);
});

test('every rule has a test that cites it, or waits for one', () => {
  expect(documented.filter((id) => !tested.has(id) && !later.includes(id))).toEqual([]);
});

test('no rule waits that has a test, and none that is unknown or named twice', () => {
  expect(later.filter((id) => tested.has(id))).toEqual([]);
  expect(later.filter((id) => !documented.includes(id))).toEqual([]);
  expect(later).toEqual([...new Set(later)]);
});

test('tests cite rules that exist', () => {
  expect([...tested].filter((id) => !documented.includes(id))).toEqual([]);
});
