import type { Seal } from '../control/ports.ts';
import { type ChainedRow, isSame, link } from '../store/chain.ts';
import { type Auditor, rowsFromTo } from './verdict.ts';

/** Rows that are searched for their true places together; the work grows with its cube. */
const STRETCH_ROWS_MAX = 8;

interface Broken {
  readonly row: ChainedRow;
  readonly hash: Uint8Array | null;
  /** What the hash would be if row and predecessor were as they stand. */
  readonly computed: Uint8Array;
}

/** One stretch of rows that do not follow from each other, and what became of each of them. */
export class Stretch {
  readonly #seal: Pick<Seal, 'digest'>;
  readonly #auditor: Auditor;
  readonly #start: Uint8Array;
  readonly #broken: Broken[] = [];

  /** `start` is the hash of the last row that did follow. */
  constructor(seal: Pick<Seal, 'digest'>, auditor: Auditor, start: Uint8Array) {
    this.#seal = seal;
    this.#auditor = auditor;
    this.#start = start;
  }

  get isFull(): boolean {
    return this.#broken.length >= STRETCH_ROWS_MAX;
  }

  add(row: ChainedRow, hash: Uint8Array | null, computed: Uint8Array): void {
    this.#broken.push({ row, hash, computed });
  }

  /** Whether the row, as it stands, follows one that was moved or whose hash was changed. */
  leadsTo(row: ChainedRow, hash: Uint8Array | null): boolean {
    return hash !== null && this.#anchors().some((one) => this.#follows(one, row, hash));
  }

  /**
   * Names the rows, and with `isSearched` where they stood. Whether rows from `unsealedFrom` on
   * were rewritten before them is not known.
   */
  settle(unsealedFrom: number, isSearched: boolean): void {
    const first = this.#broken[0]?.row.seq ?? 0;
    const before = rowsFromTo(unsealedFrom, first - 1);
    const doubt = unsealedFrom < first ? `, or ${before} with it` : '';
    for (const { row, hash } of this.#broken) {
      const { seq } = row;
      const place = isSearched ? this.#placeOf(row, hash) : null;
      if (place === null) this.#auditor.finding('changed', seq, `is not what was written${doubt}`);
      else if (place !== seq) this.#auditor.finding('moved', seq, `holds what was row ${place}`);
      else this.#auditor.finding('changed', seq, 'stands as it was, after others that do not');
    }
  }

  #placeOf(row: ChainedRow, hash: Uint8Array | null): number | null {
    if (hash === null) return null;
    const from = this.#broken[0]?.row.seq ?? 0;
    for (let seq = from; seq <= from + this.#broken.length; seq += 1) {
      const there = { ...row, seq };
      if (this.#anchors().some((one) => this.#follows(one, there, hash))) return seq;
    }
    return null;
  }

  #anchors(): Uint8Array[] {
    const hashes = this.#broken.flatMap(({ hash, computed }) => [hash, computed]);
    return [this.#start, ...hashes].filter((hash) => hash !== null);
  }

  #follows(prev: Uint8Array, row: ChainedRow, hash: Uint8Array): boolean {
    return isSame(link(this.#seal, prev, row), hash);
  }
}
