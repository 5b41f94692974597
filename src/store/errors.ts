/** EX_CONFIG of sysexits.h: it will not start before a person has changed something. */
const EX_CONFIG = 78;

/** The store cannot be opened as it is; nothing in it was changed. */
export class StoreRefused extends Error {
  readonly exitStatus = EX_CONFIG;
  readonly why: 'locked' | 'newer' | 'foreign' | 'pragma';

  constructor(why: StoreRefused['why'], message: string) {
    super(message);
    this.name = 'StoreRefused';
    this.why = why;
  }
}

/** The pages of the file are not what was written to them. */
export class StoreDamaged extends Error {
  override readonly name = 'StoreDamaged';
  readonly exitStatus = EX_CONFIG;
  readonly path: string;
  readonly found: string;

  constructor(path: string, found: string, options?: ErrorOptions) {
    super(`the database ${path} is damaged: ${found}`, options);
    this.path = path;
    this.found = found;
  }
}

/**
 * The disk does not keep or give back what belongs to the database. Nothing may rest on it:
 * the program ends, and the next start checks every page.
 */
export class StoreFailed extends Error {
  override readonly name = 'StoreFailed';
  /** EX_IOERR of sysexits.h. */
  readonly exitStatus = 74;
}

/** What a disk that fails makes of a call; null for every other error. */
export function failureOf(error: unknown): StoreFailed | null {
  const { code = '', message } = error as { code?: string; message: string };
  if (!FAILURES.some((one) => String(code).startsWith(one))) return null;
  return new StoreFailed(
    `the database cannot be relied on: ${message} (${code}). The kiosk ends; the next start` +
      ' checks every page. When this comes again, replace the card (docs/BACKUP.md)',
    { cause: error },
  );
}

/** Result codes of SQLite, extended ones included. */
const FAILURES = [
  'SQLITE_IOERR',
  'SQLITE_CORRUPT',
  'SQLITE_NOTADB',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
];

/** The file cannot be read as the journal of a kiosk. */
export class NotAJournal extends Error {
  override readonly name = 'NotAJournal';
  /** EX_DATAERR of sysexits.h. */
  readonly exitStatus = 65;
}

interface Hearers {
  readonly failed: (error: StoreFailed) => void;
  readonly full: () => void;
}

/**
 * The same tables, where a call that meets a failing or a full disk does not merely throw: somebody
 * is told first, whoever would catch the error.
 */
export function guarded<T extends object>(tables: T, hearers: Hearers): T {
  const guardedOne = (value: unknown): unknown => {
    if (typeof value === 'function') return guardedCall(value as Call, hearers);
    return typeof value === 'object' && value !== null ? guarded(value, hearers) : value;
  };
  const all = Object.entries(tables).map(([name, value]) => [name, guardedOne(value)]);
  return Object.fromEntries(all) as T;
}

type Call = (...values: readonly unknown[]) => unknown;

function guardedCall(call: Call, { failed, full }: Hearers): Call {
  return (...values) => {
    try {
      return call(...values);
    } catch (error) {
      if ((error as { code?: string }).code === 'SQLITE_FULL') full();
      const failure = failureOf(error);
      if (failure === null) throw error;
      failed(failure);
      throw failure;
    }
  };
}
