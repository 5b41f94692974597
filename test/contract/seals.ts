import { crc16 } from '../../hardware/wire/crc16.ts';

/** Gives a frame that was changed a good checksum again, in place. */
export type Seal = (frame: Uint8Array) => void;

/** The exclusive-or of every byte before the last one. */
export const xorSeal: Seal = (frame) => {
  frame[frame.length - 1] = frame.subarray(0, -1).reduce((sum, byte) => sum ^ byte, 0);
};

/** The low byte of their sum. */
export const sumSeal: Seal = (frame) => {
  frame[frame.length - 1] = frame.subarray(0, -1).reduce((sum, byte) => sum + byte, 0);
};

/** CRC-16/MODBUS, low byte first. */
export const crcSeal: Seal = (frame) => {
  const crc = crc16(frame.subarray(0, -2));
  frame.set([crc & 0xff, crc >> 8], frame.length - 2);
};

const STAR = '*'.charCodeAt(0);

/** The same as four digits behind a star (hardware/README.md, "A line"). */
export const lineSeal: Seal = (frame) => {
  const star = frame.lastIndexOf(STAR);
  const digits = crc16(frame.subarray(0, star)).toString(16).toUpperCase().padStart(4, '0');
  frame.set(Buffer.from(digits, 'latin1'), star + 1);
};
