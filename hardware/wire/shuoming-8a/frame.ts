import { ADDRESSES, CHANNELS_MAX, PULSE_SECONDS, STATUS_BYTES_MAX } from './limits.ts';

/**
 * `HEAD BOARD CHANNEL CODE BCC`, or with the seconds of a pulse before the BCC. Requests, replies
 * and reports have the same form. BCC is the exclusive-or of all bytes before it.
 */
export interface ShortFrame {
  readonly kind: 'short';
  readonly head: number;
  /** Board address, 1 to 99. */
  readonly address: number;
  /** 1 to 50, or 0 for the whole board. */
  readonly channel: number;
  readonly code: number;
  /** 1 to 9; absent in the form of five bytes. */
  readonly seconds?: number;
}

/** `80 BOARD STATUS… 33 BCC`: all contacts of one board. */
interface BulkFrame {
  readonly kind: 'bulk';
  readonly address: number;
  /** One bit for each channel, 1 = contact closed; 1 to 7 bytes as they came. */
  readonly status: Uint8Array;
}

export type Frame = ShortFrame | BulkFrame;

/** What bytes are from their first on: a frame, too few to tell, or no frame and why. */
export type Attempt =
  | { readonly frame: Frame; readonly length: number }
  | 'more'
  | 'checksum'
  | 'garbage';

/** The first byte of each frame that this driver speaks or understands. */
export const HEAD = { status: 0x80, unlock: 0x8a, changed: 0x82, changedOther: 0x81 } as const;

export const CODE = {
  /** A reply's or report's contact: open or closed, and nothing more. */
  contactOpen: 0x00,
  contactClosed: 0x11,
  /** Also the unlock of boards of the 2021 document: request and reply look alike. */
  unlock: 0x11,
  /** Also the unlock of CM06 boards. */
  read: 0x33,
} as const;

/** Longest frame: the status of a board with 50 channels. */
export const FRAME_BYTES_MAX = 2 + STATUS_BYTES_MAX + 2;
const SHORT_BYTES = 5;

/** The bytes with their BCC behind them. */
export function sealed(...bytes: readonly number[]): Uint8Array {
  return Uint8Array.of(...bytes, bcc(bytes));
}

/** Reads a frame of five bytes, or of six when it carries the seconds of a pulse. */
export function readShort(bytes: readonly number[]): Attempt {
  const [head = 0, address, channel, code, fifth] = bytes;
  if (!HEADS.has(head) || isOutside(address, ADDRESSES)) return 'garbage';
  const reports = head === HEAD.changed || head === HEAD.changedOther;
  if (isOutside(channel, { min: reports ? 1 : 0, max: CHANNELS_MAX })) return 'garbage';
  if (code !== undefined && !(reports ? CONTACTS : CODES).has(code)) return 'garbage';
  // A whole board has requests and no contact.
  if (channel === 0 && code === CODE.contactOpen) return 'garbage';
  // The BCC of a short frame has the top bit of its head, so it never looks like seconds.
  const isTimed = head === HEAD.unlock && fifth !== undefined && !isOutside(fifth, PULSE_SECONDS);
  const length = isTimed ? SHORT_BYTES + 1 : SHORT_BYTES;
  if (address === undefined || channel === undefined || code === undefined) return 'more';
  if (bytes.length < length) return 'more';
  if (bcc(bytes.slice(0, length)) !== 0) return 'checksum';
  const frame: ShortFrame = { kind: 'short', head, address, channel, code };
  return { frame: isTimed ? { ...frame, seconds: fifth } : frame, length };
}

/** Reads the status of a whole board of which the number of status bytes is known. */
export function readBulk(bytes: readonly number[], statusBytes: number): Attempt {
  const [head, address = 0] = bytes;
  const codeAt = 2 + statusBytes;
  const length = codeAt + 2;
  if (head !== HEAD.status) return 'garbage';
  if (bytes.length > codeAt && bytes[codeAt] !== CODE.read) return 'garbage';
  if (bytes.length < length) return 'more';
  if (bcc(bytes.slice(0, length)) !== 0) return 'checksum';
  const status = Uint8Array.from(bytes.slice(2, codeAt));
  return { frame: { kind: 'bulk', address, status }, length };
}

/** Over a whole frame, BCC included, it gives 0. */
function bcc(bytes: readonly number[]): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0);
}

/** A byte that has not come yet is not outside. */
function isOutside(byte: number | undefined, limit: { min: number; max: number }): boolean {
  return byte !== undefined && (byte < limit.min || byte > limit.max);
}

const HEADS: ReadonlySet<number> = new Set(Object.values(HEAD));
const CONTACTS: ReadonlySet<number> = new Set([CODE.contactOpen, CODE.contactClosed]);
const CODES: ReadonlySet<number> = new Set(Object.values(CODE));
