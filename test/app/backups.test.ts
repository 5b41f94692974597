import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Bench, scratchFolder } from './bench-kiosk.ts';
import { lockerd, writeConfig } from './daemon-bench.ts';

it('R31 a stopped kiosk is copied and restored by hand', async () => {
  const bench = new Bench().start();
  bench.announce();
  bench.stop();
  const { folder } = bench;
  const copies = join(folder, 'copies');
  const text = `[backup]\ndir = "${copies}"\n\n[database]`;
  const config = writeConfig(folder, 'site', '[database]', text);
  const copied = await lockerd('backup', '--config', config);
  expect(copied).toMatchObject({ status: 0, text: expect.stringContaining('backup-000001.db') });
  const restored = await lockerd('restore', '--config', config);
  expect(restored.text).toMatch(/^backup-000001\.db is restored\. No code opens a compartment/);
  expect(restored.status).toBe(0);
  rmSync(copies, { recursive: true });
  const nothing = await lockerd('restore', '--config', config);
  expect(nothing).toMatchObject({ status: 78, text: expect.stringContaining('no whole copy') });
});

it('check-config warns of copies on the device of the database, or of none', async () => {
  const folder = scratchFolder();
  const none = await lockerd('check-config', '--config', writeConfig(folder, 'none'));
  expect(none.text).toMatch(/^caution: backup\.dir is missing[^\n]*\n.*: good, 15 slots\n$/);
  const text = `[backup]\ndir = "${join(folder, 'copies')}"\n\n[database]`;
  const same = await lockerd(
    'check-config',
    '--config',
    writeConfig(folder, 'a', '[database]', text),
  );
  expect(same.text).toMatch(/^caution: backup\.dir = .* is on the device of the database/);
  const device = statSync(folder).dev;
  const elsewhere = ['/dev/shm', '/var/tmp'].find((path) => statSync(path).dev !== device) ?? '';
  const other = text.replace(folder, elsewhere);
  const apart = writeConfig(folder, 'b', '[database]', other);
  expect((await lockerd('check-config', '--config', apart)).text).toMatch(
    /^[^\n]*: good, 15 slots\n$/,
  );
});
