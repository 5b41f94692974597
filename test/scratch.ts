import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Every commit of a test is synced: waiting for a disk would be most of the run's time. */
const MEMORY = '/dev/shm';
const ROOM_BYTES = 1_000_000_000;

/** Gives the whole run one folder for what is temporary, in memory where there is room. */
export default function setup(): () => void {
  const base = freeBytes(MEMORY) >= ROOM_BYTES ? MEMORY : tmpdir();
  const folder = mkdtempSync(join(base, 'lockerd-tests-'));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
