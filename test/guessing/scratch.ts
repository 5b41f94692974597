import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** In memory where the system has a place for that: every wrong entry is a synced commit. */
const MEMORY = '/dev/shm';

export function newScratch(): string {
  return mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'lockerd-guessing-'));
}

/** Gives the work a new folder, and removes it afterwards. */
export function inScratch<T>(work: (folder: string) => T): T {
  const folder = newScratch();
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
