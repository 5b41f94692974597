import { hkdfSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { EX_CONFIG } from './exit-status.ts';

const KEY_BYTES = 32;
const OWNER_ONLY = 0o600;
const OTHERS = 0o077;
const MODE_BITS = 0o777;

/** The file of a key cannot be used as it is; a person must look at it. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
  readonly exitStatus = EX_CONFIG;
}

/**
 * A 32-byte key, as 64 hexadecimal digits in a file that only its owner may read. Made when there
 * is none and `mayCreate`; whatever cut a start short, the file is whole or absent. `ifMissing`
 * says what follows from its absence, for the person who has to act.
 * @throws KeyFileError when it is missing, cannot be read or made, others may read it, or it is
 * not a key.
 */
export function secretKey(path: string, mayCreate: boolean, ifMissing: string): Buffer {
  try {
    const key = read(path);
    if (key !== null) return key;
    if (mayCreate) return create(path);
    throw new KeyFileError(
      `the key file ${path} is missing beside an existing database: ${ifMissing}`,
    );
  } catch (cause) {
    if (cause instanceof KeyFileError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new KeyFileError(`the key file cannot be used: ${why}`, { cause });
  }
}

/**
 * The key for one use, of a device key that is for many: HKDF-SHA-256 (RFC 5869) without a salt, as
 * the device key is random already.
 */
export function deriveKey(device: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', device, '', `lockerd v1 ${use}`, KEY_BYTES));
}

function read(path: string): Buffer | null {
  const file = openIfPresent(path);
  if (file === null) return null;
  try {
    const mode = fstatSync(file).mode & MODE_BITS;
    if ((mode & OTHERS) !== 0 && !isCredential(path)) {
      throw new KeyFileError(
        `the key file ${path} has mode ${mode.toString(8)}, allowed is 600: others than its owner` +
          ' can use it. Have they, it is no secret any more; if not, chmod 600 mends it',
      );
    }
    const text = readFileSync(file, 'latin1').trim();
    if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
    throw new KeyFileError(`the key file ${path} does not hold 64 hexadecimal digits`);
  } finally {
    closeSync(file);
  }
}

/** What systemd hands over has an access list for the service alone, which shows as a group's. */
export function isCredential(path: string): boolean {
  const folder = process.env.CREDENTIALS_DIRECTORY;
  return folder !== undefined && dirname(path) === folder;
}

function openIfPresent(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Written under another name and linked when it is on disk: a link replaces nobody's key. */
function create(path: string): Buffer {
  const key = randomBytes(KEY_BYTES);
  const draft = `${path}.new`;
  // What an interrupted start left was never anybody's key.
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', OWNER_ONLY);
  try {
    writeFileSync(file, `${key.toString('hex')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  linkSync(draft, path);
  rmSync(draft);
  syncFolder(dirname(path));
  return key;
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
