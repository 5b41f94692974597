import { promises, rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Connection } from './database.ts';
import { StoreDamaged } from './errors.ts';
import { type Snapshots, whyNotWhole } from './snapshots.ts';
import { syncFile } from './sync.ts';

/** Copied at once; between two steps the kiosk goes on. */
const PAGES_PER_STEP = 64;
/** What the disk takes without anybody noticing: 2 MB. */
const PAGES_UNSYNCED_MAX = 512;

/**
 * Copies a database that is in use, step by step, and verifies the copy; gives its name. With a
 * version it is the copy from before that one is left.
 */
export async function copyOnline(
  database: Connection,
  snapshots: Snapshots,
  version?: string,
): Promise<string> {
  const draft = snapshots.draft();
  const file = await promises.open(draft, 'r+');
  try {
    await database.backup(draft, { progress: syncing(file) });
  } finally {
    await file.close();
  }
  const why = await verified(draft);
  if (why !== null) throw new StoreDamaged(draft, why);
  const { name, old } = snapshots.adopt(version);
  const folder = await promises.open(snapshots.folder);
  await folder.sync();
  await folder.close();
  // A large file takes the disk as long to remove as to write: another thread waits for that.
  for (const path of old) await promises.rm(path, { force: true });
  return name;
}

/**
 * Has another thread wait for the disk every few steps and before the last one, with no step
 * meanwhile: otherwise the last step waits for all that was copied, and the kiosk with it.
 */
function syncing(file: promises.FileHandle): (left: { remainingPages: number }) => number {
  let [isUnderWay, unsynced] = [false, 0];
  const ended = (): void => {
    [isUnderWay, unsynced] = [false, 0];
  };
  return ({ remainingPages }) => {
    const isLast = unsynced > 0 && remainingPages <= PAGES_PER_STEP;
    if (!isUnderWay && (isLast || unsynced >= PAGES_UNSYNCED_MAX)) {
      isUnderWay = true;
      file.datasync().then(ended, ended);
    }
    if (isUnderWay) return 0;
    unsynced += PAGES_PER_STEP;
    return PAGES_PER_STEP;
  };
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
  syncFile(draft);
  const { name, old } = snapshots.adopt();
  syncFile(snapshots.folder);
  for (const path of old) rmSync(path, { force: true });
  return name;
}

/** To look at every page takes seconds: another thread does. */
function verified(path: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), { workerData: path });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
