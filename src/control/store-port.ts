import type { BudgetRecord } from '../domain/budget.ts';
import type { ClockState } from '../domain/clock.ts';
import type { OutageRecord, Stamp } from '../domain/outage.ts';
import type { ParcelRecord, ParcelStatus } from '../domain/parcel.ts';
import type { PersonRecord, Role } from '../domain/person.ts';
import type { Purpose, SlotRecord } from '../domain/slot.ts';
import type { NoticeStore } from './notice-port.ts';

/** What is stored, and the port to the store. */

export type IntentState = 'ARMED' | 'OPENED' | 'CLOSED' | 'NO_CHANGE' | 'ABORTED' | 'UNKNOWN';

/** The record, committed first, that a door is about to be opened, and by whose authority. */
export interface IntentRecord {
  readonly id: string;
  readonly slot: string;
  readonly purpose: Purpose;
  readonly parcel: string | null;
  /** What led to it: `session:…`. */
  readonly cause: string;
  /** Whose right it is: `code:PARCEL`, `courier:PERSON`, `technician:PERSON`. */
  readonly authority: string;
  readonly slotRev: number;
  readonly armedAtMono: number;
  readonly boot: string;
  readonly state: IntentState;
}

export interface JournalRow {
  readonly id: string;
  readonly t: string;
  readonly tsWall: number;
  /** What `tsWall` is worth, and within how many milliseconds; null where nobody knows (R25). */
  readonly clk: ClockState;
  readonly clkErrorMs: number | null;
  readonly mono: number;
  readonly boot: string;
  readonly cause: string | null;
  readonly slot: string | null;
  readonly parcel: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A row with its place in the journal. */
export interface Appended extends JournalRow {
  readonly seq: number;
}

/** A row that is on disk. */
export interface StoredRow extends Appended {
  /** Of the chain, in hex (docs/AUDIT.md); null in rows from before it. */
  readonly hash: string | null;
}

/** The end of the journal's chain: whoever keeps it elsewhere can tell a journal that was cut. */
export interface JournalHead {
  readonly seq: number;
  /** In hex. */
  readonly hash: string;
}

/** What a start must know of the time of day. */
interface ClockRecord {
  /** Wall time that was committed: it never goes below (R25). */
  readonly floorMs: number;
  /** The clock had jumped, and nobody vouched for it. */
  readonly wasDoubted: boolean;
}

/** A database that was put in the place of a lost one; events after its last are not known. */
export interface Restored {
  /** The name of the copy. */
  readonly from: string;
  readonly why: 'damaged' | 'missing' | 'by_hand';
}

/** Every interval that did not count, and which parcels it lengthened (R19, B7). */
export interface Outages {
  put(outage: OutageRecord): void;
  /** Adds to the time by which the outage lengthened the hold of a parcel. */
  lengthen(parcel: string, outage: string, ms: number): void;
  open(): OutageRecord[];
  /** Those that lasted at that time or began later, oldest first. */
  since(wallMs: number, limit: number): OutageRecord[];
  /** What lengthened the hold of a parcel, and by how much. */
  of(parcel: string): { readonly outage: OutageRecord; readonly ms: number }[];
  /** Drops those that ended before. */
  forget(endedBeforeWall: number): void;
  /** Until when the kiosk served at least; null while it never did. */
  servedUntil(): Stamp | null;
  serve(until: Stamp): void;
}

/** A command that came, from before anything was done about it; kept until its end is old. */
export interface CommandRecord {
  readonly id: string;
  readonly type: string;
  /** SHA-256 of the payload, in hex. */
  readonly digest: string;
  /** JSON text of the payload. */
  readonly payload: string;
  readonly receivedAtWall: number;
  readonly boot: string;
  readonly state: 'received' | 'begun' | 'finished';
  /** JSON text of the one terminal result, as it was sent; null until then. */
  readonly result: string | null;
  /** Of the event `command.finished`. */
  readonly finishedSeq: number | null;
}

/**
 * The kiosk's truth. All calls are synchronous; what `transaction` did is on disk when it returns.
 * Transactions nest: an inner one belongs to the outer.
 * @throws a store error when the disk is full or fails; then nothing of the transaction happened.
 */
export interface Store {
  /**
   * Names this life of the database: 16 random hexadecimal digits, anew whenever it is created or
   * restored. `(epoch, seq)` names an event for good; `seq` alone does not.
   */
  readonly epoch: string;
  /** Looks whether the disk is full, so that what was kept free for that is in use. */
  isDiskFull(): boolean;
  readonly restore: {
    /** Where the database came from, when it was restored and that is not booked yet. */
    found(): Restored | null;
    booked(): void;
  };
  transaction<T>(work: () => T): T;
  readonly slots: {
    all(): SlotRecord[];
    put(slot: SlotRecord): void;
  };
  readonly parcels: {
    get(id: string): ParcelRecord | null;
    put(parcel: ParcelRecord): void;
    byCode(codeHash: string): ParcelRecord | null;
    /** By a code that waits to be sent. */
    byNextCode(codeHash: string): ParcelRecord | null;
    /** By the last 12 characters of its id. */
    byGrantName(name: string): ParcelRecord | null;
    byRef(ref: string): ParcelRecord | null;
    /** Of one status, or of all, newest first. */
    list(status: ParcelStatus | null, limit: number): ParcelRecord[];
    /** Parcels of a recipient that lie in a slot and may be collected. */
    storedFor(recipient: string): ParcelRecord[];
    /** Whether a parcel of a recipient is in a slot, or expected in one. */
    liesFor(recipient: string): boolean;
    /** Parcels that lie in a slot and whose hold runs. */
    stored(): ParcelRecord[];
    /** Expired and cancelled parcels of a carrier that still lie in a slot. */
    recallable(carrier: string): ParcelRecord[];
    /** Announced parcels for which a slot is to be held. */
    reserved(): ParcelRecord[];
    /** Announced parcels of a carrier whose label ends in these digits. */
    pendingByTail(carrier: string, tail: string): ParcelRecord[];
    /** Stored ones of whose numbers no channel has accepted any notice, oldest first. */
    untold(limit: number): ParcelRecord[];
    /** Wipes the hashes of parcels that ended before `endedBeforeWall`. */
    forgetNumbers(endedBeforeWall: number): void;
    countByStatus(): Readonly<Record<string, number>>;
  };
  readonly grants: {
    /** A grant is about to open its parcel's door; `intent` is the last one that rests on it. */
    bind(parcel: string, gen: number, nonce: number, intent: string): void;
    /** The parcel has left: what was bound has been used. */
    spend(parcel: string): void;
    isSpent(parcel: string, gen: number, nonce: number): boolean;
  };
  readonly intents: {
    get(id: string): IntentRecord | null;
    put(intent: IntentRecord): void;
  };
  readonly journal: {
    /** Appends the row and, in the same breath, its outbox entry; gives its `seq`. */
    append(row: JournalRow): number;
    /** Appends the row with a signature over the chain up to it, itself included. */
    checkpoint(row: JournalRow): number;
    /** The oldest row that was not removed; null without one. */
    first(): number | null;
    /** Null while no row is chained. */
    head(): JournalHead | null;
    /**
     * Has `look` called at the end of each outermost transaction that appended rows, inside it, so
     * that what it appends is committed with them; with `wanted`, only with rows of these types,
     * and only when there are any.
     */
    beforeCommit(look: (rows: readonly Appended[]) => void, wanted?: ReadonlySet<string>): void;
    /**
     * Has `listener` called with the rows of each outermost transaction once they are on disk. It
     * must not throw. Returns how to stop.
     */
    onCommitted(listener: (rows: readonly Appended[]) => void): () => void;
    /**
     * The last checkpoint before which at most `rowsMax` rows stand, all written before then, and
     * with `acknowledged` all gone from the outbox; null without one.
     */
    purgeable(beforeWall: number, rowsMax: number, acknowledged: boolean): number | null;
    /** Removes all rows before the row `from`, and their entries in the outbox. */
    purge(from: number): void;
    of(parcel: string): StoredRow[];
    /** Rows of a slot from the row `first` to the row `last`, oldest first. */
    ofSlot(slot: string, first: number, last: number, limit: number): StoredRow[];
    tail(count: number): StoredRow[];
    /** Rows of these types from the row `first` to the row `last`, oldest first. */
    ofTypes(types: readonly string[], first: number, last: number): StoredRow[];
    /** From the row `first` to the row `last`, those of sessions whose id ends so, oldest first. */
    ofSession(end: string, first: number, last: number, limit: number): StoredRow[];
    /** The slot of the last row of this type; null without one. */
    lastSlot(t: string): string | null;
    /** The rows that follow `seq`, oldest first. */
    after(seq: number, limit: number): StoredRow[];
  };
  readonly outbox: {
    /** Events that the cloud has not acknowledged: how many, and the first one's wall time. */
    waiting(): { readonly count: number; readonly oldestWall: number | null };
    /** Events behind `seq`, in order. */
    after(seq: number, limit: number): readonly Appended[];
    /** Forgets the entries up to `upto`; gives how many there were. */
    prune(upto: number): number;
    /** Enters events anew that were pruned; gives how many. */
    again(from: number, to: number): number;
  };
  readonly commands: {
    get(id: string): CommandRecord | null;
    put(command: CommandRecord): void;
    /** Those without a terminal result. */
    open(): CommandRecord[];
    /** Those whose event `command.finished` stands behind `seq`. */
    finishedAfter(seq: number, limit: number): CommandRecord[];
    /** Drops those that finished up to `upto` and came before then. */
    forget(upto: number, receivedBeforeWall: number): void;
  };
  /** Small things by name, each a value of JSON. */
  readonly kept: {
    get(name: string): unknown;
    put(name: string, value: unknown): void;
  };
  readonly outages: Outages;
  readonly clock: {
    /** The floor is the last time that stands anywhere: in the journal, of service, or put here. */
    get(): ClockRecord;
    put(record: ClockRecord): void;
  };
  readonly budgets: {
    get(name: string): BudgetRecord | null;
    put(name: string, budget: BudgetRecord): void;
  };
  readonly people: {
    get(id: string): PersonRecord | null;
    put(person: PersonRecord): void;
    byStaff(staffHash: string): PersonRecord | null;
    withPin(): PersonRecord[];
    byPhone(phoneHash: string): PersonRecord | null;
    list(role: Role, limit: number): PersonRecord[];
    /** The ids of those whom the cloud has named, sorted. */
    fromCloud(): string[];
    remove(id: string): void;
  };
  readonly notices: NoticeStore;
  readonly retention: {
    /**
     * Removes what only the story of former parcels needs and is from before then: parcels that
     * left, intents, messages, customers without a parcel. At most `rowsMax` of each kind; gives
     * how many.
     */
    forgetRecords(beforeWall: number, rowsMax: number): number;
    /**
     * Removes how customers are reached, messages that wait for them and the budgets of their
     * parcels, once the last of those ended before then. Gives how many.
     */
    forgetContacts(endedBeforeWall: number): number;
  };
}
