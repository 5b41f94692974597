import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readOrder, replay, type StormOrder, USAGE } from './command-line.ts';
import { type Outcome, runStorm } from './run-storm.ts';
import { USUAL_TROUBLES } from './scene.ts';
import { shrink } from './shrink.ts';
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

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
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
    return await playAll(order, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function playAll(order: StormOrder, folder: string): Promise<number> {
  const { firstSeed, seeds, hours, troubles } = order;
  const sum: Sum = { tally: new Tally(), hours: 0, drops: 0, pickups: 0, violations: 0 };
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    const outcome = await runStorm({ seed, hours, troubles, folder: join(folder, `${seed}`) });
    sum.hours += hours;
    sum.drops += outcome.drops;
    sum.pickups += outcome.pickups;
    sum.tally.add(outcome.tally);
    tellSeed(seed, outcome);
    if (outcome.violation === null) continue;
    sum.violations += 1;
    await tellViolation(order, seed, outcome, folder);
  }
  return tellSum(order, sum);
}

function tellSeed(seed: number, { digest, drops, pickups, violation }: Outcome): void {
  const end = violation === null ? 'no violation' : `${violation.rule} is broken`;
  console.log(`seed ${seed}: ${end}, ${drops} drops, ${pickups} pickups, trace ${digest}`);
}

async function tellViolation(
  { hours, troubles }: StormOrder,
  seed: number,
  { violation, story }: Outcome,
  folder: string,
): Promise<void> {
  if (violation === null) return;
  console.log(`\n${violation.rule}: ${violation.how}`);
  console.log(`  again: ${replay(seed, hours, troubles)}`);
  const options = { seed, hours, troubles, folder: join(folder, 'shrunk') };
  const least = await shrink(options, violation);
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
