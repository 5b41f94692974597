import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openSeal } from '../../src/platform/audit-key.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { openStore } from '../../src/store/open-store.ts';
import { Bench, scratchFolder } from './bench-kiosk.ts';
import { run, simulatedSite, writeConfig } from './daemon-bench.ts';

it('a second daemon is refused with the pid of the first, and not after its end', async () => {
  const { config } = await simulatedSite();
  const first = run(config);
  await first.says('"serving"');
  const second = run(config);
  expect(await second.ends()).toBe(75);
  expect(second.said).toContain(`process id ${first.pid}`);
  first.child.kill('SIGKILL');
  expect(await first.ends()).toBe('SIGKILL');
  const third = run(config);
  await third.says('"serving"');
});

it('SIGTERM is a clean stop: status 0, nothing left behind, and it is in the journal', async () => {
  const { folder, config } = await simulatedSite();
  const daemon = run(config);
  await daemon.says('"serving"');
  const pidFile = join(folder, 'lockerd.db.pid');
  expect(readFileSync(pidFile, 'utf8')).toBe(`${daemon.pid}\n`);
  daemon.child.kill('SIGTERM');
  expect(await daemon.ends()).toBe(0);
  expect(existsSync(pidFile)).toBe(false);
  expect(existsSync(join(folder, 'lockerd.db-wal'))).toBe(false);
  const store = openStore(
    join(folder, 'lockerd.db'),
    openSeal(join(folder, 'device.audit.key'), false),
    systemRandom(),
  );
  const types = store.journal.tail(100).map((row) => row.t);
  store.close();
  expect(types.slice(0, 3)).toEqual(['audit.began', 'kiosk.started', 'audit.checkpoint']);
  expect(types.slice(-2)).toEqual(['kiosk.stopped', 'audit.checkpoint']);
});

it('SIGTERM before the port is there is a clean stop too', async () => {
  const config = writeConfig(scratchFolder(), 'no-port');
  const daemon = run(config);
  await daemon.says('port.health');
  daemon.child.kill('SIGTERM');
  expect(await daemon.ends()).toBe(0);
});

it.each([
  ['channels = 15', 'channels = 14', ['lockers[0].rows[0]', '15', '1 to 14']],
  ['address = 1', 'address = 1000', ['buses[0].boards[0].address', '1000', '0 to 255']],
  ['doorContact = "closed-when-shut"', '', ['lockers[0].rows[0].doorContact', 'missing']],
  ['id = "A"', 'id = "A"\ncolour = "red"', ['buses[0].boards[0].colour']],
])('a config with %j made %j is refused: key, value, what is allowed', async (from, to, words) => {
  const folder = scratchFolder();
  const daemon = run(writeConfig(folder, 'bad', from, to));
  expect(await daemon.ends()).toBe(78);
  for (const word of words) expect(daemon.said).toContain(word);
  expect(existsSync(join(folder, 'lockerd.db'))).toBe(false);
});

it('a config file that is not there is refused', async () => {
  const daemon = run(join(scratchFolder(), 'none.toml'));
  expect(await daemon.ends()).toBe(78);
  expect(daemon.said).toContain('none.toml');
});

it('a database of a newer program is refused with its own status', async () => {
  const bench = new Bench().start();
  bench.stop();
  const { folder } = bench;
  const database = new Database(join(folder, 'lockerd.db'));
  database.pragma('user_version = 99');
  database.close();
  const daemon = run(writeConfig(folder, 'newer'));
  expect(await daemon.ends()).toBe(78);
  expect(daemon.said).toContain('schema 99');
});
