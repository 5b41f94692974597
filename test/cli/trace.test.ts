import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { apiBench } from '../api/api-bench.ts';
import { lockerctlAt } from './terminal.ts';

const lockerctl = (folder: string, ...args: string[]) => lockerctlAt(folder)(args.join(' '));

it('B4 a trace is exported, replayed without a daemon, and told where it differs', async () => {
  const { bench, folder } = await apiBench();
  bench.drop(await bench.courier());
  const file = join(folder, 'kiosk.trace');
  const exported = await lockerctl(folder, 'trace', 'export', file);
  expect(exported.stdout).toMatch(/kiosk\.trace: \d+ lines/);
  expect((await lockerctl(folder, 'trace', 'export')).stdout).toContain('{"trace":1,');
  const good = await lockerctl('/nowhere', 'trace', 'replay', file);
  expect(good).toMatchObject({ status: 0, stdout: expect.stringMatching(/\d+ steps, the same/) });
  writeFileSync(file, readFileSync(file, 'utf8').replace('"state":"occupied"', '"state":"open"'));
  const bad = await lockerctl('/nowhere', 'trace', 'replay', file);
  expect(bad.status).toBe(1);
  expect(bad.stdout).toMatch(/line \d+ differs at LOCK1\/1\n {2}recorded {2}state "open"/);
  const json = await lockerctl('/nowhere', '--json', 'trace', 'replay', file);
  expect(JSON.parse(json.stdout).difference).toMatchObject({ slot: 'LOCK1/1' });
});

it('D7 what is no trace, or not there, is one line and a status', async () => {
  const { folder } = await apiBench();
  const file = join(folder, 'notes.txt');
  writeFileSync(file, 'dance');
  const no = await lockerctl(folder, 'trace', 'replay', file);
  expect(no).toMatchObject({ status: 65, stderr: `lockerctl: ${file}: line 1 is no JSON\n` });
  expect((await lockerctl(folder, 'trace', 'replay', '/nowhere')).status).toBe(66);
  expect((await lockerctl('/nowhere', 'trace', 'export')).status).toBe(69);
});
