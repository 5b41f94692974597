/** The store cannot be opened as it is; nothing in it was changed. */
export class StoreRefused extends Error {
  /** EX_CONFIG of sysexits.h: a person has to choose another file or program. */
  readonly exitStatus = 78;
  readonly why: 'locked' | 'newer' | 'foreign' | 'pragma';

  constructor(why: StoreRefused['why'], message: string) {
    super(message);
    this.name = 'StoreRefused';
    this.why = why;
  }
}

/** The file cannot be read as the journal of a kiosk. */
export class NotAJournal extends Error {
  override readonly name = 'NotAJournal';
  /** EX_DATAERR of sysexits.h. */
  readonly exitStatus = 65;
}
