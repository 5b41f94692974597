import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/platform/clock.ts';
import { Stale, TreeCopy } from './changed-tree.ts';
import type { Mutant } from './mutant.ts';
import { MUTANTS } from './mutants.ts';

/**
 * Makes one deliberate bug after the other in copies of the tree and runs the test that has to
 * notice it (docs/TESTING.md, "Mutants"). A bug is caught when a test fails whose title cites the
 * rule that the bug breaks.
 */
const COPIES = 2;
const VITEST = 'node_modules/vitest/vitest.mjs';

interface TestRun {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const clock = systemClock();
const waiting = [...MUTANTS];
let caught = 0;

await Promise.all(Array.from({ length: COPIES }, work));
say(`mutants: ${caught} caught of ${MUTANTS.length}`);
if (caught < MUTANTS.length) process.exitCode = 1;

/** Takes mutants until none waits. */
async function work(): Promise<void> {
  const tree = new TreeCopy();
  try {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const startMs = clock.monoMs();
      const { isCaught, why } = await judge(tree, mutant);
      if (isCaught) caught += 1;
      const seconds = ((clock.monoMs() - startMs) / 1_000).toFixed(1);
      say(`${isCaught ? 'caught' : 'SURVIVED'} ${seconds} s  ${mutant.rule} ${mutant.bug}: ${why}`);
    }
  } finally {
    tree.remove();
  }
}

interface Judgement {
  readonly isCaught: boolean;
  readonly why: string;
}

/** The test must pass as the tree stands, and fail with the bug in it. */
async function judge(tree: TreeCopy, mutant: Mutant): Promise<Judgement> {
  const title = mutant.title ?? `(?<!\\w)${mutant.rule}(?!\\w)`;
  const sound = await run(tree.top, mutant.test, title);
  if (sound.failed.length > 0 || sound.passed === 0) {
    return { isCaught: false, why: `without it ${sound.passed} tests pass, not all` };
  }
  const undo: (() => void)[] = [];
  try {
    for (const change of mutant.changes) undo.push(tree.change(change));
    const { failed, passed } = await run(tree.top, mutant.test, title);
    const found = failed.find((name) => new RegExp(`\\b${mutant.rule}\\b`).test(name));
    const none = `none of ${failed.length + passed} tests of ${mutant.test} that failed cites it`;
    return { isCaught: found !== undefined, why: found ?? none };
  } catch (error) {
    if (error instanceof Stale) return { isCaught: false, why: `stale: ${error.message}` };
    throw error;
  } finally {
    for (const back of undo.reverse()) back();
  }
}

/** Runs the tests of a file whose whole titles match, in a process of their own. */
async function run(top: string, file: string, title: string) {
  const report = join(top, 'mutant.json');
  const args = ['run', file, '-t', title, '--reporter=json', `--outputFile=${report}`];
  rmSync(report, { force: true });
  const options = { cwd: top, stdio: 'ignore' } as const;
  await once(spawn(process.execPath, [VITEST, ...args, '--maxWorkers=1'], options), 'exit');
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as TestRun;
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    failed: results.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    passed: results.filter(({ status }) => status === 'passed').length,
  };
}
