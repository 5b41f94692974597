import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Below so much free space the ballast goes: the next commits of a busy minute fit into it. */
const FREE_BYTES_MIN = 256 * 1_024;
/** Beyond so many times its size the disk has room again for the ballast. */
const ROOMY = 3;
const BLOCK_BYTES = 64 * 1_024;

/**
 * Space that is kept for the day on which the disk is full: a file of that size, which is given up
 * then, so that people still get their parcels out.
 */
export class Reserve {
  readonly #path: string;
  readonly #bytes: number;
  readonly #changed: (isUsed: boolean) => void;
  #isUsed: boolean;

  /** `changed` is told when the disk is full, and when it has room again. */
  constructor(database: string, bytes: number, changed: (isUsed: boolean) => void) {
    this.#path = `${database}.ballast`;
    this.#bytes = bytes;
    this.#changed = changed;
    this.#isUsed = bytes > 0 && !existsSync(this.#path);
    if (this.#isUsed && this.#hasRoom()) this.#isUsed = !this.#fill();
  }

  /** Looks how full the disk is, and says whether the reserve is used. */
  look(): boolean {
    if (this.#bytes === 0) return false;
    if (!this.#isUsed) this.ease();
    else if (this.#hasRoom()) this.#set(false);
    return this.#isUsed;
  }

  /**
   * Gives the reserve up where the disk has become full since the last look. Asked before each
   * transaction: one that finds no room is lost half-way, with a door open and its edge unbooked.
   */
  ease(): void {
    if (!this.#isUsed && this.#freeBytes() < FREE_BYTES_MIN) this.giveUp();
  }

  /** A commit found no room. */
  giveUp(): void {
    if (this.#bytes > 0 && !this.#isUsed) this.#set(true);
  }

  #set(isUsed: boolean): void {
    if (isUsed) rmSync(this.#path, { force: true });
    else if (!this.#fill()) return;
    this.#isUsed = isUsed;
    this.#changed(isUsed);
  }

  #hasRoom(): boolean {
    return this.#freeBytes() > FREE_BYTES_MIN + ROOMY * this.#bytes;
  }

  #freeBytes(): number {
    const { bavail, bsize } = statfsSync(dirname(this.#path));
    return bavail * bsize;
  }

  /** Written in full: a file with holes would keep nothing free. False where the disk refuses. */
  #fill(): boolean {
    const file = openSync(this.#path, 'w');
    try {
      const block = Buffer.alloc(BLOCK_BYTES, 0xba);
      for (let left = this.#bytes; left > 0; left -= BLOCK_BYTES) {
        writeSync(file, block, 0, Math.min(left, BLOCK_BYTES));
      }
      fsyncSync(file);
      return true;
    } catch {
      rmSync(this.#path, { force: true });
      return false;
    } finally {
      closeSync(file);
    }
  }
}
