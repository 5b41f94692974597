import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Seal } from '../control/ports.ts';
import { ed25519Key, keyId, publicDer } from './ed25519.ts';
import { KeyFileError, secretKey } from './key-file.ts';

/** The audit key: Ed25519 (RFC 8032), its private half 32 random bytes in a file of its own. */

const IF_MISSING =
  'it signs the journal. Restore it; if it is lost, `npm run lockerd -- audit-key --new` makes' +
  ' another one, and every audit will show from where on the journal bears that';

/**
 * The seal of a kiosk's journal, by the key in that file; `mayCreate` lets it be made.
 * @throws KeyFileError when the file cannot be used, or is missing and must not be made.
 */
export function openSeal(path: string, mayCreate: boolean): Seal {
  const key = privateKey(path, mayCreate);
  return {
    key: keyId(publicDer(key)),
    digest,
    sign: (bytes) => sign(null, bytes, key),
  };
}

/** The public half of the key in that file, as PEM. @throws KeyFileError as {@link openSeal}. */
export function publicAuditKey(path: string, mayCreate: boolean): string {
  const key = createPublicKey(privateKey(path, mayCreate));
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

/**
 * Checks seals by the public keys in PEM files: `signer` gives the name of the key that signed, or
 * null when none of them did.
 * @throws KeyFileError when a file does not hold the public half of an Ed25519 key.
 */
export function openSealCheck(paths: readonly string[]) {
  const keys = paths.map((path) => {
    const key = readPublic(path);
    return { key, id: keyId(publicDer(key)) };
  });
  return {
    digest,
    async signer(bytes: Uint8Array, signature: Uint8Array): Promise<string | null> {
      for (const { key, id } of keys) if (await isSigned(key, bytes, signature)) return id;
      return null;
    },
  };
}

/** Computed by another thread. */
function isSigned(key: KeyObject, bytes: Uint8Array, signature: Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    verify(null, bytes, key, signature, (error, isGood) => {
      if (error === null) resolve(isGood);
      else reject(error);
    });
  });
}

function privateKey(path: string, mayCreate: boolean): KeyObject {
  return ed25519Key(secretKey(path, mayCreate, IF_MISSING));
}

function readPublic(path: string): KeyObject {
  try {
    const key = createPublicKey(readFileSync(path));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw new KeyFileError(`${path} does not hold a public key: ${String(cause)}`, { cause });
  }
  throw new KeyFileError(`${path} does not hold a public key of Ed25519`);
}

const digest = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');
