import {
  createCipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
} from 'node:crypto';

/** Seals for a kiosk as docs/CLOUD.md says, written from there and not from its own code. */
export function sealFor(boxKey: string, kiosk: string, about: string, said: object): string {
  const theirs = createPublicKey({
    key: Buffer.from(boxKey, 'base64'),
    ...{ format: 'der', type: 'spki' },
  });
  const ours = generateKeyPairSync('x25519');
  const secret = diffieHellman({ privateKey: ours.privateKey, publicKey: theirs });
  const ephemeral = ours.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const salt = Buffer.concat([ephemeral, Buffer.from(boxKey, 'base64').subarray(-32)]);
  const info = `lockerd v1 sealed ${kiosk}|${about}`;
  const bytes = Buffer.from(hkdfSync('sha256', secret, salt, info, 44));
  const cipher = createCipheriv('aes-256-gcm', bytes.subarray(0, 32), bytes.subarray(32));
  const body = [cipher.update(JSON.stringify(said), 'utf8'), cipher.final()];
  return Buffer.concat([ephemeral, ...body, cipher.getAuthTag()]).toString('base64');
}
