import { readFileSync, statSync } from 'node:fs';
import { EX_CONFIG } from './exit-status.ts';
import { isCredential } from './key-file.ts';

const OTHERS = 0o077;

/** A password or token cannot be used as it is; a person must look at its file. */
class SecretFileError extends Error {
  override readonly name = 'SecretFileError';
  readonly exitStatus = EX_CONFIG;
}

/**
 * The one line of a file that only its owner may read, such as a systemd credential.
 * @throws SecretFileError when it cannot be read, others may read it, or it is not one line.
 */
export function readSecret(path: string): string {
  try {
    const text = readFileSync(path, 'utf8').trim();
    if ((statSync(path).mode & OTHERS) !== 0 && !isCredential(path)) {
      throw new Error('others may read it: chmod 600');
    }
    if (!/^[\x21-\x7e]{1,4096}$/.test(text)) throw new Error('not one line of printable ASCII');
    return text;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SecretFileError(`the secret in ${path} cannot be used: ${why}`, { cause });
  }
}
