import type { SlotRecord } from '../../domain/slot.ts';
import { replayTrace, type TraceFile } from '../../offline/replay-trace.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Watched, WatchKey } from './terminal.ts';
import { type Picture, recordedCell } from './view.ts';

/** A step is shown for so long while it plays. */
const STEP_MS = 400;
const HELP = '→ or n next  ← or p previous  space plays or stops      q quits';

interface Frame {
  readonly mono: number;
  readonly slots: ReadonlyMap<string, SlotRecord>;
  readonly story: string;
}

/** A trace, step by step as it is replayed. */
export class RecordedWatch implements Watched {
  readonly #trace: TraceFile;
  readonly #frames: readonly Frame[];
  readonly #end: string;
  readonly #listeners = new Set<() => void>();
  readonly #clock = systemClock();
  #at = 0;
  #isPlaying = false;

  constructor(trace: TraceFile) {
    this.#trace = trace;
    const [first] = trace.entries;
    const begun = first?.k === 'slots' ? first : { slots: [], mono: 0 };
    let slots: ReadonlyMap<string, SlotRecord> = new Map(begun.slots.map((one) => [one.id, one]));
    const frames: Frame[] = [{ mono: begun.mono, slots, story: 'the trace begins' }];
    const { difference } = replayTrace(trace, (slot, mono, type) => {
      const before = slots.get(slot.id);
      slots = new Map([...slots, [slot.id, slot]]);
      frames.push({ mono, slots, story: `${type}: ${before?.state} → ${slot.state}  ${slot.id}` });
    });
    this.#frames = frames;
    this.#end = difference === null ? 'the end' : `line ${difference.line} differs from here on`;
  }

  picture(): Picture {
    const { head } = this.#trace;
    const frame = this.#frames[this.#at];
    const { mono, slots } = frame ?? { mono: 0, slots: new Map<string, SlotRecord>() };
    const story = this.#frames
      .slice(0, this.#at + 1)
      .map((one) => `${(one.mono / 1_000).toFixed(3).padStart(12)} s  ${one.story}`);
    const isLast = this.#at === this.#frames.length - 1;
    return {
      head: [
        `${head.kiosk}  trace of boot ${head.boot.slice(-6)}, lockerd ${head.version}`,
        `step ${this.#at} of ${this.#frames.length - 1}${isLast ? `, ${this.#end}` : ''}`,
      ],
      cells: [...slots.values()].map((slot) => recordedCell(slot, mono)),
      ...{ boards: [], story, help: HELP },
    };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  key(key: WatchKey): void {
    if (key === 'play') {
      this.#isPlaying = !this.#isPlaying;
      this.#play();
      return;
    }
    this.#isPlaying = false;
    this.#go(key === 'next' ? 1 : -1);
  }

  #play(): void {
    if (!this.#isPlaying) return;
    this.#go(1);
    this.#clock.after('play', STEP_MS, () => this.#play());
  }

  #go(by: number): void {
    this.#at = Math.max(0, Math.min(this.#frames.length - 1, this.#at + by));
    if (this.#at === this.#frames.length - 1) this.#isPlaying = false;
    for (const listener of this.#listeners) listener();
  }
}
