import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { scratchFolder } from './bench-kiosk.ts';

const KIOSK = new URL('full-disk-kiosk.ts', import.meta.url).pathname;
/** A file system of its own, which nobody else sees, and which needs no rights to make. */
const ON_SMALL_DISK = 'mount -t tmpfs -o size=4m none "$1" && exec "$0" "$2" "$1"';

it('R24 with the disk full deposits are refused and pickups go on, until there is room', () => {
  const args = ['-rm', 'sh', '-c', ON_SMALL_DISK, process.execPath, scratchFolder(), KIOSK];
  const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' });
  expect(stderr).toBe('');
  const seen = JSON.parse(stdout);
  expect(seen.refused).toMatchObject({ kind: 'no_room', ref: expect.stringMatching(/^.{6}$/) });
  expect(seen.sudden).toBe('available');
  expect(seen.then).toEqual(['available', 'available', 'available']);
  expect(seen).toMatchObject({ still: 'no_room', again: 'opening' });
  expect(seen.said.join('')).toContain('the disk is full');
}, 60_000);
