import { parentPort, workerData } from 'node:worker_threads';
import { withDatabase } from './database.ts';
import { whyNotWhole } from './snapshots.ts';
import { syncFile } from './sync.ts';

/**
 * Runs in a thread of its own: makes a copy one file that needs no log, waits until it is on disk,
 * and checks every page.
 */
const path = String(workerData);
withDatabase(path, (database) => database.pragma('journal_mode = DELETE'));
const why = whyNotWhole(path);
syncFile(path);
parentPort?.postMessage(why);
