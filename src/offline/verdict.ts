/** What an audit says of a journal. */

/** Something that a journal without flaw does not have. */
type FindingKind =
  /** A row is not what was written there. */
  | 'changed'
  /** A row stands where another one was. */
  | 'moved'
  | 'missing'
  /** Rows whose checkpoints none of the given keys signed. */
  | 'rewritten'
  /** The chain has no beginning, or begins again. */
  | 'start'
  | 'unsealed'
  /** The journal does not agree with the head that was given. */
  | 'cut'
  /** The pages of the file cannot be read on. */
  | 'damaged'
  /** A door edge or an intent that nobody was entitled to. */
  | 'unauthorised'
  /** An intent that was used more than once. */
  | 'twice';

/** What whoever reads the journal should know, and is no fault of it. */
type NoteKind =
  | 'unsealed'
  | 'unchained'
  /** Rows were removed because they were old. */
  | 'purged'
  /** Opened by hand, without a pulse, while the grace of a visit ran. */
  | 'reopened'
  /** A fitter opened the door to prove its wiring. */
  | 'fitter'
  /** Doors were not watched. */
  | 'unwatched'
  | 'key';

/** Hears everything in the order of the rows; `seq` is the row that it is about. */
export interface Auditor {
  finding(kind: FindingKind, seq: number, text: string): void;
  note(kind: NoteKind, seq: number, text: string): void;
}

export interface Verdict {
  readonly rows: number;
  /** Checkpoints that one of the given keys signed. */
  readonly checkpoints: number;
  /** The last row that such a checkpoint bears out; 0 when none does. */
  readonly sealedTo: number;
  /** Where the journal ends, as `seq:hash`; null when its last row has no hash. */
  readonly head: string | null;
  readonly findings: number;
  readonly notes: number;
}

export const rowsFromTo = (from: number, to: number): string =>
  from === to ? `row ${from}` : `rows ${from} to ${to}`;
