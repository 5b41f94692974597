import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AlreadyRunning, readPid, writePid } from '../../src/platform/pid-lock.ts';
import { testFolder } from './folder.ts';

describe('the pid file', () => {
  it('tells who holds the lock until the clean stop', () => {
    const folder = testFolder();
    const path = join(folder, 'lockerd.pid');
    expect(readPid(path)).toBeNull();
    const remove = writePid(path);
    expect(readPid(path)).toBe(process.pid);
    expect(readdirSync(folder)).toEqual(['lockerd.pid']);
    remove();
    expect(existsSync(path)).toBe(false);
    remove();
  });

  it('replaces what a killed daemon left', () => {
    const path = join(testFolder(), 'lockerd.pid');
    writeFileSync(path, '999999\n');
    writePid(path);
    expect(readPid(path)).toBe(process.pid);
  });

  it.each(['', '12', 'x\n', '0\n', '-1\n', '1\n2\n'])('says nothing for %j', (text) => {
    const path = join(testFolder(), 'lockerd.pid');
    writeFileSync(path, text);
    expect(readPid(path)).toBeNull();
  });

  it('a second daemon is refused with the process id of the first, and EX_TEMPFAIL', () => {
    expect(new AlreadyRunning(4711).message).toBe('lockerd runs already, with process id 4711');
    expect(new AlreadyRunning(null).message).toBe('lockerd runs already');
    expect(new AlreadyRunning(4711).exitStatus).toBe(75);
  });
});
