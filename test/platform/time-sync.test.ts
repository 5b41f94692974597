import { execFileSync } from 'node:child_process';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { systemTimeSync } from '../../src/platform/time-sync.ts';
import { readTouched } from '../../src/platform/timesyncd.ts';
import { testFolder } from './folder.ts';

it('R25 reads what the kernel knows of its clock', () => {
  const { isSynced, errorMs } = systemTimeSync().read();
  // The kernel lets the error grow to 16 s while nobody disciplines its clock, then it is unsynced.
  expect(errorMs).toBeGreaterThanOrEqual(0);
  expect(errorMs).toBeLessThanOrEqual(16_000);
  expect(isSynced ? errorMs < 16_000 : true).toBe(true);
  expect(typeof isSynced).toBe('boolean');
  const bits = execFileSync('getconf', ['LONG_BIT'], { encoding: 'utf8' });
  expect(bits.trim(), 'the offsets are those of 64 bits').toBe('64');
});

it.each([
  ['a minute ago', -60_000, { isSynced: true, errorMs: 430 }],
  ['two hours ago', -7_200_000, { isSynced: false, errorMs: 0 }],
  ['in the future', 60_000, { isSynced: false, errorMs: 0 }],
])('R25 a file of systemd-timesyncd that was touched %s', (_when, awayMs, expected) => {
  const path = join(testFolder(), 'synchronized');
  expect(readTouched(path).isSynced, 'before the first answer').toBe(false);
  writeFileSync(path, '');
  const atS = (systemClock().wallMs() + awayMs) / 1_000;
  utimesSync(path, atS, atS);
  const { isSynced, errorMs } = readTouched(path);
  expect(isSynced).toBe(expected.isSynced);
  expect(errorMs - expected.errorMs).toBeLessThanOrEqual(1);
});
