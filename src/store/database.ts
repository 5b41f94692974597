import { existsSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { failureOf, StoreDamaged, StoreRefused } from './errors.ts';
import { isMissing, refuseForeign } from './file-header.ts';
import { APPLICATION_ID, MIGRATIONS } from './schema.ts';
import { syncFile } from './sync.ts';

/** An open connection; this layer's only handle on the file. */
export type Connection = Database.Database;

/** Has a copy made of a database whose schema is about to change. */
type BeforeMigrating = (database: Connection) => void;

/** The log goes into the database when it has so many pages. */
export const LOG_PAGES = 500;

/**
 * Settings without which an acknowledged commit could be lost (cloud.md, "SQLite"). They are read
 * back on every open: better-sqlite3 falls back to NORMAL when an existing WAL file is opened.
 */
const PRAGMAS: readonly (readonly [name: string, value: string, read: string | number])[] = [
  ['locking_mode', 'EXCLUSIVE', 'exclusive'],
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['secure_delete', 'ON', 1],
  ['wal_autocheckpoint', `${LOG_PAGES}`, LOG_PAGES],
  ['journal_size_limit', '4194304', 4_194_304],
  ['temp_store', 'MEMORY', 2],
];

/**
 * Opens or creates the database: takes its lock, sets and asserts the pragmas, checks that it is
 * whole, and migrates.
 * @throws StoreRefused when it is locked, of a newer schema, or not ours; StoreDamaged when its
 * pages are not what was written. It is then untouched.
 */
export function openDatabase(
  path: string,
  beforeMigrating: BeforeMigrating = () => {},
): Connection {
  refuseForeign(path);
  mkdirSync(dirname(path), { recursive: true });
  if (isMissing(path)) create(path);
  // Whoever closes the database takes its log away: one that is there was left by a crash or cut.
  const wasClosed = !existsSync(`${path}-wal`);
  return translated(path, () => {
    const database = new Database(path, { timeout: 0 });
    try {
      configure(database);
      checkWhole(database, path, wasClosed);
      migrate(database, beforeMigrating);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/**
 * Opens a database to look at it or to change its mark, whoever else has it.
 * @throws as {@link openDatabase}.
 */
export function withDatabase<T>(path: string, work: (database: Connection) => T): T {
  refuseForeign(path);
  return translated(path, () => {
    const database = new Database(path, { timeout: 0, fileMustExist: true });
    try {
      return work(database);
    } finally {
      database.close();
    }
  });
}

/** Brings the schema up to this program's, in one transaction. */
export function migrate(database: Connection, beforeMigrating: BeforeMigrating = () => {}): void {
  const version = database.pragma('user_version', { simple: true }) as number;
  if (version === MIGRATIONS.length) return;
  if (version > 0) beforeMigrating(database);
  database.transaction(() => {
    for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.pragma(`user_version = ${MIGRATIONS.length}`);
  })();
  database.pragma('wal_checkpoint(TRUNCATE)');
}

/** The quick look leaves out whether indexes agree with their tables. @throws StoreDamaged */
export function checkWhole(database: Connection, path: string, isQuick: boolean): void {
  database.pragma('cell_size_check = ON');
  const check = isQuick ? 'quick_check(1)' : 'integrity_check(1)';
  const found = String(database.pragma(check, { simple: true }));
  if (found !== 'ok') throw new StoreDamaged(path, found);
}

/**
 * Made under another name and linked when it is on disk: a power cut leaves no database, or one
 * that is known as ours. In the file that SQLite begins with nothing says whose it is.
 */
function create(path: string): void {
  const draft = `${path}.new`;
  for (const end of ['', '-journal']) rmSync(draft + end, { force: true });
  const database = new Database(draft);
  migrate(database);
  database.close();
  // The log of a database that is gone must not be taken for that of a new one.
  for (const end of ['', '-wal']) rmSync(path + end, { force: true });
  linkSync(draft, path);
  rmSync(draft);
  syncFile(dirname(path));
}

function configure(database: Connection): void {
  for (const [name, value, expected] of PRAGMAS) {
    database.pragma(`${name} = ${value}`);
    const actual = database.pragma(name, { simple: true });
    if (actual === expected) continue;
    throw new StoreRefused('pragma', `pragma ${name} is ${String(actual)}, must be ${value}`);
  }
  database.pragma('mmap_size = 0');
  database.exec('BEGIN IMMEDIATE; COMMIT');
}

function translated<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const { code = '', message } = cause as { code?: string; message: string };
    if (code.startsWith('SQLITE_BUSY')) {
      throw new StoreRefused('locked', `database "${path}" is in use by another process`);
    }
    if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
      throw new StoreDamaged(path, message, { cause });
    }
    throw failureOf(cause) ?? cause;
  }
}
