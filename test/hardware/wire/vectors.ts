import { readFileSync } from 'node:fs';
import type { BoardReply, BoardRequest } from '../../../hardware/wire/family.ts';

/** The published exchanges and bad lines of the `line` protocol. */
interface LineVectors {
  readonly crc: readonly { readonly text: string; readonly crc: string }[];
  readonly exchanges: readonly LineExchange[];
  readonly bad: readonly {
    readonly about: string;
    readonly line: string;
    readonly reason: string;
  }[];
}

export interface LineExchange {
  readonly about: string;
  readonly address: number;
  readonly id: number;
  /** Boot counter that the host has heard before an unlock. */
  readonly boot?: number;
  readonly request: BoardRequest;
  readonly ask: string;
  readonly answer: string;
  readonly reply: BoardReply;
}

export const vectors: LineVectors = JSON.parse(
  readFileSync(new URL('../../vectors/line.json', import.meta.url), 'utf8'),
);
