import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { systemTimeSync } from '../../src/platform/time-sync.ts';

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
