import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Folders that a way may lead through: each is one module with one responsibility. */
const FOLDERS_MAX = 12;
/**
 * Files on each way, as counted on the day of the last change: a ratchet that only goes down. The
 * aim is 12; what stands between is in docs/ARCHITECTURE.md, "The natural way through".
 */
const FILES_NOW = { byteToOutbox: 22, keyToUnlock: 37 } as const;

type Walk = Readonly<Record<keyof typeof FILES_NOW, readonly string[]>>;

const walk = JSON.parse(
  execFileSync('node_modules/.bin/node', ['test/path/walk.ts'], { encoding: 'utf8' }),
) as Walk;

describe.each(['byteToOutbox', 'keyToUnlock'] as const)('the way %s', (way) => {
  it(`leads through at most ${FOLDERS_MAX} folders`, () => {
    const folders = new Set(walk[way].map(dirname));
    expect(folders.size).toBeGreaterThan(1);
    expect(folders.size).toBeLessThanOrEqual(FOLDERS_MAX);
  });

  it('has no more files than it had', () => {
    expect(walk[way].length, walk[way].join('\n')).toBeLessThanOrEqual(FILES_NOW[way]);
  });

  it('is decided by the machine and kept by the store', () => {
    expect(walk[way]).toContain('src/domain/slot-machine.ts');
    expect(walk[way]).toContain('src/store/journal.ts');
  });
});
