import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { checkWhole, withDatabase } from './database.ts';

/** So many verified copies are kept; the oldest goes first. */
const KEPT = 3;
const NAME = /^backup-(\d{6,15})\.db$/;
/** Copies from before another version came, which no night takes away: of so many versions. */
const VERSIONS_KEPT = 2;
const BEFORE = /^before-[\w.+~-]{1,64}\.db$/;
const NUMBER_DIGITS = 6;
const DRAFT = 'backup.new';
const OWNER_ONLY = 0o700;
const OWNER_READS = 0o600;

interface Adopted {
  readonly name: string;
  /** Copies in whose place this one is. */
  readonly old: readonly string[];
}

/**
 * The verified copies of one kiosk's database, in a folder of their own. They are numbered, because
 * a clock that was lost would put them in the wrong order.
 */
export class Snapshots {
  readonly #folder: string;

  /** Made with the first copy. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  get folder(): string {
    return this.#folder;
  }

  /** Names of the numbered ones, the newest first. */
  list(): string[] {
    return this.#named(NAME).sort((a, b) => numberOf(b) - numberOf(a));
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  /** Those from before another version came, the newest version first. */
  #beforeVersions(): string[] {
    // By the numbers in their names: a clock that was lost would put them in the wrong order.
    return this.#named(BEFORE).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  }

  #named(shape: RegExp): string[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder).filter((name) => shape.test(name));
  }

  #all(): string[] {
    return [...this.list(), ...this.#beforeVersions()];
  }

  /** Whether this kiosk was ever copied, be the copies whole or not. */
  hasAny(): boolean {
    return this.#all().length > 0;
  }

  /**
   * The path of the newest one that is whole; one from before another version where no other is.
   * Null when there is none.
   */
  newestWhole(): string | null {
    const paths = this.#all().map((name) => this.path(name));
    return paths.find((path) => whyNotWhole(path) === null) ?? null;
  }

  /** Where to write the next one; it counts once it was {@link adopt}ed. */
  draft(): string {
    mkdirSync(this.#folder, { recursive: true, mode: OWNER_ONLY });
    const draft = this.path(DRAFT);
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(draft + end, { force: true });
    closeSync(openSync(draft, 'wx', OWNER_READS));
    return draft;
  }

  /**
   * Makes the draft, which was found whole and is on disk, the newest one; it counts once the names
   * in the folder are on disk as well. With a version it is the copy from before that one is left,
   * and no other copy takes its place. Gives the paths that are then to be removed.
   */
  adopt(version?: string): Adopted {
    if (version !== undefined) return this.#adoptBefore(version);
    const number = numberOf(this.list()[0] ?? '') + 1;
    const name = `backup-${String(number).padStart(NUMBER_DIGITS, '0')}.db`;
    renameSync(this.path(DRAFT), this.path(name));
    return {
      name,
      old: this.list()
        .slice(KEPT)
        .map((one) => this.path(one)),
    };
  }

  #adoptBefore(version: string): Adopted {
    const name = `before-${version}.db`;
    renameSync(this.path(DRAFT), this.path(name));
    const others = this.#beforeVersions().filter((one) => one !== name);
    return { name, old: others.slice(VERSIONS_KEPT - 1).map((one) => this.path(one)) };
  }
}

/** Why a file is not a whole database that this program can open; null when it is. */
export function whyNotWhole(path: string): string | null {
  try {
    withDatabase(path, (database) => checkWhole(database, path, false));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const numberOf = (name: string): number => Number(NAME.exec(name)?.[1] ?? 0);
