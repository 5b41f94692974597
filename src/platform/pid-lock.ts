import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { EX_TEMPFAIL } from './exit-status.ts';

/**
 * The lock is the database's; the file beside it only says who holds it, since SQLite does not.
 * Whoever holds the lock writes it, whatever stands there; so a stale one misleads nobody.
 */

/** Another daemon owns the kiosk. */
export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';
  readonly exitStatus = EX_TEMPFAIL;

  /** `pid` is null when the other one has not said yet who it is. */
  constructor(pid: number | null) {
    super(`lockerd runs already${pid === null ? '' : `, with process id ${pid}`}`);
  }
}

/** Call it with the database lock held; gives what removes the file at a clean stop. */
export function writePid(path: string): () => void {
  const draft = `${path}.new`;
  writeFileSync(draft, `${process.pid}\n`);
  renameSync(draft, path);
  return () => rmSync(path, { force: true });
}

/** The process id in the file; null when there is none. */
export function readPid(path: string): number | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  return /^[1-9]\d{0,9}\n$/.test(text) ? Number(text) : null;
}
