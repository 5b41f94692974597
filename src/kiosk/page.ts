import type { Aftermath } from '../control/aftermath.ts';
import type { Cancel } from '../control/cancel.ts';
import type { Collect } from '../control/collect.ts';
import type { Deposit } from '../control/deposit.ts';
import type { LostCode } from '../control/lost-code.ts';
import type { NumberRules } from '../control/numbers.ts';
import type { OpenSlot } from '../control/open-slot.ts';
import type { Clock } from '../control/ports.ts';
import type { Recall } from '../control/recall.ts';
import type { SignIn } from '../control/sign-in.ts';
import type { StaffProof } from '../control/staff-proof.ts';
import type { Supervisor } from '../control/supervisor.ts';
import type { Upkeep } from '../control/upkeep.ts';
import type { SitePlan } from '../domain/site.ts';
import type { SlotRecord } from '../domain/slot.ts';
import type { Fact } from '../domain/slot-events.ts';
import type { Catalogue } from './messages/catalogue.ts';
import type { Key, Screen } from './screen.ts';

/** Where a key or the time leads: another page, the idle page, or nowhere. */
export type Next = Page | 'home' | null;

/** One step at the keypad. */
export interface Page {
  /** Draws from the page's state and the slot's record; has no effects and reads no store. */
  draw(): Screen;
  /** Keys that mean nothing here lead nowhere. */
  press(key: Key): Next;
  /** Takes a scanned text; a page without it lets scans pass by. */
  scan?(text: string): Next;
  /** Leads on without a key; asked whenever a slot or the time moved. */
  advance?(): Next;
  /** Hears what happened to a slot, as it happens. */
  noticed?(after: SlotRecord, facts: readonly Fact[], before: SlotRecord): void;
  /** The time without a key; null while a door or its question decides (R10a). */
  limit(): Limit | null;
}

interface Limit {
  /** In the normal profile. */
  readonly ms: number;
  /** Where the end of the time leads; without it, home. */
  readonly onward?: () => Next;
}

/** What every page works with; the same from start to stop. */
export interface Tools {
  readonly collect: Collect;
  readonly cancel: Cancel;
  readonly aftermath: Aftermath;
  readonly deposit: Deposit;
  readonly lostCode: LostCode;
  readonly recall: Recall;
  readonly signIn: SignIn;
  readonly staffProof: StaffProof;
  readonly upkeep: Upkeep;
  readonly openSlot: OpenSlot;
  readonly supervisor: Supervisor;
  readonly site: SitePlan;
  readonly numbers: NumberRules;
  /** What a scanner beside the keypad is good for; nothing where there is none. */
  readonly scans: { readonly grants: boolean; readonly labels: boolean };
  readonly clock: Clock;
}

/** The tools in the hands of one session. */
export interface Desk extends Tools {
  readonly session: string;
  /** In the language that was chosen for the session. */
  readonly texts: Catalogue;
  /** Has the panel ask the page to advance: something it waited for has come. */
  refresh(): void;
}
