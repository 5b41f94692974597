import type { Random } from '../../sim/random.ts';
import type { Step } from './recording.ts';

/** What a disk writes as a whole. */
const SECTOR_BYTES = 512;

/** What becomes of writes that were not synced when the power went. */
export type Fate = 'dropped' | 'torn' | 'kept';

type Change = Extract<Step, { do: 'write' | 'truncate' }>;
type Renaming = Extract<Step, { do: 'create' | 'link' | 'rename' | 'unlink' }>;

interface File {
  /** What has surely reached the disk. */
  synced: Buffer;
  /** What was asked for since then. */
  pending: Change[];
}

/**
 * A disk that promises what POSIX promises and no more: what was synced is there; of the rest any
 * part may be, in any order, cut at sectors. Names last once the folder is synced; of later ones
 * the first few may.
 */
export class Disk {
  readonly #files = new Map<number, File>();
  #names = new Map<string, number>();
  #renamings: Renaming[] = [];

  take(step: Step): void {
    switch (step.do) {
      case 'create':
        this.#files.set(step.file, { synced: Buffer.alloc(0), pending: [] });
        this.#renamings.push(step);
        return;
      case 'link':
      case 'rename':
      case 'unlink':
        this.#renamings.push(step);
        return;
      case 'write':
      case 'truncate':
        this.#file(step.file).pending.push(step);
        return;
      case 'sync': {
        const file = this.#file(step.file);
        file.synced = applied(file.synced, file.pending);
        file.pending = [];
        return;
      }
      case 'sync folder':
        this.#names = named(this.#names, this.#renamings);
        this.#renamings = [];
        return;
      case 'say':
    }
  }

  /** The files as they are found when the power comes back. */
  afterCut(fate: Fate, random: Random): Map<string, Buffer> {
    const count = this.#renamings.length;
    const kept = { dropped: 0, kept: count, torn: random.int(count + 1) }[fate];
    const names = named(this.#names, this.#renamings.slice(0, kept));
    const image = new Map<string, Buffer>();
    for (const [name, id] of names) {
      const { synced, pending } = this.#file(id);
      const survivors =
        fate === 'torn'
          ? pending.flatMap((change) => tear(change, random))
          : pending.slice(fate === 'kept' ? 0 : pending.length);
      image.set(name, applied(synced, survivors));
    }
    return image;
  }

  #file(id: number): File {
    const file = this.#files.get(id);
    if (file === undefined) throw new Error(`no file ${id} was created`);
    return file;
  }
}

function applied(content: Buffer, changes: readonly Change[]): Buffer {
  const room = changes.reduce((most, change) => Math.max(most, endOf(change)), content.length);
  const next = Buffer.alloc(room);
  content.copy(next);
  let size = content.length;
  for (const change of changes) {
    if (change.do === 'write') change.bytes.copy(next, change.at);
    else next.fill(0, change.size);
    size = change.do === 'truncate' ? change.size : Math.max(size, endOf(change));
  }
  return next.subarray(0, size);
}

const endOf = (change: Change): number =>
  change.do === 'truncate' ? change.size : change.at + change.bytes.length;

function named(names: Map<string, number>, renamings: readonly Renaming[]): Map<string, number> {
  const next = new Map(names);
  for (const renaming of renamings) {
    const { name } = renaming;
    if (renaming.do === 'create') next.set(name, renaming.file);
    else if (renaming.do === 'unlink') next.delete(name);
    else next.set(name, next.get(renaming.from) ?? -1);
    if (renaming.do === 'rename') next.delete(renaming.from);
  }
  return next;
}

/** All, nothing, or some sectors of it. */
function tear(change: Change, random: Random): Change[] {
  const fate = random.int(3);
  if (fate === 0) return [];
  if (fate === 1 || change.do === 'truncate') return [change];
  return sectors(change).filter(() => random.int(2) === 0);
}

function sectors({ at, bytes, ...write }: Extract<Change, { do: 'write' }>): Change[] {
  const parts: Change[] = [];
  for (let from = 0; from < bytes.length; ) {
    const untilEdge = SECTOR_BYTES - ((at + from) % SECTOR_BYTES);
    const part = bytes.subarray(from, from + untilEdge);
    parts.push({ ...write, at: at + from, bytes: part });
    from += part.length;
  }
  return parts;
}
