import { crc16OfText } from '../crc16.ts';

/**
 * One line of the `line` protocol, without its checksum (hardware/README.md, "A line").
 * `args` holds the words after the verb, of printable ASCII. None contains a space or `*`, and none
 * contains `<` or `>`: a start mark always starts a line, which is what makes resynchronising easy.
 */
export interface LineFrame {
  readonly direction: 'request' | 'reply';
  /** Board address, 1 to 99. */
  readonly address: number;
  /** Request id, 0 to 65535; the reply carries the request's. */
  readonly id: number;
  readonly verb: string;
  readonly args: readonly string[];
}

/** Longest line, without its `\n` (hardware/README.md, "A line"). */
export const LINE_BYTES_MAX = 120;

/** The line as bytes, checksum and `\n` included. */
export function encodeLine(frame: LineFrame): Uint8Array {
  const mark = frame.direction === 'request' ? '>' : '<';
  const address = String(frame.address).padStart(2, '0');
  const id = hex(frame.id, 4);
  const body = [`${mark}${address}`, id, frame.verb, ...frame.args].join(' ');
  const crc = crc16OfText(body);
  return Buffer.from(`${body}*${hex(crc, 4)}\n`, 'latin1');
}

/** A line's fields, or why it is refused. `text` is one line without `\n`, as latin1. */
export function parseLine(text: string): LineFrame | 'garbage' | 'checksum' {
  const match = LINE.exec(text);
  if (match === null) return 'garbage';
  const [, body = '', mark, address, id = '', verb = '', rest = '', crc = ''] = match;
  const expected = crc16OfText(body);
  if (Number.parseInt(crc, 16) !== expected) return 'checksum';
  return {
    direction: mark === '>' ? 'request' : 'reply',
    address: Number(address),
    id: Number.parseInt(id, 16),
    verb,
    args: rest === '' ? [] : rest.slice(1).split(' '),
  };
}

const LINE =
  /^(([<>])(0[1-9]|[1-9]\d) ([\dA-F]{4}) ([A-Z])((?: [!-)+-;=?-~]+)*))\*([\dA-F]{4})\r?$/;

/** `value` as upper-case hexadecimal digits. */
export function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
