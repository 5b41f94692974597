import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StoreRefused } from './errors.ts';
import { APPLICATION_ID, CHAINED_VERSION, MIGRATIONS } from './schema.ts';

/** An open connection; this layer's only handle on the file. */
export type Connection = Database.Database;

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
  ['wal_autocheckpoint', '500', 500],
  ['journal_size_limit', '4194304', 4_194_304],
  ['temp_store', 'MEMORY', 2],
];

/**
 * Opens or creates the database, takes its lock, sets and asserts the pragmas, and migrates.
 * @throws StoreRefused when it is locked, of a newer schema, or not ours; it is then untouched.
 */
export function openDatabase(path: string): Connection {
  refuseForeign(path);
  mkdirSync(dirname(path), { recursive: true });
  if (headerOf(path) === null) create(path);
  const database = new Database(path, { timeout: 0 });
  try {
    configure(database);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY') === true) {
      throw new StoreRefused('locked', `database "${path}" is in use by another process`);
    }
    throw error;
  }
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
  rmSync(path, { force: true });
  linkSync(draft, path);
  rmSync(draft);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** Whether rows of the database at `path` are chained already, under an audit key of its own. */
export function isChained(path: string): boolean {
  const header = headerOf(path);
  return header?.length === HEADER_BYTES && header.readInt32BE(USER_VERSION_AT) >= CHAINED_VERSION;
}

/** The file's header, read without opening a database, so that nothing is written. */
function headerOf(path: string): Buffer | null {
  if (!existsSync(path)) return null;
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  const size = readSync(file, header, 0, HEADER_BYTES, 0);
  closeSync(file);
  return size === 0 ? null : header.subarray(0, size);
}

function refuseForeign(path: string): void {
  const header = headerOf(path);
  if (header === null) return;
  const isWhole = header.length === HEADER_BYTES;
  const version = isWhole ? header.readInt32BE(USER_VERSION_AT) : 0;
  if (!isWhole || header.readInt32BE(APPLICATION_ID_AT) !== APPLICATION_ID) {
    throw new StoreRefused('foreign', `"${path}" is not a database of lockerd`);
  }
  if (version > MIGRATIONS.length) {
    throw new StoreRefused(
      'newer',
      `database "${path}" has schema ${version}, this program knows up to ${MIGRATIONS.length}`,
    );
  }
}

// Offsets of the database header (sqlite.org/fileformat2.html, section 1.3).
const HEADER_BYTES = 100;
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;

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

function migrate(database: Connection): void {
  const version = database.pragma('user_version', { simple: true }) as number;
  if (version === MIGRATIONS.length) return;
  database.transaction(() => {
    for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.pragma(`user_version = ${MIGRATIONS.length}`);
  })();
  database.pragma('wal_checkpoint(TRUNCATE)');
}
