import { DoorWatch } from '../control/door-watch.ts';
import type { TraceEntry, TraceHead, TraceInput, TraceStep } from '../control/trace.ts';
import type { SlotRecord } from '../domain/slot.ts';
import type { SlotEvent, SlotEventBody, Step } from '../domain/slot-events.ts';
import { type SlotStepper, slotStepper } from '../domain/slot-machine.ts';
import { SLOT_TIMES } from '../domain/slot-times.ts';

/** A trace as it was exported, its lines in order. */
export interface TraceFile {
  readonly head: TraceHead;
  readonly entries: readonly TraceEntry[];
}

/** Where what this program does is not what was recorded. */
interface Difference {
  /** Of the file, from 1. */
  readonly line: number;
  readonly slot: string;
  /** What should have become of the slot, and what does. */
  readonly recorded: string;
  readonly replayed: string;
}

export interface Replayed {
  readonly steps: number;
  /** The first one; null when every step led to the same state. */
  readonly difference: Difference | null;
}

/** Told of each step that was replayed. */
type Stepped = (slot: SlotRecord, mono: number, type: SlotEvent['type']) => void;

/**
 * B4: takes what a kiosk was told at its ports through the same code once more, and holds each slot
 * against what it became then.
 */
export function replayTrace(trace: TraceFile, stepped: Stepped = () => {}): Replayed {
  const replay = new Replay(trace, stepped);
  try {
    replay.run();
    return { steps: replay.steps, difference: null };
  } catch (error) {
    if (!(error instanceof Differs)) throw error;
    return { steps: replay.steps, difference: error.difference };
  }
}

class Differs extends Error {
  readonly difference: Difference;

  constructor(difference: Difference) {
    super('the replay differs');
    this.difference = difference;
  }
}

type Told = Extract<TraceInput, { readonly k: 'told' }>;
type Cause = TraceInput | TraceStep;

/** In the place of the supervisor: the slots, one step after the other. */
class Replay {
  steps = 0;
  readonly #entries: readonly TraceEntry[];
  readonly #step: SlotStepper;
  readonly #stepped: Stepped;
  readonly #slots = new Map<string, SlotRecord>();
  #doors: DoorWatch | null = null;
  /** The entry that comes next, and the first one that was made after the look under way. */
  #at = 0;
  #lookEnd = 0;

  constructor({ head, entries }: TraceFile, stepped: Stepped) {
    this.#entries = entries;
    this.#stepped = stepped;
    this.#step = slotStepper({ ...SLOT_TIMES, graceMs: head.graceMs });
  }

  run(): void {
    for (let entry = this.#next(); entry !== null; entry = this.#next()) this.#take(entry);
  }

  get(id: string): SlotRecord {
    return this.#slots.get(id) ?? this.#differ(id, 'a slot of the trace', 'no such slot');
  }

  /** Each event that is sent is an entry. */
  get sent(): number {
    return this.#at;
  }

  all(): readonly SlotRecord[] {
    return [...this.#slots.values()];
  }

  /** Nothing is committed here. */
  together(work: () => void): void {
    work();
  }

  /** A step that follows from a look at the doors: the recorded one must be the very next. */
  send(id: string, body: SlotEventBody): Step<SlotRecord> {
    const next = this.#peek();
    const isIt = next?.k === 'step' && next.slot === id && next.type === body.type;
    const event = { ...body, atMono: isIt ? next.mono : 0 } as SlotEvent;
    const step = this.#step(this.get(id), event);
    if (step.ignored) return step;
    if (!isIt) return this.#differ(id, nameOf(next), body.type);
    this.#next();
    this.#hold(next, step);
    this.#within();
    return step;
  }

  /** What was done because of that step, before the look went on. */
  #within(): void {
    for (;;) {
      const inner = this.#peek();
      if (inner?.k !== 'told' || this.#at >= this.#lookEnd) return;
      this.#next();
      this.#tell(inner);
    }
  }

  #take(entry: Cause): void {
    if (entry.k === 'slots') this.#begin(entry);
    else if (entry.k === 'told') this.#tell(entry);
    else if (entry.k === 'step') this.#differ(entry.slot, nameOf(entry), 'nothing leads to it');
    else this.#look(entry);
  }

  /** The first one gives the slots; those that follow must find them as they say. */
  #begin({ slots, read }: Extract<TraceInput, { readonly k: 'slots' }>): void {
    if (this.#doors === null) {
      for (const slot of slots) this.#slots.set(slot.id, slot);
      this.#doors = new DoorWatch(this, { warn: () => {} }, () => {}, read);
      return;
    }
    for (const slot of slots) this.#compare(slot, this.get(slot.id));
  }

  #look(entry: Extract<TraceInput, { readonly k: 'look' | 'dark' }>): void {
    this.#lookEnd = this.#at + entry.span;
    if (entry.k === 'look') this.#doors?.seen(entry.readings);
    else this.#doors?.dark(entry.slots);
  }

  #tell({ slot, event }: Told): void {
    const step = this.#step(this.get(slot), event);
    const next = this.#next();
    const isIt = next?.k === 'step' && next.slot === slot && next.type === event.type;
    if (isIt && !step.ignored) this.#hold(next, step);
    else this.#differ(slot, nameOf(next), step.ignored ? 'ignored' : event.type);
  }

  /** The step, against what was recorded of it. */
  #hold({ slot, type, changed, mono }: TraceStep, { record }: Step<SlotRecord>): void {
    this.#compare({ ...this.get(slot), ...changed }, record);
    this.#slots.set(slot, record);
    this.steps += 1;
    this.#stepped(record, mono, type);
  }

  #compare(recorded: SlotRecord, replayed: SlotRecord): void {
    const [was, is] = [{ ...recorded }, { ...replayed }] as Record<string, unknown>[];
    const names = new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})]);
    const other = [...names].find((name) => !isDeepEqual(was?.[name], is?.[name]));
    if (other === undefined) return;
    const tell = (all: Record<string, unknown> | undefined): string =>
      `${other} ${JSON.stringify(all?.[other])}`;
    this.#differ(recorded.id, tell(was), tell(is));
  }

  /** The next entry that something is replayed of; null behind the last one. */
  #peek(): Cause | null {
    for (;;) {
      const entry = this.#entries[this.#at];
      if (entry === undefined) return null;
      if (entry.k !== 'row' && entry.k !== 'keys') return entry;
      this.#at += 1;
    }
  }

  #next(): Cause | null {
    const entry = this.#peek();
    if (entry !== null) this.#at += 1;
    return entry;
  }

  #differ(slot: string, recorded: string, replayed: string): never {
    // The head is line 1, and what differs was read last.
    throw new Differs({ line: this.#at + 1, slot, recorded, replayed });
  }
}

const isDeepEqual = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

function nameOf(entry: Cause | null): string {
  if (entry === null) return 'the end of the trace';
  if (entry.k === 'step') return `${entry.type} of ${entry.slot}`;
  return entry.k === 'told' ? `${entry.event.type} of ${entry.slot}` : `a new "${entry.k}"`;
}
