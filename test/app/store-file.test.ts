import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openSeal } from '../../src/platform/audit-key.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { openDatabase } from '../../src/store/database.ts';
import { StoreRefused } from '../../src/store/errors.ts';
import { openStore } from '../../src/store/open-store.ts';
import { APPLICATION_ID, MIGRATIONS } from '../../src/store/schema.ts';
import { Bench, scratchFolder } from './bench-kiosk.ts';

/** The audit key lies elsewhere: the folder is compared byte for byte. */
function opened(path: string) {
  return openStore(path, openSeal(join(scratchFolder(), 'audit.key'), true), systemRandom());
}

/** Names and bytes of all that lies in a folder. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'hex')]));
}

function refusal(open: () => unknown): StoreRefused {
  try {
    open();
  } catch (error) {
    if (error instanceof StoreRefused) return error;
    throw error;
  }
  throw new Error('the store was opened');
}

/** The database of a kiosk that ran and stopped. */
function usedDatabase(): { folder: string; path: string } {
  const bench = new Bench().start();
  bench.announce();
  bench.stop();
  return { folder: bench.folder, path: join(bench.folder, 'lockerd.db') };
}

it('a database of a newer schema is refused and left as it is, to the byte', () => {
  const { folder, path } = usedDatabase();
  const database = new Database(path);
  database.pragma('user_version = 99');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  const before = contents(folder);
  expect(refusal(() => opened(path))).toMatchObject({ why: 'newer', exitStatus: 78 });
  expect(refusal(() => opened(path)).message).toMatch(/schema 99, this program knows up to \d/);
  expect(contents(folder)).toEqual(before);
});

it.each([
  [
    'a database of another program',
    (path: string) => new Database(path).exec('CREATE TABLE t (x)'),
  ],
  ['a text file', (path: string) => writeFileSync(path, 'hello\n')],
])('%s is refused and left as it is', (_what, make) => {
  const folder = scratchFolder();
  const path = join(folder, 'lockerd.db');
  make(path);
  const before = contents(folder);
  expect(refusal(() => opened(path))).toMatchObject({ why: 'foreign', exitStatus: 78 });
  expect(contents(folder)).toEqual(before);
});

it('a file of zeros is refused as damaged, and left as it is', () => {
  const folder = scratchFolder();
  const path = join(folder, 'lockerd.db');
  writeFileSync(path, Buffer.alloc(4_096));
  const before = contents(folder);
  expect(() => opened(path)).toThrow('is damaged: it begins with zeros');
  expect(contents(folder)).toEqual(before);
});

it('a second opener is refused while the first one is there, and not after', () => {
  const bench = new Bench().start();
  const path = join(bench.folder, 'lockerd.db');
  expect(refusal(() => opened(path)).why).toBe('locked');
  bench.announce();
  bench.stop();
  opened(path).close();
});

it('R17 every open sets what a commit needs to last, also on an old file', () => {
  const { path } = usedDatabase();
  const database = openDatabase(path);
  const pragma = (name: string) => database.pragma(name, { simple: true });
  expect(pragma('journal_mode')).toBe('wal');
  expect(pragma('synchronous')).toBe(2);
  expect(pragma('locking_mode')).toBe('exclusive');
  expect(pragma('foreign_keys')).toBe(1);
  expect(pragma('trusted_schema')).toBe(0);
  expect(pragma('cell_size_check')).toBe(1);
  expect(pragma('secure_delete')).toBe(1);
  expect(pragma('mmap_size')).toBe(0);
  expect(pragma('wal_autocheckpoint')).toBe(500);
  expect(pragma('journal_size_limit')).toBe(4_194_304);
  expect(pragma('application_id')).toBe(0x4c4b5244);
  expect(pragma('user_version')).toBeGreaterThanOrEqual(1);
  const tables = database.pragma('table_list') as { name: string; type: string; strict: number }[];
  const own = tables.filter(({ name, type }) => type === 'table' && !name.startsWith('sqlite_'));
  expect(own.length).toBeGreaterThan(5);
  expect(own.filter(({ strict }) => strict === 0)).toEqual([]);
  database.close();
});

it('a database has one epoch for as long as it lives, and another one has another', () => {
  const bench = new Bench().start();
  const { epoch } = bench.app.store;
  expect(epoch).toMatch(/^[0-9a-f]{16}$/);
  bench.restart();
  expect(bench.app.store.epoch).toBe(epoch);
  expect(new Bench({ seed: 2 }).start().app.store.epoch).not.toBe(epoch);
});

it('a database from before the epochs is copied, migrated, and begins one', () => {
  const path = join(scratchFolder(), 'lockerd.db');
  const database = new Database(path);
  for (const migration of MIGRATIONS.slice(0, 2)) database.exec(migration);
  database.pragma(`application_id = ${APPLICATION_ID}`);
  database.pragma('user_version = 2');
  database.close();
  const store = opened(path);
  const { epoch } = store;
  store.close();
  expect(epoch).toMatch(/^[0-9a-f]{16}$/);
  expect(opened(path).epoch).toBe(epoch);
  const copy = new Database(`${path}.backups/backup-000001.db`, { readonly: true });
  expect(copy.pragma('user_version', { simple: true })).toBe(2);
  copy.close();
});
