import { readFileSync } from 'node:fs';
import type { BoardReply, BoardRequest, Settings } from '../../../../hardware/wire/family.ts';
import type { ModbusFrame } from '../../../../hardware/wire/waveshare-relay-d/frame.ts';

/**
 * Published frames: `mark` V is the vendor's own text, K was constructed from its rule. The driver
 * speaks the exchanges, understands the unspoken, and takes the bad for noise.
 */
interface RelayVectors {
  readonly exchanges: readonly {
    readonly about: string;
    readonly mark: 'V' | 'K';
    readonly address: number;
    readonly settings: Settings;
    readonly request: BoardRequest;
    readonly ask: string;
    readonly answer: string;
    readonly reply: BoardReply;
  }[];
  readonly unspoken: readonly {
    readonly about: string;
    readonly mark: 'V' | 'K';
    readonly bytes: string;
    readonly frame: ModbusFrame;
  }[];
  readonly bad: readonly {
    readonly about: string;
    readonly bytes: string;
    readonly reason: string;
  }[];
}

export const vectors: RelayVectors = JSON.parse(
  readFileSync(new URL('../../../vectors/waveshare-relay-d.json', import.meta.url), 'utf8'),
);

/** Bytes written as hexadecimal pairs. */
export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}
