/** Base45 (RFC 9285): bytes in the 45 characters that QR codes pack most tightly. */

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const BASE = 45;

/** Two bytes become three characters, a last single one two. */
export function base45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const [high = 0, low] = bytes.subarray(at, at + 2);
    text += low === undefined ? digits(high, 2) : digits(high * 256 + low, 3);
  }
  return text;
}

/** The bytes of a text; null where it is not what {@link base45} makes of any. */
export function fromBase45(text: string): Uint8Array | null {
  if (text.length % 3 === 1) return null;
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0));
  for (let from = 0, to = 0; from < text.length; from += 3, to += 2) {
    const group = text.slice(from, from + 3);
    const value = numberOf(group);
    if (value === null || value >= (group.length === 3 ? 65_536 : 256)) return null;
    if (group.length === 3) bytes.set([value >> 8, value & 255], to);
    else bytes.set([value], to);
  }
  return bytes;
}

/** The least significant digit comes first. */
function digits(value: number, count: number): string {
  let text = '';
  for (let rest = value; text.length < count; rest = Math.floor(rest / BASE)) {
    text += ALPHABET.charAt(rest % BASE);
  }
  return text;
}

function numberOf(group: string): number | null {
  let value = 0;
  for (const char of [...group].reverse()) {
    const digit = ALPHABET.indexOf(char);
    if (digit < 0) return null;
    value = value * BASE + digit;
  }
  return value;
}
