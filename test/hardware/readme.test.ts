import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as limits from '../../hardware/bus/limits.ts';
import { vectors } from './wire/vectors.ts';

const readme = readFileSync(new URL('../../hardware/README.md', import.meta.url), 'utf8');

/** Cells of the table under the given heading row. */
function table(heading: string): string[][] {
  const lines = readme.split('\n');
  const start = lines.indexOf(heading);
  const after = lines.slice(start + 2);
  const rows = after.slice(
    0,
    after.findIndex((line) => !line.startsWith('|')),
  );
  return start < 0 ? [] : rows.map((row) => row.slice(2, -2).replaceAll('`', '').split(' | '));
}

test('the README shows exactly the vectors', () => {
  expect(table('| What | Host | Board |')).toEqual(
    vectors.exchanges.map(({ about, ask, answer }) => [about, ask, answer]),
  );
  expect(table('| Why not | Line | Counted as |')).toEqual(
    vectors.bad.map(({ about, line, reason }) => [about, line, reason]),
  );
});

test('the README shows exactly the limits', () => {
  const shown = table('| Name | Value | What it bounds |').map(([name, value]) => [name, value]);
  const real = Object.entries(limits).map(([name, value]) => [name, String(value)]);
  expect(shown.sort()).toEqual(real.sort());
});
