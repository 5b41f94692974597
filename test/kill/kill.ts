import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { LocalBroker } from '../../sim/cloud/local-broker.ts';
import { seededRandom } from '../../sim/random.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { Cloud } from './cloud.ts';
import { Lane } from './lane.ts';
import type { Life, Trial } from './verdict.ts';

/**
 * Kills real daemons with commands under way, and looks at what became of each command
 * (docs/TESTING.md, "Kills").
 */
const KILLS = 100;
/** A kill leaves every write of the process; what a disk may lose is another matter. */
const MEMORY = '/dev/shm';
const KILLS_MAX = 100_000;
const LANES_MAX = 16;
/** One line is printed for so many kills. */
const PROGRESS = 50;
/** So many kills and more must have met a command in every state. */
const ALL_STATES_FROM = 50;
const STATES: readonly Life[] = ['under way', 'pulsed', 'told'];

const command = new Command('kill')
  .description('kill -9 daemons with commands under way, and look at what became of each')
  .option('--kills <count>', 'how often', upTo(KILLS_MAX), KILLS)
  .option('--lanes <count>', 'kiosks at once', upTo(LANES_MAX), 10)
  .option('--seed <number>', 'chooses commands and moments', upTo(2 ** 31), 1)
  .parse();
const { kills, lanes, seed } = command.opts<{ kills: number; lanes: number; seed: number }>();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const clock = systemClock();

const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'lockerd-kill-'));
const beganMono = clock.monoMs();
const broker = await LocalBroker.start(join(folder, 'broker'));
const cloud = new Cloud(broker);
const trials: Trial[] = [];
try {
  await Promise.all(Array.from({ length: lanes }, (_, index) => runLane(index)));
} finally {
  cloud.end();
  await broker.down();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = report() ? 0 : 1;

/** Trials until there were enough kills in all lanes together. */
async function runLane(index: number): Promise<void> {
  const random = seededRandom(seed * LANES_MAX + index);
  const lane = new Lane({
    ...{ cloud, broker, random, name: `KILL${index}` },
    folder: join(folder, `lane${index}`),
  });
  try {
    while (total() < kills) {
      const trial = await lane.trial();
      const before = total();
      trials.push(trial);
      if (Math.floor(total() / PROGRESS) > Math.floor(before / PROGRESS)) say(`${total()} kills`);
      for (const fault of trial.faults) say(`${trial.kiosk}: ${fault}`);
    }
  } finally {
    lane.end();
  }
}

function total(): number {
  return trials.reduce((sum, one) => sum + one.kills, 0);
}

/** Whether all is well. */
function report(): boolean {
  const lives = trials.flatMap(({ atKill }) => atKill);
  const codes = trials.flatMap((trial) => trial.codes);
  const faults = trials.flatMap((trial) => trial.faults);
  const missed = STATES.filter((state) => !lives.includes(state));
  say(`at the kill: ${tally(lives)}`);
  say(`results: ${tally(codes)}`);
  const isProof = total() < ALL_STATES_FROM || missed.length === 0;
  if (!isProof) say(`no kill met a command that was ${missed.join(', ')}: this proves nothing`);
  const took = `${((clock.monoMs() - beganMono) / 1_000).toFixed(0)} s`;
  say(`kill: ${total()} kills, ${codes.length} commands, ${faults.length} faults, ${took}`);
  return faults.length === 0 && isProof;
}

function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}

function upTo(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw new InvalidArgumentError(`a whole number from 1 to ${most}`);
  };
}
