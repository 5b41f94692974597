import { Worker } from 'node:worker_threads';
import type { Connection } from './database.ts';
import { StoreDamaged } from './errors.ts';
import { type Snapshots, whyNotWhole } from './snapshots.ts';

/** Copied at once; between two steps the kiosk goes on. */
const PAGES_PER_STEP = 64;

/** Copies a database that is in use, step by step, and verifies the copy; gives its name. */
export async function copyOnline(database: Connection, snapshots: Snapshots): Promise<string> {
  const draft = snapshots.draft();
  await database.backup(draft, { progress: () => PAGES_PER_STEP });
  const why = await verified(draft);
  if (why !== null) throw new StoreDamaged(draft, why);
  return snapshots.adopt();
}

/**
 * Copies a database that nobody is served from yet, in one go: the online way only lets others run
 * in between.
 */
export function copyNow(database: Connection, snapshots: Snapshots): string {
  const draft = snapshots.draft();
  database.prepare('VACUUM INTO ?').run(draft);
  const why = whyNotWhole(draft);
  if (why !== null) throw new StoreDamaged(draft, why);
  return snapshots.adopt();
}

/** To look at every page takes seconds: another thread does. */
function verified(path: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), { workerData: path });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
