import { expect, test } from 'vitest';
import { crc16 } from '../../../hardware/wire/crc16.ts';
import { vectors } from './vectors.ts';

test('the checksum agrees with the published vectors', () => {
  for (const { text, crc } of vectors.crc) {
    expect(crc16(Buffer.from(text, 'latin1'))).toBe(Number.parseInt(crc, 16));
  }
});

test('the checksum agrees with a relay maker, who sends the low byte first', () => {
  const frame = Uint8Array.of(0x01, 0x05, 0x00, 0x00, 0xff, 0x00);
  expect(crc16(frame)).toBe(0x3a8c);
});
