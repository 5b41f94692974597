import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { Vault } from '../control/ports.ts';
import { deriveKey, secretKey } from './key-file.ts';
import { checkPin, hashPin } from './pin-hash.ts';
import { sealedBox, sealTo } from './sealed-box.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED_BYTES_MIN = NONCE_BYTES + TAG_BYTES;
const CIPHER = 'aes-256-gcm';
const IF_MISSING =
  'without it no stored code works. Restore it from the export that was made at commissioning';

/** A text that this vault did not seal, or that was changed since. */
class SealError extends Error {
  override readonly name = 'SealError';
}

/**
 * The vault of a kiosk (cloud.md, "Codes"). Each use has a key of its own, derived from the device
 * key. `isFirstStart` lets the key be made: beside existing data a new one would kill every code.
 * @throws KeyFileError when the key file cannot be used, or is missing after the first start.
 */
export function openVault(keyFile: string, kioskId: string, isFirstStart: boolean): Vault {
  const device = secretKey(keyFile, isFirstStart, IF_MISSING);
  const digestKey = derive(device, 'digest');
  const sealKey = derive(device, 'seal');
  const box = sealedBox(deriveKey(device, 'box'));
  return {
    digest: (purpose, value) =>
      createHmac('sha256', digestKey).update(`${kioskId}|${purpose}|${value}`).digest('hex'),
    seal: (plain) => seal(sealKey, plain),
    unseal: (sealed) => unseal(sealKey, sealed),
    boxKey: box.publicKey,
    sealFor: (publicKey, context, text) => sealTo(publicKey, `${kioskId}|${context}`, text),
    unbox: (context, sealed) => box.open(`${kioskId}|${context}`, sealed),
    hashPin,
    checkPin,
  };
}

/** As an object of the runtime, a key is used in a fifth of the time that its bare bytes take. */
function derive(device: Buffer, use: string): KeyObject {
  return createSecretKey(deriveKey(device, use));
}

/** nonce ‖ ciphertext ‖ tag; the nonce is random, good for 2³² texts (NIST SP 800-38D, 8.3). */
function seal(key: KeyObject, plain: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const parts = [nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(parts).toString('base64');
}

function unseal(key: KeyObject, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < SEALED_BYTES_MIN) {
    throw new SealError(`a sealed text has ${SEALED_BYTES_MIN} bytes or more, not ${bytes.length}`);
  }
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const body = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([body, decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new SealError('the text was not sealed by this vault', { cause });
  }
}
