import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CommissionBench, site } from './commission-bench.ts';

const DOCUMENT = new URL('../../docs/COMMISSIONING.md', import.meta.url);
const BLOCK = /(```text\n)[^`]*(```\n)/;

test('B11 the document shows what lockerd says', async () => {
  const bench = new CommissionBench(site(), {
    acts: (question, wall) => {
      if (!/tries this door again/.test(question)) return undefined;
      wall.door('A', 3).contact.fault = 'none';
      return 'r';
    },
  });
  bench.wall.door('A', 3).contact.fault = 'stuck-on';
  const map = await bench.work();
  expect(map?.doors.every(({ verdict }) => verdict === 'good')).toBe(true);
  const lines = bench.said.map((line) => `${line.trimEnd()}\n`);
  const text = readFileSync(DOCUMENT, 'utf8');
  const shown = text.replace(BLOCK, (_all, head, tail) => head + lines.join('') + tail);
  if (process.env.WRITE_TRANSCRIPT) writeFileSync(DOCUMENT, shown);
  expect(readFileSync(DOCUMENT, 'utf8')).toBe(shown);
});
