import type { Seal } from '../control/ports.ts';
import type { JournalHead } from '../control/store-port.ts';
import { CHAIN_START, checkpointBytes, hex, isSame, link } from '../store/chain.ts';
import type { FileRow } from '../store/journal-file.ts';
import { Stretch } from './stretch.ts';
import { type Auditor, rowsFromTo } from './verdict.ts';

const BEGAN = 'audit.began';
const PURGED = 'journal.purged';
const CHECKPOINT = 'audit.checkpoint';
/** No visit and no signing-in is longer. */
const SETTLED_MS = 86_400_000;
const HASH_BYTES = 32;
const SIGNATURE_BYTES = 64;
/** So many stretches are searched; after that rows are called changed, wherever they came from. */
const SEARCHES_MAX = 2_000;

/** Checkpoints in a row that none of the given keys signed. */
interface Unsigned {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Where a journal begins whose older rows are gone; `saidAt` is the row that says so, or 0. */
interface Cut {
  readonly seq: number;
  readonly ts: number;
  readonly key: string;
  readonly saidAt: number;
}

/** Holds each row against the one before it, and the chain against its signatures. */
export class ChainCheck {
  readonly #seal: Pick<Seal, 'digest'>;
  readonly #auditor: Auditor;
  readonly #given: JournalHead | null;
  #rows = 0;
  #seq = 0;
  #isBegun = false;
  #cut: Cut | null = null;
  /** The hash of the row before, as it stands; null where that row is missing. */
  #prev: Uint8Array | null = null;
  #stretch: Stretch | null = null;
  #searches = 0;
  /** The last row that does not follow from the one before. */
  #brokenAt = 0;
  #sealedTo = 0;
  #checkpoints = 0;
  #signer: string | null = null;
  #unsigned: Unsigned | null = null;

  constructor(seal: Pick<Seal, 'digest'>, auditor: Auditor, given: JournalHead | null) {
    this.#seal = seal;
    this.#auditor = auditor;
    this.#given = given;
  }

  /**
   * Whether the row shows by what right doors were opened: not before the chain has begun, nor
   * where that right may have stood in rows that were purged.
   */
  judges(row: FileRow): boolean {
    return this.#isBegun && (this.#cut === null || row.ts >= this.#cut.ts + SETTLED_MS);
  }

  /** `signer` is who signed the row as a checkpoint: the name of a given key, or null. */
  take(row: FileRow, signer: string | null): void {
    this.#rows += 1;
    const { seq } = row;
    const hash = bytesOf(row.h, HASH_BYTES);
    if (this.#rows === 1 && seq > 1 && signer !== null) {
      this.#cut = { seq, ts: row.ts, key: signer, saidAt: 0 };
      this.#seq = seq;
      this.#isBegun = true;
      this.#prev = hash;
      this.#compareHead(seq, hash);
      this.#sealedBy(row, signer);
      return;
    }
    if (!this.#isNumbered(seq)) return;
    this.#compareHead(seq, hash);
    if (!this.#isBegun && !this.#begins(row, hash)) return;
    const isSound = this.#follows(row, hash);
    if (!isSound) return;
    this.#sealedBy(row, signer);
    if (row.t === PURGED && this.#cut !== null && fromOf(row) === this.#cut.seq) {
      this.#cut = { ...this.#cut, saidAt: seq };
    }
  }

  /** All rows were taken: what can only be said at the end. */
  end() {
    const { finding, note } = this.#auditor;
    const last = this.#seq;
    this.#settle();
    if (this.#unsigned !== null) this.#tellUnsigned('of its checkpoints');
    if (this.#given !== null && this.#given.seq > last) {
      finding('cut', last, `${rowsFromTo(last + 1, this.#given.seq)} cut off after this one`);
    }
    if (!this.#isBegun) finding('start', last, 'is the last, and no row begins a chain');
    else if (this.#checkpoints === 0 && this.#unsigned === null) {
      finding('unsealed', last, 'is the last, and no row is a checkpoint');
    } else if (this.#sealedTo < last && this.#unsigned === null) {
      note('unsealed', last, `${rowsFromTo(this.#sealedTo + 1, last)} after the last checkpoint`);
    }
    const head = this.#prev === null ? null : `${last}:${hex(this.#prev)}`;
    if (this.#cut !== null) this.#tellCut(this.#cut);
    const [checkpoints, sealedTo] = [this.#checkpoints, this.#sealedTo];
    return { rows: this.#rows, checkpoints, sealedTo, head };
  }

  /** A beginning that is signed, and of which a row that is sealed says that it is one. */
  #tellCut({ seq, key, saidAt }: Cut): void {
    const gone = rowsFromTo(1, seq - 1);
    if (saidAt === 0 || saidAt > this.#sealedTo) {
      const text = `${gone} missing before it, and no sealed row says that they were purged`;
      this.#auditor.finding('missing', seq, text);
      return;
    }
    const text = `is the first: ${gone} purged for their age, as row ${saidAt} says`;
    this.#auditor.note('purged', seq, `${text}; signed by key ${key}`);
  }

  /** Numbers count from 1 without a gap. */
  #isNumbered(seq: number): boolean {
    if (seq <= this.#seq) {
      this.#auditor.finding('changed', seq, 'has a number that no row is given');
      return false;
    }
    if (seq > this.#seq + 1) {
      this.#settle();
      const missing = rowsFromTo(this.#seq + 1, seq - 1);
      const unknown = `so nobody can tell whether row ${seq} is what was written`;
      this.#auditor.finding('missing', seq, `${missing} missing before it, ${unknown}`);
      this.#prev = null;
      this.#brokenAt = seq;
    }
    this.#seq = seq;
    return true;
  }

  #compareHead(seq: number, hash: Uint8Array | null): void {
    if (seq !== this.#given?.seq) return;
    if (hash !== null && hex(hash) === this.#given.hash) return;
    this.#auditor.finding('cut', seq, 'is not the row of the given head');
  }

  /** Whether the chain begins with this row, as it should or as it must not. */
  #begins(row: FileRow, hash: Uint8Array | null): boolean {
    const { seq, t } = row;
    if (t !== BEGAN && hash === null) return false;
    this.#isBegun = true;
    if (t !== BEGAN) {
      this.#auditor.finding('start', seq, 'is chained, and no row before it begins the chain');
      this.#brokenAt = seq;
      return true;
    }
    this.#prev = CHAIN_START;
    const before = `${rowsFromTo(1, seq - 1)} from before the chain: nothing proves them`;
    if (seq > 1) this.#auditor.note('unchained', seq, before);
    return true;
  }

  /** Whether the row follows from the one before it, as far as anybody can tell. */
  #follows(row: FileRow, hash: Uint8Array | null): boolean {
    const isRestart = row.t === BEGAN && this.#prev !== CHAIN_START;
    if (isRestart) this.#auditor.finding('start', row.seq, 'begins the chain again');
    const prev = this.#prev;
    this.#prev = hash;
    if (prev === null) return true;
    const computed = link(this.#seal, prev, row);
    const isSound = hash !== null && isSame(hash, computed);
    if (isSound || this.#stretch?.leadsTo(row, hash) === true) {
      this.#settle();
      return true;
    }
    this.#prev = hash ?? computed;
    this.#stretch ??= new Stretch(this.#seal, this.#auditor, prev);
    this.#stretch.add(row, hash, computed);
    if (this.#stretch.isFull) this.#settle();
    return false;
  }

  #settle(): void {
    if (this.#stretch === null) return;
    this.#searches += 1;
    const unsealedFrom = Math.max(this.#sealedTo, this.#brokenAt) + 1;
    this.#stretch.settle(unsealedFrom, this.#searches <= SEARCHES_MAX);
    this.#stretch = null;
    this.#brokenAt = this.#seq;
  }

  #sealedBy(row: FileRow, signer: string | null): void {
    const { seq, t } = row;
    if (t !== CHECKPOINT) {
      if (row.sig !== null) this.#auditor.finding('changed', seq, 'is signed and no checkpoint');
      return;
    }
    if (signer === null) {
      const { from, count } = this.#unsigned ?? { from: this.#sealedTo + 1, count: 0 };
      this.#unsigned = { from, to: seq, count: count + 1 };
      return;
    }
    if (this.#unsigned !== null) this.#settleUnsigned(seq);
    if (this.#signer !== null && this.#signer !== signer) {
      this.#auditor.note('key', seq, `is signed by key ${signer}, those before by ${this.#signer}`);
    }
    this.#signer = signer;
    this.#sealedTo = seq;
    this.#checkpoints += 1;
  }

  /** A good checkpoint behind bad ones bears their rows out, where no row is broken in between. */
  #settleUnsigned(goodSeq: number): void {
    const { from = 0, to = 0, count = 0 } = this.#unsigned ?? {};
    if (this.#brokenAt >= from) this.#tellUnsigned('of their checkpoints');
    else {
      const text = `its signature was changed; checkpoint ${goodSeq} bears the row out`;
      const all = count === 1 ? '' : ` (so it is with ${count} checkpoints from row ${from} on)`;
      this.#auditor.finding('changed', to, text + all);
    }
    this.#unsigned = null;
  }

  #tellUnsigned(whose: string): void {
    const { from = 0, to = 0, count = 0 } = this.#unsigned ?? {};
    const text = `${rowsFromTo(from, to)}: none of the given keys signed ${count} ${whose}`;
    this.#auditor.finding('rewritten', to, text);
  }
}

/** The row that a purge left as the first one. */
function fromOf({ data }: FileRow): number {
  return Number(/"from":(\d+)/.exec(data)?.[1]);
}

/** What a row would be a checkpoint by; null when it has no signature that could be one. */
export function claimOf(row: FileRow): { bytes: Uint8Array; signature: Uint8Array } | null {
  const hash = bytesOf(row.h, HASH_BYTES);
  const signature = bytesOf(row.sig, SIGNATURE_BYTES);
  if (row.t !== CHECKPOINT || hash === null || signature === null) return null;
  return { bytes: checkpointBytes(row.seq, hash), signature };
}

function bytesOf(value: unknown, length: number): Uint8Array | null {
  return value instanceof Uint8Array && value.length === length ? value : null;
}
