import type { Backups } from '../control/backups.ts';
import type { Cancel } from '../control/cancel.ts';
import type { Extend } from '../control/extend.ts';
import type { Grants } from '../control/grants.ts';
import type { Asked } from '../control/inquiry/slots.ts';
import type { Status } from '../control/inquiry/status.ts';
import type { LostCode } from '../control/lost-code.ts';
import type { Maintenance } from '../control/maintenance.ts';
import type { Notices } from '../control/notices.ts';
import type { People } from '../control/people.ts';
import type { Clock } from '../control/ports.ts';
import type { SignIn } from '../control/sign-in.ts';
import type { TimeKeeper } from '../control/time-keeper.ts';
import type { TraceEntry, TraceHead } from '../control/trace.ts';
import type { Upkeep } from '../control/upkeep.ts';
import type { Language } from '../domain/language.ts';
import type { SlotRecord } from '../domain/slot.ts';
import type { Keypad } from '../kiosk/screen.ts';

/** A keypad that ends when whoever holds it is gone. */
export interface HeldPanel extends Keypad {
  stop(): void;
}

/** What the routes are made of. */
export interface Tools extends Asked {
  /** Of the program. */
  readonly version: string;
  readonly clock: Clock;
  /** Lets everything be done that waits. */
  readonly breath: () => Promise<void>;
  readonly status: () => Status;
  readonly newPanel: (isAtWall: boolean) => HeldPanel;
  /** The panel at the wall has keys of its own, and takes none from elsewhere. */
  readonly hasKeypad: boolean;
  /** A name that nobody can guess. */
  readonly newId: () => string;
  /** How the boards answered so far; frames of the wire on request. */
  readonly boards: () => readonly BoardView[];
  readonly supervisor: Asked['supervisor'] & {
    find(slot: string): SlotRecord | null;
    watch(watcher: (after: SlotRecord) => void): () => void;
  };
  /** What is kept of the last hours, to be replayed elsewhere. */
  readonly trace: () => readonly (TraceHead | TraceEntry)[];
  readonly people: People;
  readonly signIn: SignIn;
  readonly lostCode: LostCode;
  readonly grants: Grants;
  readonly backups: Backups;
  readonly time: TimeKeeper;
  /** Of people of whom nobody said another. */
  readonly language: Language;
  /** How the buses answered so far, with their last frames. */
  readonly busReport: () => string[];
  readonly maintenance: Maintenance;
  readonly upkeep: Upkeep;
  readonly extend: Extend;
  readonly cancel: Cancel;
  readonly notices: Notices;
}

/** One lock board as a technician sees it. */
interface BoardView {
  readonly bus: string;
  readonly board: string;
  readonly health: string;
  readonly sent: number;
  readonly answered: number;
  readonly refused: number;
  readonly noReply: number;
  readonly badReply: number;
  /** Pieces that were no reply, by reason. */
  readonly discarded: Readonly<Record<string, number>>;
  readonly lastLatencyMs: number;
  readonly maxLatencyMs: number;
  /** Answers by latency, each in the first bucket that it fits; null takes all others. */
  readonly latency: readonly { readonly upToMs: number | null; readonly answers: number }[];
}
