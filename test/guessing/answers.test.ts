import { rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { answers, virtualWorld } from './answers.ts';
import { newScratch } from './scratch.ts';

/** Many more, and in real time: npm run answers (docs/TESTING.md). */
const ROUNDS = 7;
const NEUTRAL_MS = 400;

it('R14 M16 neither text nor time tells what was wrong, or whether a parcel is here', async () => {
  const folder = newScratch();
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const all = [...(await answers(folder, virtualWorld(), ROUNDS))];
  for (const isLost of [true, false]) {
    const kinds = all.filter(([kind]) => kind.startsWith('a lost code') === isLost);
    expect(new Set(kinds.flatMap(([, { texts }]) => [...texts])).size).toBe(1);
  }
  for (const [kind, { ms }] of all) {
    expect(ms, kind).toHaveLength(ROUNDS);
    for (const one of ms) expect(one, kind).toBeCloseTo(NEUTRAL_MS, 6);
  }
});
