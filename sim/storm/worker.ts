import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { StormOptions } from './storm-world.ts';

enableCompileCache();
const { playStorm } = await import('./play.ts');
parentPort?.on('message', async (options: StormOptions) => {
  parentPort?.postMessage(await playStorm(options));
});
