import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { keyId, publicDer } from './ed25519.ts';
import { KeyFileError } from './key-file.ts';

/** Signs what goes down to kiosks (docs/CLOUD.md, "Keys"). */
interface CommandKey {
  readonly kid: string;
  /** Ed25519 over topic, a zero byte and payload, in base64. */
  sign(topic: string, payload: string): string;
}

/** The private key in that file. @throws KeyFileError when it is none. */
export function openCommandKey(path: string): CommandKey {
  const key = privateKey(path);
  return {
    kid: keyId(publicDer(key)),
    sign: (topic, payload) =>
      sign(null, Buffer.from(`${topic}\0${payload}`), key).toString('base64'),
  };
}

function privateKey(path: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(readFileSync(path));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `${path} is no private key in PEM: ${why}`;
    throw new KeyFileError(message, { cause });
  }
  const type = key.asymmetricKeyType;
  if (type === 'ed25519') return key;
  throw new KeyFileError(`${path} is a key of the type ${type}, and has to be ed25519`);
}
