import { createPrivateKey, createPublicKey, hash, type KeyObject } from 'node:crypto';

/** PKCS #8 around the private half of an Ed25519 key (RFC 8410, section 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const KEY_ID_DIGITS = 16;

/** The private key of 32 random bytes (RFC 8032). */
export function ed25519Key(seed: Buffer): KeyObject {
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

/** The public half of a key, as SubjectPublicKeyInfo in DER. */
export function publicDer(key: KeyObject): Buffer {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return half.export({ type: 'spki', format: 'der' });
}

/** Names a key by its public half in DER: 16 hexadecimal digits. */
export function keyId(der: Uint8Array): string {
  return hash('sha256', der, 'hex').slice(0, KEY_ID_DIGITS);
}
