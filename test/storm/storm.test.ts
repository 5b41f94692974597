import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runStorm } from '../../sim/storm/run-storm.ts';
import { USUAL_TROUBLES } from '../../sim/storm/scene.ts';
import { breakages, namedFor } from './breakages.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockerd-storm-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of which the calm at the end is a good part. */
const HOURS = 0.5;
/** The least that holds the calm and something before it. */
const HOURS_MIN = 0.3;
/** Caught within minutes of storm; `npm run storm:doubt` tries the others as well. */
const QUICK = ['a lock is pulsed twice', 'two locks are energised', 'no drop keeps its slot'];
const quick = breakages.filter(({ what }) => QUICK.includes(what));

const storm = (seed: number, hours: number) => ({
  ...{ seed, hours, troubles: USUAL_TROUBLES },
  folder: join(folder, `${seed}`),
});

describe('a storm', () => {
  it('I1 I2 I3 I4 I7 I8 I10 I12 I13 breaks no rule, and people drop and collect', async () => {
    const { violation, story, drops, pickups } = await runStorm(storm(11, HOURS));
    expect(violation, story.join('\n')).toBeNull();
    expect(drops).toBeGreaterThan(5);
    expect(pickups).toBeGreaterThan(5);
  });

  it('is the same again from the same seed, and another one from another', async () => {
    const digests = [];
    for (const seed of [5, 5, 6]) digests.push((await runStorm(storm(seed, HOURS_MIN))).digest);
    expect(digests[1]).toBe(digests[0]);
    expect(digests[2]).not.toBe(digests[0]);
  });

  it.each(quick)('names $rule when $what', async (breakage) => {
    expect(await namedFor(breakage, folder)).toContain(breakage.rule);
  });
});
