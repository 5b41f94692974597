import { join } from 'node:path';
import { runStorm } from '../sim/storm/run-storm.ts';
import { type Trouble, USUAL_TROUBLES } from '../sim/storm/scene.ts';
import { freshFolder } from './folder.ts';
import { atLeast, median, type Row } from './row.ts';
import type { Say } from './say.ts';

/** What keeps thousands of kiosk-hours affordable (docs/TESTING.md, "Storms"). */
const HOURS_PER_SECOND_MIN = 3;
const HOURS = 6;
/** The first storm of each kind warms up the code. */
const SEEDS = [1, 2, 3, 4];
const MICROSECONDS = 1_000_000;

/**
 * Simulated kiosk-hours per second of processor time, all threads counted: the whole kiosk on a
 * virtual clock with two boards polled once a second and 20 drops and 20 pickups an hour or more.
 */
export async function storms(say: Say): Promise<Row[]> {
  return [
    await storm(say, 'a simulated kiosk, nothing at fault', []),
    await storm(say, 'a simulated kiosk in a storm', USUAL_TROUBLES),
  ];
}

async function storm(say: Say, name: string, troubles: readonly Trouble[]): Promise<Row> {
  const folder = freshFolder('storm');
  const perSecond: number[] = [];
  for (const seed of SEEDS) {
    const before = process.cpuUsage();
    const options = { seed, hours: HOURS, troubles, folder: join(folder, `${seed}`) };
    const { drops, pickups, violation } = await runStorm(options);
    const { user, system } = process.cpuUsage(before);
    if (violation !== null) throw new Error(`${violation.rule} is broken: ${violation.how}`);
    perSecond.push(HOURS / ((user + system) / MICROSECONDS));
    say(`seed ${seed}: ${drops / HOURS} drops and ${pickups / HOURS} pickups an hour`);
  }
  return atLeast(name, median(perSecond.slice(1)), 'hours per CPU-second', HOURS_PER_SECOND_MIN);
}
