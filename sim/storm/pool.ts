import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Played } from './play.ts';
import type { StormOptions } from './storm-world.ts';

/** Nearly all that a storm makes is soon forgotten: rarer collections copy less of it. */
const YOUNG_MB = 64;

/** Plays storms on all processors; `played` is told each end. @throws what a worker throws. */
export async function playAll(
  storms: readonly StormOptions[],
  played: (one: Played) => void,
): Promise<void> {
  const waiting = [...storms];
  const count = Math.min(availableParallelism(), storms.length);
  const workers = Array.from({ length: count }, () => work(waiting, played));
  await Promise.all(workers);
}

function work(waiting: StormOptions[], played: (one: Played) => void): Promise<void> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  return new Promise((resolve, reject) => {
    const next = (): void => {
      const options = waiting.shift();
      if (options !== undefined) worker.postMessage(options);
      else worker.terminate().then(() => resolve(), reject);
    };
    worker.on('error', reject);
    worker.on('message', (one: Played) => {
      played(one);
      next();
    });
    next();
  });
}
