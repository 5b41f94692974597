import type { PersonRecord } from '../../domain/person.ts';
import type { Desk, Page } from '../page.ts';

/** A courier at work, from signing in to leaving. */
export interface Shift {
  readonly desk: Desk;
  readonly courier: PersonRecord;
  readonly menu: () => Page;
}
