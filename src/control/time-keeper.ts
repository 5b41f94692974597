import type { Trust } from '../domain/clock.ts';
import { DAY_MS } from '../domain/hold.ts';
import type { KeptClock } from './clock.ts';
import type { Log, Timer } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';

interface Parts {
  readonly store: Store;
  readonly recorder: Recorder;
  readonly clock: KeptClock;
  readonly log: Log;
}

type SetAnswer =
  | { readonly kind: 'set' }
  /** Wall time never goes back: it would have to be `floorMs` or later. */
  | { readonly kind: 'too_early'; readonly floorMs: number }
  /** So far ahead that it looks like a slip, which nothing would take back. */
  | { readonly kind: 'far_ahead'; readonly floorMs: number };

/** A kiosk that was off for longer is rare, a wrong year is quickly typed. */
const AHEAD_MS_MAX = 14 * DAY_MS;
/** How often time sync is asked. */
const LOOK_MS = 30_000;

/**
 * Keeps watch over the kiosk's clock: what changes in its trust stands in the journal, and what
 * must outlive a power cut is stored (R25).
 */
export class TimeKeeper {
  readonly #parts: Parts;
  #told: Trust['state'] | null = null;
  #timer: Timer | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.#keep();
    this.#wait();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#keep();
  }

  /** The cloud's time of day: with time sync of one opinion, a clock that jumped is believed. */
  cloudSays(wallMs: number): void {
    this.#parts.clock.cloudSays(wallMs);
    this.#tell();
  }

  /** A technician says what time it is, `sure` even of a leap. `by` is the person's id. */
  setBy(by: string, wallMs: number, isSure = false): SetAnswer {
    const { clock, store, recorder } = this.#parts;
    const wasMs = clock.wallMs();
    if (wallMs > wasMs + AHEAD_MS_MAX && !isSure) return { kind: 'far_ahead', floorMs: wasMs };
    if (!clock.setTo(wallMs)) return { kind: 'too_early', floorMs: wasMs };
    store.transaction(() => {
      recorder.record({ t: 'clock.set', cause: `technician:${by}`, data: { wasMs } });
      this.#tell();
    });
    return { kind: 'set' };
  }

  /** Stores what time it is: a start after a power cut goes on from there. */
  stamp(): void {
    const { clock, store } = this.#parts;
    store.clock.put({ floorMs: clock.wallMs(), wasDoubted: clock.isDoubted });
  }

  #wait(): void {
    this.#timer = this.#parts.clock.after('clock', LOOK_MS, () => {
      this.#keep();
      this.#wait();
    });
  }

  #keep(): void {
    const { clock } = this.#parts;
    clock.refresh();
    this.#tell();
  }

  /** Writes a row when the trust in the clock is another than was told. */
  #tell(): void {
    const { clock, store, recorder, log } = this.#parts;
    const { state, errorMs } = clock.trust();
    const was = this.#told;
    if (state === was) return;
    this.#told = state;
    log[state === 'unsynced' ? 'warn' : 'info']('clock', { state, was, errorMs });
    store.transaction(() => {
      recorder.record({ t: 'clock.state', data: { state, was, jumped: clock.isDoubted } });
      this.stamp();
    });
  }
}
