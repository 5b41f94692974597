import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One passage of one file, and what stands in its place. */
export interface Replacement {
  /** From the top of the tree. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A replacement no longer fits the source. */
export class Stale extends Error {
  override readonly name = 'Stale';
}

const TOP = join(import.meta.dirname, '..', '..');
const NOT_COPIED = new Set(['.git', 'node_modules', 'var', 'coverage']);

/** A copy of the tree, with its packages; for changes that must never stand in the tree itself. */
export class TreeCopy {
  readonly top = mkdtempSync(join(tmpdir(), 'lockerd-tree-'));

  constructor() {
    for (const name of readdirSync(TOP)) {
      if (!NOT_COPIED.has(name)) cpSync(join(TOP, name), join(this.top, name), { recursive: true });
    }
    symlinkSync(join(TOP, 'node_modules'), join(this.top, 'node_modules'));
  }

  /**
   * Makes one replacement; the returned function takes it back.
   * @throws Stale when its passage does not stand there exactly once.
   */
  change({ file, from, to }: Replacement): () => void {
    const path = join(this.top, file);
    const text = readFileSync(path, 'utf8');
    const count = text.split(from).length - 1;
    if (count !== 1) throw new Stale(`${file} has the passage ${count} times, not once: ${from}`);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
    return () => writeFileSync(path, text);
  }

  remove(): void {
    rmSync(this.top, { recursive: true, force: true });
  }
}
