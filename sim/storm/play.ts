import { type Outcome, runStorm } from './run-storm.ts';
import { type Shrunk, shrink } from './shrink.ts';
import type { StormOptions } from './storm-world.ts';

/** What became of one storm; `least` is the smallest found that breaks the same rule. */
export interface Played {
  readonly seed: number;
  readonly outcome: Outcome;
  readonly least: Shrunk | null;
}

/** Plays one storm, and looks for the least of it when a rule breaks. */
export async function playStorm(options: StormOptions): Promise<Played> {
  const outcome = await runStorm(options);
  const { violation } = outcome;
  const least = violation === null ? null : await shrink(options, violation);
  return { seed: options.seed, outcome, least };
}
