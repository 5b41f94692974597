import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';

/** A key pair of the operator, as base64 and key id name it. */
export interface OperatorKey {
  /** SubjectPublicKeyInfo in base64. */
  readonly publicKey: string;
  readonly kid: string;
  /** The private half, PKCS #8 in PEM. */
  readonly pem: string;
  /** Ed25519 over topic, a zero byte and payload, in base64. */
  sign(topic: string, payload: string): string;
}

export function newOperatorKey(): OperatorKey {
  return operatorKey(generateKeyPairSync('ed25519'));
}

/** The key whose private half, in PEM, was kept. */
export function keptOperatorKey(pem: string): OperatorKey {
  const privateKey = createPrivateKey(pem);
  return operatorKey({ privateKey, publicKey: createPublicKey(privateKey) });
}

function operatorKey(pair: { publicKey: KeyObject; privateKey: KeyObject }): OperatorKey {
  const der = pair.publicKey.export({ type: 'spki', format: 'der' });
  return {
    publicKey: der.toString('base64'),
    kid: createHash('sha256').update(der).digest('hex').slice(0, 16),
    pem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    sign: (topic, payload) => {
      const bytes = Buffer.concat([Buffer.from(topic), Buffer.of(0), Buffer.from(payload)]);
      return sign(null, bytes, pair.privateKey).toString('base64');
    },
  };
}
