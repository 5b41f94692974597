import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Restored } from '../control/store-port.ts';
import { migrate, withDatabase } from './database.ts';
import { StoreDamaged, StoreRefused } from './errors.ts';
import { isMissing } from './file-header.ts';
import type { OpenStore } from './open-store.ts';
import { type Snapshots, whyNotWhole } from './snapshots.ts';
import { syncFile } from './sync.ts';

/** SQLite's log and index beside a database. */
const BESIDE = ['-wal', '-shm', '-journal'];
/** So many replaced databases are kept for whoever looks into what happened. */
const ASIDE_MAX = 3;

/**
 * Puts a copy in the place of the database at `path`, which is moved aside. A cut in between leaves
 * the old one, or none and the copies, with which the next start goes on.
 */
function restore(path: string, copy: string, why: Restored['why']): void {
  const draft = `${path}.restoring`;
  for (const end of ['', ...BESIDE]) rmSync(draft + end, { force: true });
  copyFileSync(copy, draft);
  mark(draft, { from: basename(copy), why });
  setAside(path);
  renameSync(draft, path);
  syncFile(dirname(path));
}

/**
 * A database that is gone, of which there are copies, was lost: this is no first start.
 * @throws StoreDamaged when none of the copies is whole, with what to do.
 */
export function restoreIfMissing(path: string, snapshots: Snapshots): void {
  if (!isMissing(path) || !snapshots.hasAny()) return;
  const newest = snapshots.newestWhole();
  if (newest === null) {
    throw new NothingToRestore(new StoreDamaged(path, 'it is gone'), snapshots.folder);
  }
  restore(path, newest, 'missing');
}

/**
 * Opens the store; where its database is damaged, the newest whole copy of it.
 * @throws StoreDamaged when there is none, with what to do.
 */
export function openOrRestore(path: string, snapshots: Snapshots, open: () => OpenStore) {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof StoreDamaged)) throw error;
    const newest = snapshots.newestWhole();
    if (newest === null) throw new NothingToRestore(error, snapshots.folder);
    restore(path, newest, 'damaged');
    return open();
  }
}

/** The database is damaged or gone, and there is no copy that is whole. */
class NothingToRestore extends StoreDamaged {
  constructor(cause: StoreDamaged, folder: string) {
    super(cause.path, cause.found, { cause });
    this.message += `,
and there is no whole copy of it in ${folder}.
If you have one elsewhere: npm run lockerd -- restore --config FILE --from COPY
If you have none, move the database, its -wal file and that folder away. The kiosk then begins
with empty records: every compartment has to be looked into, and codes that were sent no longer
work.`;
  }
}

/**
 * Puts a copy, the newest whole one unless told, in the place of the database, whatever is wrong
 * with that. Gives the name of the copy.
 * @throws StoreRefused when somebody uses the database; StoreDamaged when there is no whole copy.
 */
export function restoreByHand(path: string, snapshots: Snapshots, from: string | null): string {
  refuseUsed(path);
  const copy = from ?? snapshots.newestWhole();
  const why = copy === null ? 'there is no whole copy' : whyNotWhole(copy);
  if (copy === null || why !== null) throw new StoreDamaged(copy ?? snapshots.folder, `${why}`);
  restore(path, copy, 'by_hand');
  return basename(copy);
}

function refuseUsed(path: string): void {
  if (isMissing(path)) return;
  try {
    withDatabase(path, (database) => database.exec('BEGIN IMMEDIATE; COMMIT'));
  } catch (error) {
    if (error instanceof StoreRefused && error.why === 'locked') throw error;
  }
}

/** The mark that makes the next opener begin a new epoch and hold the codes back (R31). */
function mark(draft: string, restored: Restored): void {
  withDatabase(draft, (database) => {
    database.pragma('synchronous = FULL');
    migrate(database);
    const put = database.prepare('UPDATE identity SET epoch = NULL, restored = ?');
    put.run(JSON.stringify(restored));
  });
  syncFile(draft);
}

/** The database goes first: what is left of it without it is never taken for one. */
function setAside(path: string): void {
  let number = 1;
  while (existsSync(aside(path, number))) number += 1;
  for (const end of ['', ...BESIDE]) {
    if (existsSync(path + end)) renameSync(path + end, aside(path, number) + end);
  }
  const oldest = number - ASIDE_MAX;
  for (const end of ['', ...BESIDE]) rmSync(aside(path, oldest) + end, { force: true });
}

const aside = (path: string, number: number): string => `${path}.aside-${number}`;
