import { createPublicKey, sign } from 'node:crypto';
import { base45, fromBase45 } from '../../../src/domain/base45.ts';
import { type Grant, writeGrant } from '../../../src/domain/grant.ts';
import { ed25519Key } from '../../../src/platform/ed25519.ts';
import { kioskTag } from '../../../src/platform/grant-keys.ts';

/** The vectors of docs/GRANTS.md, from fixed keys; `write.ts` makes the file of them. */

const KIOSK = 'LOC001';
const PARCEL = '019ab3c4-5d6e-7f80-8123-456789abcdef';
const NOT_BEFORE_S = Date.parse('2026-11-22T10:00:00Z') / 1_000;
const [OWN, OPERATOR, STRANGER] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte));

const BASE: Grant = {
  ...{ kid: 1, kiosk: kioskTag(KIOSK), parcel: PARCEL.slice(-12), gen: 0 },
  ...{ notBeforeS: NOT_BEFORE_S, lifetimeMin: 7 * 1_440, nonce: 0x01020304 },
};

function signed(change: Partial<Grant>, seed = OPERATOR): string {
  const key = ed25519Key(seed ?? Buffer.alloc(32));
  return writeGrant({ ...BASE, ...change }, (bytes) => sign(null, bytes, key));
}

function publicKey(seed = OPERATOR): string {
  const key = createPublicKey(ed25519Key(seed ?? Buffer.alloc(32)));
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}

function altered(text: string, at: number): string {
  const bytes = fromBase45(text.slice(4)) ?? new Uint8Array();
  return `LK1:${base45(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)))}`;
}

const good = (name: string, change: Partial<Grant>, seed = OPERATOR) => {
  return { name, text: signed(change, seed), grant: { ...BASE, ...change } };
};

export function grantVectors() {
  const text = signed({});
  return {
    about: 'Signed pickup grants of lockerd, see docs/GRANTS.md. Seeds are Ed25519 private keys.',
    ...{ kiosk: KIOSK, parcel: PARCEL, at: '2026-11-23T10:00:00Z', gen: 0 },
    keys: [
      { kid: 0, seed: OWN?.toString('hex'), publicKey: publicKey(OWN) },
      { kid: 1, seed: OPERATOR?.toString('hex'), publicKey: publicKey() },
    ],
    good: [
      good('by the operator', {}),
      good('by the kiosk itself', { kid: 0 }, OWN),
      good('the largest numbers', { gen: 0, nonce: 0xffff_ffff, lifetimeMin: 0xff_ffff }),
    ],
    bad: [
      { name: 'wrong prefix', text: `LK2:${text.slice(4)}`, refusal: 'GRANT_MALFORMED' },
      {
        name: 'wrong alphabet',
        text: `${text.slice(0, 9)}a${text.slice(10)}`,
        refusal: 'GRANT_MALFORMED',
      },
      {
        name: 'group over 65535',
        text: `${text.slice(0, 4)}:::${text.slice(7)}`,
        refusal: 'GRANT_MALFORMED',
      },
      { name: 'too short', text: text.slice(0, -1), refusal: 'GRANT_MALFORMED' },
      { name: 'too long', text: `${text}0`, refusal: 'GRANT_MALFORMED' },
      { name: 'unknown key', text: signed({ kid: 2 }), refusal: 'GRANT_KEY_UNKNOWN' },
      { name: 'wrong key', text: signed({}, STRANGER), refusal: 'GRANT_FORGED' },
      { name: 'altered parcel', text: altered(text, 5), refusal: 'GRANT_FORGED' },
      { name: 'altered signature', text: altered(text, 86), refusal: 'GRANT_FORGED' },
      {
        name: 'other kiosk',
        text: signed({ kiosk: kioskTag('LOC002') }),
        refusal: 'GRANT_OTHER_KIOSK',
      },
      {
        name: 'other parcel',
        text: signed({ parcel: '000000000001' }),
        refusal: 'GRANT_UNKNOWN_PARCEL',
      },
      { name: 'other generation', text: signed({ gen: 1 }), refusal: 'GRANT_REVOKED' },
      {
        name: 'not yet',
        text: signed({ notBeforeS: NOT_BEFORE_S + 2 * 86_400 }),
        refusal: 'GRANT_TOO_EARLY',
      },
      { name: 'too late', text: signed({ lifetimeMin: 1_440 }), refusal: 'GRANT_TOO_LATE' },
    ],
  };
}
