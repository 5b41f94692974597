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

/** Seals and opens as docs/CLOUD.md says, written from there and not from the kiosk's own code. */

const POINT_BYTES = 32;
const TAG_BYTES = 16;

/** For a kiosk, whose key is in its birth. */
export function sealFor(boxKey: string, kiosk: string, about: string, said: object): string {
  const theirs = publicOf(Buffer.from(boxKey, 'base64'));
  const ours = generateKeyPairSync('x25519');
  const secret = diffieHellman({ privateKey: ours.privateKey, publicKey: theirs });
  const [ephemeral, own] = [pointOf(ours.publicKey), pointOf(theirs)];
  const { key, nonce } = keysOf(secret, [ephemeral, own], `${kiosk}|${about}`);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = [cipher.update(JSON.stringify(said), 'utf8'), cipher.final()];
  return Buffer.concat([ephemeral, ...body, cipher.getAuthTag()]).toString('base64');
}

/** The operator's key for what the cloud is to tell people. */
export class NotifyKey {
  /** SubjectPublicKeyInfo in base64. */
  readonly publicKey: string;
  readonly #privateKey: KeyObject;

  /** @param pem the private half; a new one without it. */
  constructor(pem?: string) {
    this.#privateKey =
      pem === undefined ? generateKeyPairSync('x25519').privateKey : createPrivateKey(pem);
    const der = createPublicKey(this.#privateKey).export({ type: 'spki', format: 'der' });
    this.publicKey = der.toString('base64');
  }

  /** What a kiosk sealed about something. @throws when it was not sealed so. */
  open(kiosk: string, about: string, sealed: string): unknown {
    const bytes = Buffer.from(sealed, 'base64');
    const ephemeral = bytes.subarray(0, POINT_BYTES);
    const own = Buffer.from(this.publicKey, 'base64');
    const theirs = publicOf(Buffer.concat([own.subarray(0, -POINT_BYTES), ephemeral]));
    const secret = diffieHellman({ privateKey: this.#privateKey, publicKey: theirs });
    const points = [ephemeral, own.subarray(-POINT_BYTES)];
    const { key, nonce } = keysOf(secret, points, `${kiosk}|${about}`);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce);
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const body = decipher.update(bytes.subarray(POINT_BYTES, -TAG_BYTES));
    return JSON.parse(Buffer.concat([body, decipher.final()]).toString('utf8'));
  }
}

const publicOf = (der: Buffer): KeyObject =>
  createPublicKey({ key: der, format: 'der', type: 'spki' });

const pointOf = (key: KeyObject): Buffer =>
  key.export({ format: 'der', type: 'spki' }).subarray(-POINT_BYTES);

function keysOf(secret: Buffer, points: readonly Buffer[], about: string) {
  const info = `lockerd v1 sealed ${about}`;
  const bytes = Buffer.from(hkdfSync('sha256', secret, Buffer.concat(points), info, 44));
  return { key: bytes.subarray(0, 32), nonce: bytes.subarray(32) };
}
