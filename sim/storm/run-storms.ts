import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readOrder, replay, type StormOrder, USAGE } from './command-line.ts';
import type { Played } from './play.ts';
import { playAll } from './pool.ts';
import { USUAL_TROUBLES } from './scene.ts';
import { Tally } from './sometimes.ts';

/** Memory that looks like a disk, where there is one: every commit is synced. */
const MEMORY = '/dev/shm';
const ON_DISK = join('var', 'storm');
const VISITS_PER_HOUR_MIN = 20;
/** Less than this says nothing about how many visits there are to an hour. */
const HOURS_ENOUGH = 10;
const MICROSECONDS = 1_000_000;

interface Sum {
  readonly tally: Tally;
  hours: number;
  drops: number;
  pickups: number;
  violations: number;
}

/** Plays what `args` order, and tells of it. Gives the exit status. */
export async function runStorms(args: readonly string[]): Promise<number> {
  let order: StormOrder;
  try {
    order = readOrder(args);
  } catch (error) {
    console.log(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return 2;
  }
  if (!existsSync(MEMORY)) await mkdir(ON_DISK, { recursive: true });
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : ON_DISK, 'lockerd-storm-'));
  try {
    return await play(order, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(order: StormOrder, folder: string): Promise<number> {
  const { firstSeed, seeds, hours, troubles } = order;
  const sum: Sum = { tally: new Tally(), hours: 0, drops: 0, pickups: 0, violations: 0 };
  const storms = Array.from({ length: seeds }, (_, index) => {
    const seed = firstSeed + index;
    return { seed, hours, troubles, folder: join(folder, String(seed)) };
  });
  await playAll(storms, (one) => {
    const { drops, pickups, counts, violation } = one.outcome;
    sum.hours += hours;
    sum.drops += drops;
    sum.pickups += pickups;
    sum.tally.add(counts);
    if (violation !== null) sum.violations += 1;
    tellSeed(order, one);
  });
  return tellSum(order, sum);
}

function tellSeed({ hours, troubles }: StormOrder, { seed, outcome, least }: Played): void {
  const { violation, drops, pickups, digest, story } = outcome;
  const end = violation === null ? 'no violation' : `${violation.rule} is broken`;
  console.log(`seed ${seed}: ${end}, ${drops} drops, ${pickups} pickups, trace ${digest}`);
  if (violation === null) return;
  console.log(`\n${violation.rule}: ${violation.how}`);
  console.log(`  again: ${replay(seed, hours, troubles)}`);
  if (least !== null) console.log(`  least: ${replay(seed, least.hours, least.troubles)}`);
  for (const line of least?.story ?? story) console.log(`    ${line}`);
  console.log('');
}

function tellSum({ seeds, troubles }: StormOrder, sum: Sum): number {
  const { user, system } = process.cpuUsage();
  const seconds = (user + system) / MICROSECONDS;
  const [drops, pickups] = [sum.drops / sum.hours, sum.pickups / sum.hours];
  console.log(`\nsometimes, in ${sum.hours} kiosk-hours:`);
  for (const line of sum.tally.table()) console.log(line);
  console.log(`${drops.toFixed(1)} drops and ${pickups.toFixed(1)} pickups a kiosk-hour`);
  console.log(`${seconds.toFixed(1)} CPU-seconds, ${(sum.hours / seconds).toFixed(2)} h each`);
  const isUsual = USUAL_TROUBLES.every((one) => troubles.includes(one)) && sum.violations === 0;
  const lacking = isUsual ? sum.tally.lacking(sum.hours) : [];
  for (const what of lacking) console.log(`never happened, and should have: ${what}`);
  const isIdle = Math.min(drops, pickups) < VISITS_PER_HOUR_MIN;
  const tooIdle = isUsual && sum.hours >= HOURS_ENOUGH && isIdle;
  if (tooIdle) console.log(`fewer than ${VISITS_PER_HOUR_MIN} drops or pickups an hour`);
  console.log(`storm: ${seeds} seeds, ${sum.hours} kiosk-hours, ${sum.violations} violations`);
  return sum.violations > 0 || lacking.length > 0 || tooIdle ? 1 : 0;
}
