import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type Grant, grantName, writeGrant } from '../../src/domain/grant.ts';
import { kioskTag } from '../../src/platform/grant-keys.ts';
import { Bench, newFolder, siteConfig } from './bench-kiosk.ts';

const KID = 7;
type Qr = 'replaces-code' | 'replaces-both' | 'off';

export function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return { privateKey, publicKey: der.toString('base64') };
}

/** A parcel lies in a slot; its recipient was sent a QR code beside the numbers. */
export async function held(qr: Qr = 'replaces-both') {
  const operator = newKey();
  const base = siteConfig({ graceSeconds: 10, idlePollMs: 30_000 });
  const config = {
    ...base,
    backup: { dir: newFolder() },
    policy: { ...base.policy, qr },
    grants: { keys: [{ kid: KID, publicKey: operator.publicKey }] },
  };
  const bench = new Bench({ config }).start();
  const courier = await bench.courier();
  const drop = bench.drop(courier);
  const sent = bench.kiosk.phone.find(({ grant }) => grant !== undefined)?.grant ?? '';
  const scan = (text: string, session = bench.app.sessions.begin()) =>
    bench.app.collect.scanned(session, text);
  const refusals = () => bench.rows('grant.refused').map(({ data }) => data.refusal);
  /** A grant as the operator's systems would make it, with some things changed. */
  const made = (change: Partial<Grant> = {}, key: KeyObject = operator.privateKey): string => {
    const grant: Grant = {
      ...{ kid: KID, kiosk: kioskTag('NYC001'), parcel: grantName(drop.parcel), gen: 0 },
      ...{ notBeforeS: Math.floor(bench.clock.wallMs() / 1_000), lifetimeMin: 1_440, nonce: 1 },
      ...change,
    };
    return writeGrant(grant, (bytes) => sign(null, bytes, key));
  };
  return { ...drop, bench, courier, sent, scan, refusals, made };
}
