import { parentPort, workerData } from 'node:worker_threads';
import { withDatabase } from './database.ts';
import { whyNotWhole } from './snapshots.ts';

/** Runs in a thread of its own: makes a copy one file that needs no log, and checks every page. */
const path = String(workerData);
withDatabase(path, (database) => database.pragma('journal_mode = DELETE'));
parentPort?.postMessage(whyNotWhole(path));
