import 'reflect-metadata';
import { createPrivateKey, createPublicKey, webcrypto, X509Certificate } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import { ed25519Key, publicDer } from './ed25519.ts';
import { EX_CONFIG } from './exit-status.ts';
import { deriveKey, secretKey } from './key-file.ts';
import { sealedBox, sealTo } from './sealed-box.ts';

const OWNER_ONLY = 0o600;
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;
const IF_MISSING = 'it is made by the first command that works on the kiosk, such as add-courier';

/** What was handed over does not belong to this kiosk, or was handed over before. */
class EnrolmentError extends Error {
  override readonly name = 'EnrolmentError';
  readonly exitStatus = EX_CONFIG;
}

/** The public keys of a kiosk by their use, each a SubjectPublicKeyInfo in base64. */
export function devicePublicKeys(deviceFile: string, auditFile: string) {
  const device = secretKey(deviceFile, false, IF_MISSING);
  return {
    audit: publicDer(ed25519Key(secretKey(auditFile, false, IF_MISSING))).toString('base64'),
    grant: publicDer(ed25519Key(deriveKey(device, 'grant'))).toString('base64'),
    box: sealedBox(deriveKey(device, 'box')).publicKey,
  };
}

/** The request for a certificate (RFC 2986), in PEM; the key in that file is made when missing. */
export async function certificateRequest(keyFile: string, kiosk: string): Promise<string> {
  const pem = readIfThere(keyFile) ?? (await newTlsKey(keyFile));
  const der = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' });
  const publicDer = createPublicKey(pem).export({ format: 'der', type: 'spki' });
  const { subtle } = webcrypto;
  const keys = {
    privateKey: await subtle.importKey('pkcs8', der, CURVE, true, ['sign']),
    publicKey: await subtle.importKey('spki', publicDer, CURVE, true, ['verify']),
  };
  const request = { name: `CN=${kiosk}`, keys, signingAlgorithm: SIGNING };
  return (await Pkcs10CertificateRequestGenerator.create(request)).toString('pem');
}

/** @throws EnrolmentError when the certificate is not this kiosk's, or not by that authority. */
export function checkCertificate(pem: string, ca: string, keyFile: string, kiosk: string): void {
  const [certificate, authority] = [new X509Certificate(pem), new X509Certificate(ca)];
  const { subject } = certificate;
  if (subject !== `CN=${kiosk}`) {
    throw new EnrolmentError(`the certificate is for ${subject}, and this kiosk is CN=${kiosk}`);
  }
  if (!certificate.checkPrivateKey(createPrivateKey(readFileSync(keyFile)))) {
    throw new EnrolmentError(`the certificate does not belong to the key in ${keyFile}`);
  }
  if (!certificate.checkIssued(authority) || !certificate.verify(authority.publicKey)) {
    throw new EnrolmentError('the certificate was not made by that authority');
  }
}

interface Export {
  readonly deviceFile: string;
  /** Says for which key, once it was done. */
  readonly doneFile: string;
  /** X25519, as a SubjectPublicKeyInfo in base64. */
  readonly operatorKey: string;
  readonly kiosk: string;
}

/**
 * Gives the device key, sealed for the operator's key, to `deliver`; once, as a second export would
 * show that somebody else wants it. What could not be delivered does not count.
 * @throws EnrolmentError at the second time.
 */
export function exportDeviceKey(
  { deviceFile, doneFile, operatorKey, kiosk }: Export,
  deliver: (sealed: string) => void,
): void {
  const key = secretKey(deviceFile, false, IF_MISSING);
  const sealed = sealTo(operatorKey, `${kiosk} device.key`, key.toString('hex'));
  try {
    writeFileSync(doneFile, `${operatorKey}\n`, { flag: 'wx', mode: OWNER_ONLY });
  } catch (cause) {
    const why = `the device key was exported before: ${doneFile} says for which key`;
    throw new EnrolmentError(why, { cause });
  }
  try {
    deliver(sealed);
  } catch (error) {
    rmSync(doneFile);
    throw error;
  }
}

async function newTlsKey(path: string): Promise<string> {
  const { privateKey } = await webcrypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey));
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const pem = key.export({ format: 'pem', type: 'pkcs8' }).toString();
  writeFileSync(path, pem, { flag: 'wx', mode: OWNER_ONLY });
  return pem;
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
