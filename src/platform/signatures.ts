import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import type { Signatures } from '../control/ports.ts';
import { keyId } from './ed25519.ts';

/** Checks who sent a message, with the machine's own cryptography. */
export function openSignatures(): Signatures {
  const keys = new Map<string, KeyObject>();
  const keyOf = (text: string): KeyObject => {
    const known = keys.get(text);
    if (known !== undefined) return known;
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    keys.set(text, key);
    return key;
  };
  return {
    isBy: (publicKey, bytes, signature) => {
      try {
        return verify(null, bytes, keyOf(publicKey), Buffer.from(signature, 'base64'));
      } catch {
        return false;
      }
    },
    keyId: (text) => keyId(Buffer.from(text, 'base64')),
    digest: (bytes) => hash('sha256', bytes, 'hex'),
  };
}
