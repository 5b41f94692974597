/** The store cannot be opened as it is; nothing in it was changed. */
export class StoreRefused extends Error {
  readonly why: 'locked' | 'newer' | 'foreign' | 'pragma';

  constructor(why: StoreRefused['why'], message: string) {
    super(message);
    this.name = 'StoreRefused';
    this.why = why;
  }
}
