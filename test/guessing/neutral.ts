import { rmSync } from 'node:fs';
import { type Answers, answers, realWorld, virtualWorld } from './answers.ts';
import { newScratch } from './scratch.ts';

/** Whether an answer tells what was wrong, by its text or by its time (R14, M16). */

const VIRTUAL_ROUNDS = 100;
const REAL_ROUNDS = 15;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

for (const [name, world, rounds] of [
  ['without the time of computing', virtualWorld(), VIRTUAL_ROUNDS],
  ['in real time', realWorld(), REAL_ROUNDS],
] as const) {
  const folder = newScratch();
  const all = await answers(folder, world, rounds);
  rmSync(folder, { recursive: true });
  say(`${name}:`);
  for (const [kind, { ms }] of all) say(`  ${kind}: ${ms.length} tries, ${spread(ms)}`);
  const [lost, numbers] = [true, false].map((isLost) => textsOf(all, isLost));
  say(`  texts: ${numbers} about numbers, ${lost} about lost codes`);
  if (numbers !== 1 || lost !== 1) process.exitCode = 1;
}

function spread(all: readonly number[]): string {
  const sorted = all.toSorted((a, b) => a - b);
  const [least, median, most] = [0, sorted.length >> 1, sorted.length - 1].map((at) =>
    (sorted[at] ?? Number.NaN).toFixed(1),
  );
  return `${least} to ${most} ms, median ${median} ms`;
}

/** How many different texts there were. */
function textsOf(all: ReadonlyMap<string, Answers>, isLost: boolean): number {
  const kinds = [...all].filter(([kind]) => kind.startsWith('a lost code') === isLost);
  return new Set(kinds.flatMap(([, { texts }]) => [...texts])).size;
}
