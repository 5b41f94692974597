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

/** The file cannot be read as the journal of a kiosk. */
export class NotAJournal extends Error {
  override readonly name = 'NotAJournal';
  /** EX_DATAERR of sysexits.h. */
  readonly exitStatus = 65;
}
