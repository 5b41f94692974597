import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { GrantKeys } from '../control/ports.ts';
import { ed25519Key, publicDer } from './ed25519.ts';
import { deriveKey, KeyFileError, secretKey } from './key-file.ts';

/** An operator's key as the config has it. */
interface OperatorKey {
  /** 1 to 255. */
  readonly kid: number;
  /** A SubjectPublicKeyInfo (RFC 8410), in base64. */
  readonly publicKey: string;
}

/**
 * The keys of pickup grants: the kiosk's own, derived from the device key, and the operator's.
 * @throws KeyFileError when the device key cannot be used, or a public key is none.
 */
export function openGrantKeys(
  deviceKeyFile: string,
  kiosk: string,
  operators: readonly OperatorKey[],
): GrantKeys {
  const device = secretKey(deviceKeyFile, false, 'the kiosk signs its grants by it');
  const own = ed25519Key(deriveKey(device, 'grant'));
  const keys = new Map<number, KeyObject>([[0, createPublicKey(own)]]);
  for (const { kid, publicKey } of operators) keys.set(kid, publicKeyOf(kid, publicKey));
  return {
    kiosk: kioskTag(kiosk),
    sign: (bytes) => sign(null, bytes, own),
    check: (kid, bytes, signature) => {
      const key = keys.get(kid);
      return key === undefined ? null : verify(null, bytes, key, signature);
    },
  };
}

/** Makes the key file of an operator. @throws KeyFileError when there is one already. */
export function newIssuer(path: string) {
  if (existsSync(path)) throw new KeyFileError(`${path} is there already, and is not overwritten`);
  return issuer(secretKey(path, true, ''));
}

/** The operator key in that file. @throws KeyFileError when it cannot be used. */
export function openIssuer(path: string) {
  return issuer(secretKey(path, false, 'grants are signed by it'));
}

function issuer(seed: Buffer) {
  const key = ed25519Key(seed);
  return {
    publicKey: publicDer(key).toString('base64'),
    sign: (bytes: Uint8Array): Uint8Array => sign(null, bytes, key),
  };
}

/** How grants name a kiosk. */
export function kioskTag(kiosk: string): number {
  return hash('sha256', kiosk, 'buffer').readUInt32BE(0);
}

function publicKeyOf(kid: number, text: string): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
  } catch (cause) {
    throw new KeyFileError(`grants.keys: key ${kid} is no public key of Ed25519`, { cause });
  }
}
