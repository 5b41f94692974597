import { base45, fromBase45 } from './base45.ts';

/** What a signed pickup grant says (docs/GRANTS.md). */
export interface Grant {
  /** Whose key signed it: 0 is the kiosk's own, 1 to 255 are the operator's. */
  readonly kid: number;
  /** The first 4 bytes of the SHA-256 of the kiosk's id, as a number. */
  readonly kiosk: number;
  /** The last 12 hexadecimal digits of the parcel's id, in small letters. */
  readonly parcel: string;
  /** 0 to 255: grants of an earlier generation of the parcel are void. */
  readonly gen: number;
  /** Unix time in seconds. */
  readonly notBeforeS: number;
  /** Minutes from then on, up to 24 bits of them. */
  readonly lifetimeMin: number;
  /** 32 random bits. */
  readonly nonce: number;
}

/** A grant as it was read, its signature not checked. */
interface SealedGrant {
  readonly grant: Grant;
  /** What the signature is over. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/** Why a grant was refused: for the journal only, never for a screen (R14, M21). */
export type GrantRefusal =
  | 'GRANT_OFF'
  | 'GRANT_MALFORMED'
  | 'GRANT_KEY_UNKNOWN'
  | 'GRANT_FORGED'
  | 'GRANT_OTHER_KIOSK'
  | 'GRANT_UNKNOWN_PARCEL'
  | 'GRANT_REVOKED'
  | 'GRANT_TOO_EARLY'
  | 'GRANT_TOO_LATE'
  | 'GRANT_USED';

const PREFIX = 'LK1:';
const BODY_BYTES = 23;
const SIGNATURE_BYTES = 64;
/** 4 of the prefix and 131 of base45. */
const GRANT_CHARS = 135;
const GEN_MAX = 255;

const KIOSK_AT = 1;
const PARCEL_AT = 5;
const PARCEL_BYTES = 6;
const GEN_AT = 11;
const NOT_BEFORE_AT = 12;
const LIFETIME_AT = 16;
const NONCE_AT = 19;

/** Reads a grant; null when the text is none: wrong prefix, length, characters, or bytes. */
export function readGrant(text: string): SealedGrant | null {
  if (text.length !== GRANT_CHARS || !text.startsWith(PREFIX)) return null;
  const bytes = fromBase45(text.slice(PREFIX.length));
  if (bytes?.length !== BODY_BYTES + SIGNATURE_BYTES) return null;
  const body = bytes.subarray(0, BODY_BYTES);
  return {
    grant: grantOf(body),
    signed: signedBytes(body),
    signature: bytes.subarray(BODY_BYTES),
  };
}

/** The text of a grant, as a QR code shows it; `sign` gives an Ed25519 signature of 64 bytes. */
export function writeGrant(grant: Grant, sign: (bytes: Uint8Array) => Uint8Array): string {
  const body = bodyOf(grant);
  const bytes = new Uint8Array(BODY_BYTES + SIGNATURE_BYTES);
  bytes.set(body);
  bytes.set(sign(signedBytes(body)), BODY_BYTES);
  return PREFIX + base45(bytes);
}

/** How a grant names a parcel. */
export function grantName(parcelId: string): string {
  return parcelId.slice(-2 * PARCEL_BYTES);
}

/**
 * The generation after all that grants were made with. The last one stays: who raised it so often
 * has no grant that is still to be void, as each is a new issue of the numbers or a cancel.
 */
export const nextGen = ({ lastGen }: { readonly lastGen: number }): number =>
  Math.min(GEN_MAX, lastGen + 1);

export const expiresMs = ({ notBeforeS, lifetimeMin }: Grant): number =>
  notBeforeS * 1_000 + lifetimeMin * 60_000;

/** The prefix counts in: a signature for a grant is one for nothing else. */
function signedBytes(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(PREFIX.length + BODY_BYTES);
  bytes.set([...PREFIX].map((char) => char.charCodeAt(0)));
  bytes.set(body, PREFIX.length);
  return bytes;
}

function grantOf(body: Uint8Array): Grant {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const parcel = body.subarray(PARCEL_AT, PARCEL_AT + PARCEL_BYTES);
  return {
    kid: view.getUint8(0),
    kiosk: view.getUint32(KIOSK_AT),
    parcel: Array.from(parcel, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    gen: view.getUint8(GEN_AT),
    notBeforeS: view.getUint32(NOT_BEFORE_AT),
    lifetimeMin: view.getUint32(LIFETIME_AT) >>> 8,
    nonce: view.getUint32(NONCE_AT),
  };
}

function bodyOf(grant: Grant): Uint8Array {
  const body = new Uint8Array(BODY_BYTES);
  const view = new DataView(body.buffer);
  view.setUint8(0, grant.kid);
  view.setUint32(KIOSK_AT, grant.kiosk);
  for (let index = 0; index < PARCEL_BYTES; index += 1) {
    const digits = grant.parcel.slice(2 * index, 2 * index + 2);
    view.setUint8(PARCEL_AT + index, Number.parseInt(digits, 16));
  }
  view.setUint8(GEN_AT, grant.gen);
  view.setUint32(NOT_BEFORE_AT, grant.notBeforeS);
  view.setUint32(LIFETIME_AT, grant.lifetimeMin << 8);
  view.setUint32(NONCE_AT, grant.nonce);
  return body;
}
