import { createPrivateKey, type KeyObject } from 'node:crypto';

/** PKCS #8 around the private half of an Ed25519 key (RFC 8410, section 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The private key of 32 random bytes (RFC 8032). */
export function ed25519Key(seed: Buffer): KeyObject {
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}
