import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { Bench } from './bench-kiosk.ts';
import { lockerd, writeConfig } from './daemon-bench.ts';

it('B2 a journal is verified by its file and its public key alone', async () => {
  const bench = new Bench().start();
  bench.announce();
  const head = bench.app.auditHead() ?? '';
  bench.stop();
  const { folder } = bench;
  const [key, copy] = [join(folder, 'audit.pem'), join(folder, 'copy.db')];
  const published = await lockerd('audit-key', '--config', writeConfig(folder, 'site'));
  expect(published).toMatchObject({ status: 0 });
  expect(published.text).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  writeFileSync(key, published.text);
  copyFileSync(join(folder, 'lockerd.db'), copy);

  const clean = await lockerd('audit-verify', copy, '--key', key, '--head', head);
  expect(clean.text).toMatch(/^\d+ rows, \d checkpoints, sealed to row \d+, head \d+:[0-9a-f]+\n/);
  expect(clean.text).toContain('0 findings, 0 notes');
  expect(clean.status).toBe(0);

  const database = new Database(copy);
  database.exec("UPDATE journal SET parcel = 'another' WHERE seq = 4");
  database.close();
  const changed = await lockerd('audit-verify', copy, '--key', key);
  expect(changed.text).toContain('row 4: changed: is not what was written\n');
  expect(changed.text).toContain('1 findings');
  expect(changed.status).toBe(1);

  expect(await lockerd('audit-verify', key, '--key', key)).toMatchObject({ status: 65 });
  const wrongHead = await lockerd('audit-verify', copy, '--key', key, '--head', '12');
  expect(wrongHead.text).toContain('hash in full');
});

it('B2 a lost audit key is made anew on demand only, and the audit tells', async () => {
  const bench = new Bench().start();
  bench.stop();
  const { folder } = bench;
  const config = writeConfig(folder, 'site');
  const path = join(folder, 'device.audit.key');
  const [former, next] = [join(folder, 'former.pem'), join(folder, 'next.pem')];
  writeFileSync(former, (await lockerd('audit-key', '--config', config)).text);
  rmSync(path);
  const refused = await lockerd('audit-key', '--config', config);
  expect(refused).toMatchObject({ status: 78, text: expect.stringContaining('--new') });
  expect(existsSync(path)).toBe(false);
  expect(() => bench.kiosk.start()).toThrow('is missing beside an existing database');

  writeFileSync(next, (await lockerd('audit-key', '--config', config, '--new')).text);
  bench.start();
  bench.stop();
  const database = join(folder, 'lockerd.db');
  const one = await lockerd('audit-verify', database, '--key', former);
  expect(one).toMatchObject({ status: 1, text: expect.stringContaining(': rewritten: ') });
  const both = await lockerd('audit-verify', database, '--key', former, '--key', next);
  expect(both.text).toMatch(/\(key\): is signed by key [0-9a-f]{16}, those before by [0-9a-f]{16}/);
  expect(both.status).toBe(0);
});
