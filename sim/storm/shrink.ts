import { runStorm } from './run-storm.ts';
import type { Trouble } from './scene.ts';
import { CALM_MS, type StormOptions, type Violation } from './storm-world.ts';

const HOUR_MS = 3_600_000;
const HUNDREDTHS = 100;

/** A smaller storm that breaks the same rule. */
export interface Shrunk {
  readonly hours: number;
  readonly troubles: readonly Trouble[];
  readonly violation: Violation;
  readonly story: readonly string[];
}

/** Ends the storm just after the violation, then leaves out one fault after the other. */
export async function shrink(options: StormOptions, violation: Violation): Promise<Shrunk | null> {
  let least: Shrunk | null = null;
  const tries = async (hours: number, troubles: readonly Trouble[]): Promise<void> => {
    const outcome = await runStorm({ ...options, hours, troubles });
    if (outcome.violation?.rule !== violation.rule) return;
    least = { hours, troubles, violation: outcome.violation, story: outcome.story };
  };
  const now = (): Pick<Shrunk, 'hours' | 'troubles'> => least ?? options;
  const needed = hoursUntil(violation.atMs);
  if (needed < options.hours) await tries(needed, options.troubles);
  for (const trouble of options.troubles) {
    const { hours, troubles } = now();
    await tries(
      hours,
      troubles.filter((one) => one !== trouble),
    );
  }
  return least;
}

/** Hours of a storm in which the calm begins after this. */
function hoursUntil(atMs: number): number {
  return Math.ceil(((atMs + CALM_MS) / HOUR_MS) * HUNDREDTHS) / HUNDREDTHS;
}
