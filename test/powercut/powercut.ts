import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../src/platform/clock.ts';
import { TreeCopy } from '../mutants/changed-tree.ts';
import { CannotTrace, record } from './recording.ts';
import { type BadCut, newFolder, replay } from './replay.ts';

/**
 * Records what a real kiosk writes and syncs, cuts the power at many places of the recording, and
 * opens what is left each time (docs/TESTING.md, "Power cuts"). Then the same with a database that
 * does not sync its commits: if that lost nothing, the harness could not find anything.
 */
const CUTS = 300;
const CUTS_MAX = 100_000;
const CONTRAST_CUTS_MAX = 60;
const SHOWN_MAX = 20;
const KIOSK = 'test/powercut/kiosk.ts';
const TOP = join(import.meta.dirname, '..', '..');
const UNSYNCED = {
  file: 'src/store/database.ts',
  from: "['synchronous', 'FULL', 2]",
  to: "['synchronous', 'NORMAL', 1]",
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const clock = systemClock();

const command = new Command('powercut')
  .description('cut the power at many places of a recorded life, and open what is left')
  .option('--cuts <count>', 'how often', upTo(CUTS_MAX), CUTS)
  .option(
    '--seed <number>',
    'chooses places, and what of the unsynced writes is kept',
    upTo(2 ** 31),
    1,
  )
  .parse();
const { cuts, seed } = command.opts<{ cuts: number; seed: number }>();
try {
  const full = await cutEverywhere('FULL', TOP, cuts);
  const contrast = await contrastCuts(Math.min(cuts, CONTRAST_CUTS_MAX));
  const lost = count(full, 'lost');
  const corrupt = full.length - lost;
  if (contrast === 0) say('synchronous=NORMAL lost nothing: this harness finds nothing');
  say(`powercut: ${cuts} cuts, ${lost} acknowledged commits lost, ${corrupt} corrupt`);
  if (full.length > 0 || contrast === 0) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof CannotTrace)) throw error;
  say(`powercut: ${error.message}`);
  process.exitCode = 1;
}

async function contrastCuts(cutCount: number): Promise<number> {
  const tree = new TreeCopy();
  try {
    tree.change(UNSYNCED);
    return count(await cutEverywhere('NORMAL', tree.top, cutCount), 'lost');
  } finally {
    tree.remove();
  }
}

/** Prints the first bad cuts, if FULL has any, and one line of figures. */
async function cutEverywhere(how: 'FULL' | 'NORMAL', top: string, cutCount: number) {
  const startMs = clock.monoMs();
  const folder = newFolder();
  const steps = record(join(top, KIOSK), folder);
  rmSync(folder, { recursive: true });
  const bad = await replay(steps, cutCount, seed);
  const [writes, syncs] = ['write', 'sync'].map((what) => {
    return steps.filter((step) => step.do === what).length;
  });
  if (how === 'FULL') bad.slice(0, SHOWN_MAX).forEach(show);
  const seconds = ((clock.monoMs() - startMs) / 1_000).toFixed(1);
  say(
    `synchronous=${how}: ${writes} writes and ${syncs} syncs recorded, ${cutCount} cuts,` +
      ` ${count(bad, 'lost')} lost something, ${bad.length - count(bad, 'lost')} were corrupt,` +
      ` ${seconds} s`,
  );
  return bad;
}

function show({ after, fate, faults }: BadCut): void {
  const texts = faults.map(({ kind, text }) => `${kind}: ${text}`);
  say(`cut after step ${after}, unsynced writes ${fate}: ${texts.join('; ')}`);
}

function count(bad: readonly BadCut[], kind: 'lost'): number {
  return bad.filter(({ faults }) => faults.some((fault) => fault.kind === kind)).length;
}

function upTo(max: number) {
  return (text: string): number => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= 1 && number <= max) return number;
    throw new InvalidArgumentError(`It is a whole number from 1 to ${max}.`);
  };
}
