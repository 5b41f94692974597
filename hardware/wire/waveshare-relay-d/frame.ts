import { crc16 } from '../crc16.ts';
import { ADDRESSES } from './limits.ts';

/**
 * One Modbus RTU frame without its checksum: address, function code, data
 * (MODBUS over Serial Line V1.02, section 2.5.1).
 */
export interface ModbusFrame {
  /** 1 to 247. */
  readonly address: number;
  /** Function code; with the bit `EXCEPTION` it refuses that function. */
  readonly code: number;
  /** Bytes between the function code and the checksum. */
  readonly data: readonly number[];
}

/** Function codes of this board (MODBUS Application Protocol V1.1b3, sections 6.1, 6.2, 6.5). */
const READ_RELAYS = 0x01;
export const READ_INPUTS = 0x02;
export const WRITE_RELAY = 0x05;
/** MODBUS Application Protocol V1.1b3, section 7. */
export const EXCEPTION = 0x80;

/** Lengths of the frames that `announcedBytes` knows, longest first. */
export const FRAME_BYTES = [8, 6, 5] as const;
export const [FRAME_BYTES_MAX, READING_BYTES] = FRAME_BYTES;

/** The frame as bytes; of the checksum the low byte goes first. */
export function encodeFrame({ address, code, data }: ModbusFrame): Uint8Array {
  const body = [address, code, ...data];
  const crc = crc16(Uint8Array.from(body));
  return Uint8Array.from([...body, crc & 0xff, crc >> 8]);
}

/** The frame that these bytes are, all of them, or `undefined`. */
export function parseFrame(bytes: Uint8Array): ModbusFrame | undefined {
  if (announcedBytes(bytes, 0) !== bytes.length) return undefined;
  // A checksum over a message and its own checksum leaves nothing.
  if (crc16(bytes) !== 0) return undefined;
  const [address = 0, code = 0, ...rest] = bytes;
  return { address, code, data: rest.slice(0, -2) };
}

/**
 * Length of the frame whose first bytes stand at `at`, as its function code tells it, or
 * `undefined` when no frame begins like this. A read looks the same in both directions but for its
 * third byte: in a reply that counts the bytes of eight inputs, in a request it is the high byte of
 * the first input's number.
 */
export function announcedBytes(bytes: Uint8Array, at: number): number | undefined {
  const address = bytes[at] ?? 0;
  if (address < ADDRESSES.min || address > ADDRESSES.max) return undefined;
  switch (bytes[at + 1]) {
    case WRITE_RELAY:
      return 8;
    case READ_RELAYS:
    case READ_INPUTS:
      return READ_BYTES[bytes[at + 2] ?? 1];
    case READ_RELAYS | EXCEPTION:
    case READ_INPUTS | EXCEPTION:
    case WRITE_RELAY | EXCEPTION:
      return 5;
    default:
      return undefined;
  }
}

/** By the third byte. */
const READ_BYTES: readonly (number | undefined)[] = [8, 6];

/** Whether two frames are the same, byte for byte. */
export function isSameFrame(one: ModbusFrame, other: ModbusFrame): boolean {
  return (
    one.address === other.address &&
    one.code === other.code &&
    one.data.length === other.data.length &&
    one.data.every((byte, index) => byte === other.data[index])
  );
}
