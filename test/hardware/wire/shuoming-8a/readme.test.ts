import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { families } from '../../../../hardware/index.ts';
import { SETTINGS } from '../../../../hardware/wire/shuoming-8a/settings.ts';
import { vectors } from './vectors.ts';

const PAGE = new URL('../../../../hardware/wire/shuoming-8a/README.md', import.meta.url);
const lines = readFileSync(PAGE, 'utf8').split('\n');

/** Cells of the table under the given heading row. */
function table(heading: string): string[][] {
  const after = lines.slice(lines.indexOf(heading) + 2);
  const count = after.findIndex((line) => !line.startsWith('|'));
  return after.slice(0, count).map((row) => row.slice(2, -2).replaceAll('`', '').split(' | '));
}

test('the page shows exactly the vectors', () => {
  expect(table('| What | Settings | Host | Board |')).toEqual(
    vectors.exchanges.map(({ about, settings, ask, answer }) => {
      const chosen = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
      return [about, chosen.join(', '), ask, answer];
    }),
  );
  expect(table('| What | Bytes | Counted as |')).toEqual(
    [...vectors.heard, ...vectors.bad].map(({ about, frame, reason }) => [about, frame, reason]),
  );
});

test('the page shows exactly the settings, defaults first', () => {
  const shown = table('| Setting | Values | How to choose |').map(([name, values]) => {
    return [name, values?.split(', ')];
  });
  expect(shown).toEqual(Object.entries(SETTINGS).map(([name, values]) => [name, [...values]]));
});

test('the page says which pulses the config takes', () => {
  const [, ...said] =
    /The pulse is (\d+) ms, .*, or (\d+) or (\d+) ms\./.exec(lines.join('\n')) ?? [];
  expect(said.map(Number)).toEqual(families.get('shuoming-8a')?.pulseMs.only);
});
