import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { ChainedRow } from './chain.ts';
import { NotAJournal } from './errors.ts';
import { APPLICATION_ID, CHAINED_VERSION } from './schema.ts';

/** A row as the file has it: whoever changed the file chose the types as well. */
export interface FileRow extends ChainedRow {
  readonly h: unknown;
  readonly sig: unknown;
}

interface JournalFile {
  /** All rows by `seq`, one at a time. @throws FileDamaged where the file cannot be read on. */
  rows(): Iterable<FileRow>;
  close(): void;
}

/** The pages of the file are damaged: rows beyond the last one given cannot be read. */
export class FileDamaged extends Error {
  override readonly name = 'FileDamaged';
}

/**
 * Opens the copy of a kiosk's database for reading only, whatever program has written it.
 * @throws NotAJournal when it is missing, in use, not ours, or older than the chain.
 */
export function openJournalFile(path: string): JournalFile {
  if (!existsSync(path)) throw new NotAJournal(`there is no file ${path}`);
  try {
    const database = new Database(path, { readonly: true, timeout: 0 });
    try {
      check(database, path);
      const query = database.prepare(ALL);
      return { rows: () => rowsOf(query), close: () => void database.close() };
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (cause) {
    if (cause instanceof NotAJournal) throw cause;
    const { code, message } = cause as { code?: string; message?: string };
    const why = code?.startsWith('SQLITE_BUSY') ? 'it is in use: take a copy' : message;
    throw new NotAJournal(`${path} cannot be read: ${why}`, { cause });
  }
}

function check(database: Database.Database, path: string): void {
  const pragma = (name: string): unknown => database.pragma(name, { simple: true });
  database.pragma('trusted_schema = OFF');
  database.pragma('cell_size_check = ON');
  if (pragma('application_id') !== APPLICATION_ID) {
    throw new NotAJournal(`${path} is not a database of lockerd`);
  }
  const version = pragma('user_version') as number;
  if (version < CHAINED_VERSION) {
    throw new NotAJournal(
      `${path} has schema ${version}; journals are chained from ${CHAINED_VERSION} on`,
    );
  }
}

const ALL = `SELECT seq, id, t, ts, mono, boot, cause, slot, parcel, data, h, sig
  FROM journal ORDER BY seq`;

function* rowsOf(query: Database.Statement): Iterable<FileRow> {
  try {
    yield* query.iterate() as Iterable<FileRow>;
  } catch (cause) {
    if (!(cause instanceof Database.SqliteError)) throw cause;
    throw new FileDamaged(cause.message, { cause });
  }
}
