import type { SlotRecord } from '../domain/slot.ts';
import type { SlotEvent } from '../domain/slot-events.ts';
import type { Clock, SlotReading } from './ports.ts';
import type { Appended, Store } from './store-port.ts';

/** What a key was, without which digit: with digits a code could be put together. */
type KeyKind = 'digit' | 'enter' | 'back';

interface Look {
  readonly mono: number;
  /** So many of the entries that follow were made before it was over. */
  readonly span: number;
}

/** What led to a step, as it came in at a port; `mono` is in milliseconds of this boot. */
export type TraceInput =
  /** Every slot as it is before what follows; `read` are those that were read since the start. */
  | {
      readonly k: 'slots';
      readonly mono: number;
      readonly slots: readonly SlotRecord[];
      readonly read: readonly string[];
    }
  /** What one look at the doors of a board gave. */
  | (Look & { readonly k: 'look'; readonly readings: readonly SlotReading[] })
  /** A board does not answer. */
  | (Look & { readonly k: 'dark'; readonly slots: readonly string[] })
  /** A deadline passed, a pulse came back, or somebody asked for what they were entitled to. */
  | { readonly k: 'told'; readonly slot: string; readonly event: SlotEvent };

/** What a slot became: the fields that are not as they were before. */
export interface TraceStep {
  readonly k: 'step';
  readonly slot: string;
  readonly type: SlotEvent['type'];
  readonly mono: number;
  readonly changed: Partial<SlotRecord>;
}

/** For whoever reads the story; nothing is replayed of it. */
type TraceNote =
  | { readonly k: 'keys'; readonly mono: number; readonly key: KeyKind; readonly n: number }
  /** A row of the journal: what was looked up, commanded, said of clock and boot. */
  | {
      readonly k: 'row';
      readonly mono: number;
      readonly seq: number;
      readonly t: string;
      readonly data: Appended['data'];
    };

export type TraceEntry = TraceInput | TraceStep | TraceNote;

/** What the entries need to be understood. */
export interface TraceHead {
  readonly trace: 1;
  readonly kiosk: string;
  readonly version: string;
  readonly boot: string;
  readonly graceMs: number;
}

/** Kept at least, and twice as many at most: hours of a busy kiosk, a few megabytes of memory. */
const ENTRIES_KEPT = 6_000;
/** Steps that the slots' own journal rows are about would be told twice. */
const TOLD_BY_STEPS = /^(?:slot|intent|pulse|parcel|audit)\./;
/** These come of a look at the doors, which is in the trace itself. */
const DERIVED: ReadonlySet<SlotEvent['type']> = new Set([
  ...(['BOOT', 'READ', 'DOOR_OPENED', 'DOOR_CLOSED'] as const),
  ...(['OCCUPANCY', 'BOARD_OK', 'BOARD_DARK'] as const),
]);

const NONE: ReadonlySet<string> = new Set();

interface Slots {
  all(): readonly SlotRecord[];
}

type LookedAt =
  | { readonly k: 'look'; readonly readings: readonly SlotReading[] }
  | { readonly k: 'dark'; readonly slots: readonly string[] };

/** Where in the trace something belongs, and when it was. */
interface Place {
  readonly at: number;
  readonly mono: number;
}

/** Takes the looks at the doors. */
interface Doors {
  seen(readings: readonly SlotReading[]): void;
  dark(slots: readonly string[]): void;
}

/**
 * B4: the last hours of a kiosk as they came in at its ports, in memory, to be replayed on a desk
 * (docs/TRACES.md). It holds no digit and no code: what was typed is a count, and what was looked
 * up is its outcome.
 */
export class Trace {
  readonly #clock: Pick<Clock, 'monoMs'>;
  #slots: Slots = { all: () => [] };
  /** What was read of each slot last. */
  readonly #read = new Map<string, SlotReading>();
  /** Looks that are in the trace: a board that says the same again gives the same list. */
  readonly #known = new WeakSet<readonly SlotReading[]>();
  #before: TraceEntry[] = [];
  #now: TraceEntry[] = [];

  constructor(clock: Pick<Clock, 'monoMs'>) {
    this.#clock = clock;
  }

  /** Begins with the slots as they are now. */
  begin(slots: Slots): void {
    this.#slots = slots;
    this.#keyframe();
  }

  /** A step of a slot that was not ignored; called before anything follows from it. */
  stepped(before: SlotRecord, event: SlotEvent, after: SlotRecord): void {
    const { type, atMono: mono } = event;
    if (!DERIVED.has(type)) this.#now.push({ k: 'told', slot: after.id, event });
    this.#now.push({ k: 'step', slot: after.id, type, mono, changed: changesOf(before, after) });
  }

  /** The doors, with every look at them that brought something new. */
  watched(doors: Doors): Doors {
    return {
      seen: (readings) => {
        this.#turnOver();
        const { stepped, ...place } = this.#followed(() => doors.seen(readings));
        if (stepped.size === 0 && this.#known.has(readings)) return;
        this.#known.add(readings);
        const news = readings.filter(
          (one) => stepped.has(one.slot) || !isSame(one, this.#read.get(one.slot)),
        );
        for (const one of news) this.#read.set(one.slot, one);
        if (news.length > 0) this.#insert({ k: 'look', readings: news }, place);
      },
      dark: (slots) => {
        const { stepped, ...place } = this.#followed(() => doors.dark(slots));
        const news = slots.filter((slot) => stepped.has(slot));
        if (news.length > 0) this.#insert({ k: 'dark', slots: news }, place);
      },
    };
  }

  /** Which digit it was is nobody's business. */
  key(pressed: string): void {
    this.#turnOver();
    const key = pressed === 'enter' || pressed === 'back' ? pressed : 'digit';
    const last = this.#now.at(-1);
    const isMore = last?.k === 'keys' && last.key === key;
    if (isMore) this.#now.pop();
    const n = isMore ? last.n + 1 : 1;
    this.#now.push({ k: 'keys', mono: this.#clock.monoMs(), key, n });
  }

  /** Takes the rows of the journal that the steps do not tell already. */
  hear(journal: Pick<Store['journal'], 'onCommitted'>): void {
    journal.onCommitted((rows) => {
      for (const { seq, t, mono, data } of rows) {
        if (!TOLD_BY_STEPS.test(t)) this.#now.push({ k: 'row', mono, seq, t, data });
      }
    });
  }

  /** All that is kept, oldest first; the first one says how every slot was. */
  entries(): TraceEntry[] {
    return [...this.#before, ...this.#now];
  }

  /** Which slots stepped during the work, and where in the trace that begins. */
  #followed(work: () => void): Place & { readonly stepped: ReadonlySet<string> } {
    const [at, mono] = [this.#now.length, this.#clock.monoMs()];
    work();
    if (this.#now.length === at) return { at, mono, stepped: NONE };
    const steps = this.#now.slice(at).flatMap((one) => (one.k === 'step' ? [one.slot] : []));
    return { at, mono, stepped: new Set(steps) };
  }

  /** A look of which nothing came says nothing; boards are looked at several times a second. */
  #insert(look: LookedAt, { at, mono }: Place): void {
    this.#now.splice(at, 0, { mono, span: this.#now.length - at, ...look });
  }

  /** Between two looks no step is under way: there the older half can go. */
  #turnOver(): void {
    if (this.#now.length < ENTRIES_KEPT) return;
    this.#before = this.#now;
    this.#now = [];
    this.#keyframe();
  }

  #keyframe(): void {
    const read = [...this.#read.keys()];
    const slots = [...this.#slots.all()];
    this.#now.push({ k: 'slots', mono: this.#clock.monoMs(), slots, read });
  }
}

function changesOf(before: SlotRecord, after: SlotRecord): Partial<SlotRecord> {
  const changed: Partial<Record<keyof SlotRecord, unknown>> = {};
  for (const name of Object.keys(after) as (keyof SlotRecord)[]) {
    if (before[name] !== after[name]) changed[name] = after[name];
  }
  return changed as Partial<SlotRecord>;
}

const isSame = (one: SlotReading, other: SlotReading | undefined): boolean =>
  one.door === other?.door && one.occupancy === other.occupancy;
