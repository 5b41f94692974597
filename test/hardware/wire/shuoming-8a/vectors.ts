import { readFileSync } from 'node:fs';
import type {
  BoardReply,
  BoardRequest,
  NoiseReason,
  Settings,
} from '../../../../hardware/wire/family.ts';

/**
 * Frames of the documents, as hexadecimal bytes. Marks: V text of the vendor, C seen on or
 * confirmed by a real board, S read out of somebody's driver, K made by the documented rule.
 */
interface Vectors {
  readonly exchanges: readonly {
    readonly about: string;
    readonly address: number;
    readonly settings: Settings;
    readonly request: BoardRequest;
    readonly ask: string;
    readonly answer: string;
    readonly reply: BoardReply;
  }[];
  /** Good frames, heard while the status of board 1 with 24 channels is awaited. */
  readonly heard: readonly Discarded[];
  /** Bytes that are no frames, heard at the same time. */
  readonly bad: readonly Discarded[];
}

interface Discarded {
  readonly about: string;
  readonly frame: string;
  readonly reason: NoiseReason;
}

export const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../../vectors/shuoming-8a.json', import.meta.url), 'utf8'),
);

/** `8A 01 …` as bytes. */
export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ');
}

/** A frame without its last byte, as bytes with it. */
export function withBcc(hex: string): Uint8Array {
  const body = bytesOf(hex);
  return Uint8Array.of(
    ...body,
    body.reduce((sum, byte) => sum ^ byte, 0),
  );
}
