import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EX_NOPERM } from '../platform/exit-status.ts';

/** Only its owner may read what opens doors. */
const FILE_MODE = 0o600;

/** Where the lease of this user is kept between commands: gone with the login. */
const path = (): string =>
  join(process.env.XDG_RUNTIME_DIR ?? '/tmp', `lockerctl-${process.getuid?.() ?? 0}.lease`);

export function keepLease(lease: string): void {
  forgetLease();
  writeFileSync(path(), lease, { mode: FILE_MODE, flag: 'wx' });
}

export function forgetLease(): void {
  rmSync(path(), { force: true });
}

/** @throws when nobody has signed in. */
export function keptLease(): string {
  try {
    return readFileSync(path(), 'utf8');
  } catch {
    const error = new Error('sign in first: lockerctl login');
    throw Object.assign(error, { exitStatus: EX_NOPERM });
  }
}
