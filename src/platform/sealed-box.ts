import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';

/**
 * Texts that one key alone can open (docs/CLOUD.md, "Sealed fields"): an ephemeral X25519 key,
 * HKDF-SHA-256 over what both ends can compute, AES-256-GCM. `context` says what the text is about,
 * so that it cannot be passed off as another one's.
 */

const POINT_BYTES = 32;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const CIPHER = 'aes-256-gcm';
/** What stands before the 32 bytes of an X25519 key in DER (RFC 8410). */
const PRIVATE_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_HEAD = Buffer.from('302a300506032b656e032100', 'hex');

/** A text that was not sealed for this key and this context, or was changed since. */
class SealedBoxError extends Error {
  override readonly name = 'SealedBoxError';
}

interface SealedBox {
  /** SubjectPublicKeyInfo in base64: whoever has it can seal. */
  readonly publicKey: string;
  /** @throws SealedBoxError. */
  open(context: string, sealed: string): string;
}

/** The box of a private key of 32 bytes. */
export function sealedBox(secret: Buffer): SealedBox {
  const der = Buffer.concat([PRIVATE_HEAD, secret]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicDer = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const own = publicDer.subarray(-POINT_BYTES);
  return {
    publicKey: publicDer.toString('base64'),
    open: (context, sealed) => {
      const bytes = Buffer.from(sealed, 'base64');
      try {
        const point = bytes.subarray(0, POINT_BYTES);
        const { key: cipherKey, nonce } = agreed(key, point, own, point, context);
        const decipher = createDecipheriv(CIPHER, cipherKey, nonce, { authTagLength: TAG_BYTES });
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        const body = decipher.update(bytes.subarray(POINT_BYTES, -TAG_BYTES));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new SealedBoxError('the text was not sealed for this kiosk and this', { cause });
      }
    },
  };
}

/** Seals a text for the key (SubjectPublicKeyInfo in base64) that alone can open it. */
export function sealTo(publicKey: string, context: string, text: string): string {
  const to = Buffer.from(publicKey, 'base64').subarray(-POINT_BYTES);
  const ephemeral = generateKeyPairSync('x25519');
  const point = ephemeral.publicKey.export({ format: 'der', type: 'spki' }).subarray(-POINT_BYTES);
  const { key, nonce } = agreed(ephemeral.privateKey, to, to, point, context);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const body = [cipher.update(text, 'utf8'), cipher.final()];
  return Buffer.concat([point, ...body, cipher.getAuthTag()]).toString('base64');
}

/** One key and one nonce for one text: the ephemeral key is never used again. */
function agreed(own: KeyObject, other: Buffer, to: Buffer, point: Buffer, context: string) {
  const publicKey = createPublicKey({
    key: Buffer.concat([PUBLIC_HEAD, other]),
    ...{ format: 'der', type: 'spki' },
  });
  const secret = diffieHellman({ privateKey: own, publicKey });
  const salt = Buffer.concat([point, to]);
  const info = `lockerd v1 sealed ${context}`;
  const okm = Buffer.from(hkdfSync('sha256', secret, salt, info, KEY_BYTES + NONCE_BYTES));
  return { key: okm.subarray(0, KEY_BYTES), nonce: okm.subarray(KEY_BYTES) };
}
