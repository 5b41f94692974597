import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { families } from '../../../../hardware/index.ts';
import { HELD_BYTES_MAX } from '../../../../hardware/wire/waveshare-relay-d/limits.ts';
import { vectors } from './vectors.ts';

const PAGE = new URL('../../../../hardware/wire/waveshare-relay-d/README.md', import.meta.url);
const readme = readFileSync(PAGE, 'utf8');
const family = families.get('waveshare-relay-d');

/** Cells of the table under the given heading row. */
function table(heading: string): string[][] {
  const lines = readme.split('\n');
  const after = lines.slice(lines.indexOf(heading) + 2);
  const rows = after.slice(
    0,
    after.findIndex((line) => !line.startsWith('|')),
  );
  return rows.map((row) => row.slice(2, -2).replaceAll('`', '').split(' | '));
}

test('the page shows exactly the vectors', () => {
  expect(table('| What | Mark | Host | Board |')).toEqual(
    vectors.exchanges.map(({ about, mark, ask, answer }) => [about, mark, ask, answer]),
  );
  expect(table('| What | Mark | Frame |')).toEqual(
    vectors.unspoken.map(({ about, mark, bytes }) => [about, mark, bytes]),
  );
  expect(table('| Why not | Bytes | Counted as |')).toEqual(
    vectors.bad.map(({ about, bytes, reason }) => [about, bytes, reason]),
  );
});

test('the page shows the settings and the times', () => {
  const choices = table('| Setting | Choices | Choose |').map(([name, all]) => [name, all]);
  expect(choices).toEqual(
    Object.entries(family?.settings ?? {}).map(([name, all]) => [name, all.join(', ')]),
  );
  const times = table('| What | Value | Why |').map(([, value]) => value);
  expect(times.slice(0, 5)).toEqual([
    `${family?.pulseMs.min} to ${family?.pulseMs.max} ms, in steps of 100 ms`,
    `at most ${family?.turnaroundMs({ kind: 'off' }, {})} ms`,
    `${family?.quietMs} ms`,
    `${family?.frameEndMs(9_600)} ms at 9600 baud, ${family?.frameEndMs(115_200)} ms from 19200 on`,
    `${family?.gapMs} ms`,
  ]);
  expect(readme).toContain(`It holds at most ${HELD_BYTES_MAX} bytes.`);
});
