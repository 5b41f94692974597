import type { Timer } from '../hardware/bus/clock.ts';
import type { SimClock } from './clock.ts';

/** Where the wall clock starts: 2026-01-01T00:00:00Z. */
const WALL_START_MS = 1_767_225_600_000;
/** More timers than this without time moving are a loop, not a run. */
const TIMERS_PER_INSTANT_MAX = 100_000;
/** Cancelled timers are swept out of the heap when there are this many, and most of it is. */
const SWEEP_FROM_TIMERS = 256;

interface Entry {
  readonly name: string;
  readonly dueMs: number;
  /** Creation order, which decides between timers of one instant. */
  readonly order: number;
  /** Undefined once fired or cancelled. */
  fire: (() => void) | undefined;
}

/**
 * Time that moves only when told to: everything due happens in time order, and what is due in
 * the same instant in order of creation. Two runs with the same calls are the same run.
 */
export class VirtualClock implements SimClock {
  #nowMs = 0;
  #wallAheadMs = WALL_START_MS;
  #order = 0;
  #cancelled = 0;
  #running = false;
  #firedThisInstant = 0;
  /** A binary min-heap: entry i is due no later than entries 2i+1 and 2i+2. */
  #heap: Entry[] = [];

  monoMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return Math.floor(this.#nowMs + this.#wallAheadMs);
  }

  after(name: string, delayMs: number, fire: () => void): Timer {
    if (!(delayMs >= 0 && delayMs < Infinity)) {
      throw new RangeError(`timer '${name}': ${delayMs} ms is not a delay`);
    }
    const entry: Entry = { name, dueMs: this.#nowMs + delayMs, order: this.#order, fire };
    this.#order += 1;
    this.#heap.push(entry);
    this.#siftUp(this.#heap.length - 1);
    return { cancel: () => this.#cancel(entry) };
  }

  /** Lets `ms` pass, and everything due in them happen. */
  advance(ms: number): void {
    this.runUntil(() => false, ms);
  }

  /**
   * Runs until `condition` holds (checked now and after each timer), at most `limitMs` long.
   * True when it holds; time then stands where it came true.
   */
  runUntil(condition: () => boolean, limitMs: number): boolean {
    if (this.#running) throw new Error('the clock cannot be moved from inside one of its timers');
    if (!(limitMs >= 0)) throw new RangeError(`time cannot move by ${limitMs} ms`);
    const untilMs = this.#nowMs + limitMs;
    this.#running = true;
    try {
      while (!condition()) {
        if (!this.#fireNext(untilMs)) {
          this.#moveTo(untilMs);
          return false;
        }
      }
      return true;
    } finally {
      this.#running = false;
    }
  }

  /** Steps the wall clock, as a time server or a flat battery does; monotonic time goes on. */
  jumpWall(ms: number): void {
    this.#wallAheadMs += ms;
  }

  /** Fires the next live timer due by `untilMs`; false when there is none. */
  #fireNext(untilMs: number): boolean {
    for (;;) {
      const next = this.#heap[0];
      if (next === undefined || next.dueMs > untilMs) return false;
      this.#removeFirst();
      const { fire } = next;
      if (fire === undefined) {
        this.#cancelled -= 1;
        continue;
      }
      next.fire = undefined;
      this.#moveTo(next.dueMs);
      this.#firedThisInstant += 1;
      if (this.#firedThisInstant > TIMERS_PER_INSTANT_MAX) {
        throw new Error(
          `over ${TIMERS_PER_INSTANT_MAX} timers in one instant, last '${next.name}'`,
        );
      }
      fire();
      return true;
    }
  }

  #moveTo(ms: number): void {
    if (ms > this.#nowMs) this.#firedThisInstant = 0;
    this.#nowMs = ms;
  }

  #cancel(entry: Entry): void {
    if (entry.fire === undefined) return;
    entry.fire = undefined;
    this.#cancelled += 1;
    // Timeouts are mostly cancelled long before they are due; unswept they would pile up.
    if (this.#cancelled < SWEEP_FROM_TIMERS || this.#cancelled * 2 < this.#heap.length) return;
    this.#heap = this.#heap.filter((kept) => kept.fire !== undefined);
    // A sorted array is a heap.
    this.#heap.sort((a, b) => a.dueMs - b.dueMs || a.order - b.order);
    this.#cancelled = 0;
  }

  #siftUp(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfLater(parent, index)) return;
      index = parent;
    }
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const child = this.#isLater(left, left + 1) ? left + 1 : left;
      if (!this.#swapIfLater(index, child)) return;
      index = child;
    }
  }

  /** Whether the entry at `a` comes after the one at `b`; false where either is missing. */
  #isLater(a: number, b: number): boolean {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined) return false;
    return (
      first.dueMs > second.dueMs || (first.dueMs === second.dueMs && first.order > second.order)
    );
  }

  #swapIfLater(a: number, b: number): boolean {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined || !this.#isLater(a, b)) return false;
    this.#heap[a] = second;
    this.#heap[b] = first;
    return true;
  }
}
