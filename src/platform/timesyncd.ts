import { statSync } from 'node:fs';

/** Touched by systemd-timesyncd at each answer of its server (systemd-timesyncd.service(8)). */
export const TOUCHED = '/run/systemd/timesync/synchronized';
/** It asks every 2048 s at the latest (timesyncd.conf(5), PollIntervalMaxSec); one may get lost. */
const TOUCHED_MS_MAX = 2 * 2_048_000;
/** It slews away what is less; more it steps at once. */
const TOUCHED_ERROR_MS = 400;
/** By which the kernel lets its own estimate grow: 500 ppm. */
const DRIFT = 5e-4;

/**
 * What systemd-timesyncd leaves behind says of the clock. A file from the future was touched before
 * the clock was set back, and vouches for nothing.
 */
export function readTouched(path: string) {
  const stat = statSync(path, { throwIfNoEntry: false });
  const ageMs = stat === undefined ? Number.POSITIVE_INFINITY : Date.now() - stat.mtimeMs;
  if (ageMs < -TOUCHED_ERROR_MS || ageMs > TOUCHED_MS_MAX) return { isSynced: false, errorMs: 0 };
  const errorMs = TOUCHED_ERROR_MS + Math.ceil(Math.max(0, ageMs) * DRIFT);
  return { isSynced: true, errorMs };
}
