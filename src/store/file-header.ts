import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { StoreDamaged, StoreRefused } from './errors.ts';
import { APPLICATION_ID, CHAINED_VERSION, MIGRATIONS } from './schema.ts';

/** What the first bytes of a database say, read without opening it, so that nothing is written. */

// Offsets of the database header (sqlite.org/fileformat2.html, section 1.3).
const HEADER_BYTES = 100;
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;

/** Whether there is no database at `path`, or only the empty file that a cut start left. */
export function isMissing(path: string): boolean {
  return headerOf(path) === null;
}

/** Whether rows of the database at `path` are chained already, under an audit key of its own. */
export function isChained(path: string): boolean {
  const header = headerOf(path);
  return header?.length === HEADER_BYTES && header.readInt32BE(USER_VERSION_AT) >= CHAINED_VERSION;
}

/**
 * @throws StoreRefused when the file is another program's, or of a newer schema; StoreDamaged when
 * it begins with zeros, as a failing card leaves it.
 */
export function refuseForeign(path: string): void {
  const header = headerOf(path);
  if (header === null) return;
  if (header.every((byte) => byte === 0)) throw new StoreDamaged(path, 'it begins with zeros');
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

function headerOf(path: string): Buffer | null {
  if (!existsSync(path)) return null;
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  const size = readSync(file, header, 0, HEADER_BYTES, 0);
  closeSync(file);
  return size === 0 ? null : header.subarray(0, size);
}
