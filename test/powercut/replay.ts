import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Random, seededRandom } from '../../sim/random.ts';
import { Disk, type Fate } from './disk.ts';
import { noPromises, type Promises, takeMark } from './promises.ts';
import type { Step } from './recording.ts';
import { type Fault, reopen } from './reopen.ts';

/** One cut that the kiosk did not survive as it should. */
export interface BadCut {
  /** The power went after so many steps of the recording. */
  readonly after: number;
  readonly fate: Fate;
  readonly faults: readonly Fault[];
}

const FATES: readonly Fate[] = ['torn', 'dropped', 'torn', 'kept'];

/** Half of the cuts, up to so many, come at the first steps: a first start is made of rare ones. */
const FIRST_STEPS = 80;

/**
 * Cuts the power at `cuts` places of the recording, spread over all of it, and opens what is left
 * each time. Gives the cuts after which something was wrong.
 */
export async function replay(
  steps: readonly Step[],
  cuts: number,
  seed: number,
): Promise<BadCut[]> {
  const random = seededRandom(seed);
  const disk = new Disk();
  const promises = noPromises();
  const bad: BadCut[] = [];
  let taken = 0;
  for (let cut = 0; cut < cuts; cut += 1) {
    const after = placeOf(cut, cuts, steps.length, random);
    for (; taken < after; taken += 1) {
      const step = steps[taken];
      if (step?.do === 'say') takeMark(promises, step.line);
      else if (step !== undefined) disk.take(step);
    }
    const fate = FATES[cut % FATES.length] ?? 'torn';
    const faults = await openImage(disk.afterCut(fate, random), promises);
    if (faults.length > 0) bad.push({ after, fate, faults });
  }
  return bad;
}

/** After how many steps each cut comes, in order. */
function placeOf(cut: number, cuts: number, steps: number, random: Random): number {
  const early = Math.min(FIRST_STEPS, Math.floor(cuts / 2));
  if (cut < early) return cut + 1;
  const share = (steps - early) / (cuts - early);
  const from = early + Math.floor((cut - early) * share);
  return Math.min(steps, from + random.int(Math.max(1, Math.floor(share))) + 1);
}

async function openImage(image: Map<string, Buffer>, promises: Promises): Promise<Fault[]> {
  const folder = newFolder();
  try {
    for (const [name, content] of image) {
      writeFileSync(join(folder, name), content, { mode: 0o600 });
    }
    return await reopen(folder, promises);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** By the path that the system itself would show. */
export const newFolder = (): string =>
  realpathSync(mkdtempSync(join(tmpdir(), 'lockerd-powercut-')));
