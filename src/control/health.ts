import type { Clock, Timer } from './ports.ts';
import type { Store } from './store-port.ts';

interface Parts {
  readonly clock: Clock;
  readonly store: Pick<Store, 'journal' | 'transaction' | 'clock' | 'isDiskFull'>;
  /** How many exchanges each bus had that has a board to poll, by its name. */
  readonly exchanges: () => ReadonlyMap<string, number>;
  /** What is to stand in the database at a write that nothing else asked for. */
  readonly stamp: () => void;
  /** A beat, or why there is none, each with a line for a person. */
  readonly beat: (why: string | null) => void;
  /** Without a beat for so long, and so without a write, this process is not well. */
  readonly limitMs: number;
}

/** How often the loop is measured. */
const LOOK_MS = 500;
/** A loop that is later than this has no time for people at the keypad. */
const LAG_MS_MAX = 1_000;
/** A board is polled every second, and an exchange takes 4 s at most, with every margin. */
const BUS_STILL_MS_MAX = 10_000;
/** Of beats, some may get lost before the limit. */
const BEATS_PER_LIMIT = 4;
/** A write is tried after this part of the limit without one. */
const WRITE_AFTER = 2 / 3;

interface Moved {
  readonly count: number;
  readonly atMono: number;
}

/**
 * Says at an even pace whether this process does its work: the loop turns, each bus moves, the
 * database takes writes. What a restart does not mend is no reason against it: silent boards, an
 * unplugged adapter, a full disk, a broker that is away.
 */
export class Health {
  readonly #parts: Parts;
  #timer: Timer | null = null;
  #beatAtMono: number;
  #lagMs = 0;
  #seq: number;
  #wroteAtMono: number;
  /** When each bus had had how many exchanges for the first time. */
  #moved: ReadonlyMap<string, Moved> = new Map();

  constructor(parts: Parts) {
    this.#parts = parts;
    const nowMono = parts.clock.monoMs();
    this.#beatAtMono = nowMono;
    this.#wroteAtMono = nowMono;
    this.#seq = this.#head();
  }

  start(): void {
    const { clock } = this.#parts;
    const dueMono = clock.monoMs() + LOOK_MS;
    this.#timer = clock.after('health', LOOK_MS, () => {
      this.#lagMs = Math.max(this.#lagMs, clock.monoMs() - dueMono);
      this.start();
      this.#look();
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #look(): void {
    const { clock, limitMs, beat } = this.#parts;
    const nowMono = clock.monoMs();
    if (nowMono - this.#beatAtMono < limitMs / BEATS_PER_LIMIT) return;
    this.#beatAtMono = nowMono;
    this.#write(nowMono);
    beat(this.#trouble(nowMono));
    this.#lagMs = 0;
  }

  /** The first thing that is wrong; null when nothing is. */
  #trouble(nowMono: number): string | null {
    if (this.#lagMs > LAG_MS_MAX) return `the loop was ${Math.round(this.#lagMs)} ms late`;
    const stillMs = this.#stillest(nowMono);
    if (stillMs > BUS_STILL_MS_MAX) return `a bus has not moved for ${Math.round(stillMs)} ms`;
    const unwrittenMs = nowMono - this.#wroteAtMono;
    if (unwrittenMs > this.#parts.limitMs)
      return `no write went through for ${Math.round(unwrittenMs)} ms`;
    return null;
  }

  /** For how long the bus has not moved that has moved least. */
  #stillest(nowMono: number): number {
    const before = this.#moved;
    this.#moved = new Map(
      [...this.#parts.exchanges()].map(([bus, count]) => {
        const was = before.get(bus);
        return [bus, was?.count === count ? was : { count, atMono: nowMono }];
      }),
    );
    return Math.max(0, ...[...this.#moved.values()].map(({ atMono }) => nowMono - atMono));
  }

  /** A kiosk with nobody at it writes nothing by itself. */
  #write(nowMono: number): void {
    const { store, stamp, limitMs } = this.#parts;
    const seq = this.#head();
    const isFull = store.isDiskFull();
    if (seq !== this.#seq || isFull) this.#wroteAtMono = nowMono;
    this.#seq = seq;
    if (nowMono - this.#wroteAtMono < limitMs * WRITE_AFTER) return;
    try {
      store.transaction(stamp);
      this.#wroteAtMono = nowMono;
    } catch {
      // The store has told whom it concerns; here it is a write that did not go through.
    }
  }

  #head(): number {
    return this.#parts.store.journal.head()?.seq ?? 0;
  }
}
