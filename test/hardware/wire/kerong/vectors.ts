import { readFileSync } from 'node:fs';
import type { BoardRequest, Heard, Settings } from '../../../../hardware/wire/family.ts';

/** Published and constructed frames of one family, in hexadecimal. */
interface KerongVectors {
  readonly requests: readonly {
    readonly about: string;
    readonly address: number;
    readonly request: BoardRequest;
    readonly ask: string;
  }[];
  readonly replies: readonly {
    readonly about: string;
    readonly address: number;
    readonly request: BoardRequest;
    readonly settings?: Settings;
    readonly answer: string;
    /** One digit for each channel, channel 1 first. */
    readonly reply: 'done' | { readonly contacts: string; readonly occupied?: string };
  }[];
  /** What must not pass for a reply of board 0, and what it is discarded as. */
  readonly refused: readonly {
    readonly about: string;
    readonly settings?: Settings;
    readonly bytes: string;
    readonly reason: string;
  }[];
}

export function vectorsOf(family: string): KerongVectors {
  const url = new URL(`../../../vectors/${family}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8'));
}

/** `02 10 30 03 45` as bytes. */
export function bytes(text: string): Uint8Array {
  return Uint8Array.from(text.split(' '), (byte) => Number.parseInt(byte, 16));
}

/** What was heard, in short: a reading as its digits, noise as its reason. */
export function short(
  heard: readonly Heard[],
): (string | { contacts: string; occupied?: string })[] {
  return heard.map((item) => {
    if (item.kind === 'noise') return item.reason;
    if (item.reply.kind !== 'status') return item.reply.kind;
    const { contacts, occupied } = item.reply.reading;
    return {
      contacts: digits(contacts),
      ...(occupied === undefined ? {} : { occupied: digits(occupied) }),
    };
  });
}

function digits(bits: readonly boolean[]): string {
  return bits.map(Number).join('');
}
