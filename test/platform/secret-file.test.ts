import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { readSecret } from '../../src/platform/secret-file.ts';
import { testFolder } from './folder.ts';

afterEach(() => void vi.unstubAllEnvs());

it('D8 a password may be a credential of systemd, whose access list shows as a group', () => {
  const folder = testFolder();
  const path = join(folder, 'smtp.password');
  writeFileSync(path, 'open-sesame');
  chmodSync(path, 0o440);
  expect(() => readSecret(path)).toThrow('others may read it: chmod 600');
  vi.stubEnv('CREDENTIALS_DIRECTORY', folder);
  expect(readSecret(path)).toBe('open-sesame');
  vi.stubEnv('CREDENTIALS_DIRECTORY', join(folder, 'other'));
  expect(() => readSecret(path)).toThrow('others may read it');
});
