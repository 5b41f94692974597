import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Bench, scratchFolder } from '../app/bench-kiosk.ts';
import { lockerd, run, writeConfig } from '../app/daemon-bench.ts';

const DEMO_KEY = 'MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
const PORT_LOST = 'port.health';

it('D8 in production, demo PINs, keys and policies are refused, all at once', async () => {
  const folder = scratchFolder();
  const demo = `
[notices]
spool = "${folder}/notices"

[policy]
codeDigits = 4
secondDigits = 4
acceptGuessable = "I accept that codes can be guessed"

[grants]
keys = [{ kid = 1, publicKey = "${DEMO_KEY}" }]

[database]`;
  const trial = writeConfig(folder, 'trial', '[database]', demo);
  const pin = ['--carrier', 'ACME', '--pin', '246810'];
  expect((await lockerd('add-courier', '--config', trial, ...pin)).status).toBe(0);
  const text = readFileSync(trial, 'utf8').replace('[site]', '[site]\nproduction = true');
  writeFileSync(trial, text);
  writeFileSync(join(folder, 'device.key'), 'ab'.repeat(32));
  const daemon = run(trial);
  expect(await daemon.ends()).toBe(78);
  expect(daemon.said).toContain('this site is in production, and is set up for trials');
  for (const found of ['policy: ', 'notices.spool', 'key 1: it is published', 'drew this key'])
    expect(daemon.said).toContain(found);
});

it('D8 in production a PIN that all try first is refused, and another one is not', async () => {
  const folder = scratchFolder();
  const trial = writeConfig(folder, 'trial');
  const street = writeConfig(folder, 'street', '[site]', '[site]\nproduction = true');
  const add = (config: string, pin: string) =>
    lockerd('add-courier', '--config', config, '--carrier', 'ACME', '--pin', pin);
  expect((await add(street, '582046')).status).toBe(0);
  const refused = await add(street, '246810');
  expect(refused.status).toBe(64);
  expect(refused.text).toContain('one that all try first');
  const good = run(street);
  expect(await good.ends()).toBe(78);
  expect(good.said).toContain('door map');
  await add(trial, '246810');
  const bad = run(street);
  expect(await bad.ends()).toBe(78);
  expect(bad.said).toContain('staff: 1 with a PIN of the documents');
});

it('D8 a key is taken from the credentials of systemd first, whatever mode they show', async () => {
  const bench = new Bench().start();
  bench.stop();
  const { folder } = bench;
  const credentials = join(folder, 'credentials');
  mkdirSync(credentials);
  const credential = join(credentials, 'lockerd.device.key');
  renameSync(join(folder, 'device.key'), credential);
  chmodSync(credential, 0o440);
  const config = writeConfig(folder, 'site');
  const without = run(config);
  expect(await without.ends()).toBe(78);
  expect(without.said).toContain('is missing beside an existing database');
  const daemon = run(config, { CREDENTIALS_DIRECTORY: credentials });
  await daemon.says(PORT_LOST);
  daemon.child.kill('SIGTERM');
  expect(await daemon.ends()).toBe(0);
  renameSync(credential, join(folder, 'device.key'));
  const open = run(config);
  expect(await open.ends()).toBe(78);
  expect(open.said).toContain('has mode 440, allowed is 600');
});
