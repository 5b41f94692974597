import type { Clock, Random } from './ports.ts';

/** So many failures in a row are the channel's, not a message's. */
const OPENS_AFTER_FAILURES = 3;
const RETRY_FIRST_MS = 5_000;
const RETRY_MAX_MS = 600_000;
/** Handed to one channel at once, and not answered yet. */
const WINDOW_MESSAGES = 8;

/**
 * How long to wait after so many failures in a row: twice as long each time, from 5 s to 10 min;
 * the second half of it is left to chance, so that a thousand kiosks do not come back as one.
 */
export function backOffMs(failures: number, random: Random): number {
  const fullMs = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** (failures - 1));
  const halfMs = Math.floor(fullMs / 2);
  return halfMs + random.int(halfMs + 1);
}

/**
 * Keeps a channel that does not work from being tried by every message (M13). It opens after three
 * failures in a row; then one message at a time finds out whether the channel works again, at
 * growing intervals. It counts in monotonic time: no step of the wall clock keeps it open.
 */
export class ChannelBreaker {
  readonly #clock: Clock;
  readonly #random: Random;
  #failures = 0;
  #retryAtMono = 0;
  #openedAtMono = 0;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  get isOpen(): boolean {
    return this.#failures >= OPENS_AFTER_FAILURES;
  }

  /** Since the last failure made it wait; 0 when it need not. */
  get waitMs(): number {
    return Math.max(0, this.#retryAtMono - this.#clock.monoMs());
  }

  /** How long it has been open; 0 while it is not. */
  get openForMs(): number {
    return this.isOpen ? this.#clock.monoMs() - this.#openedAtMono : 0;
  }

  /** How many messages may be under way at once now. */
  get width(): number {
    if (!this.isOpen) return WINDOW_MESSAGES;
    return this.waitMs > 0 ? 0 : 1;
  }

  /** True when it has opened by this. What was under way when it opened counts as one failure. */
  failed(): boolean {
    const wasOpen = this.isOpen;
    if (wasOpen && this.waitMs > 0) return false;
    this.#failures += 1;
    this.#retryAtMono = this.#clock.monoMs() + backOffMs(this.#failures, this.#random);
    if (wasOpen || !this.isOpen) return false;
    this.#openedAtMono = this.#clock.monoMs();
    return true;
  }

  /** The next message need not wait to find out. */
  tryNow(): void {
    this.#retryAtMono = 0;
  }

  /** True when it has closed by this. */
  worked(): boolean {
    const wasOpen = this.isOpen;
    this.#failures = 0;
    this.#retryAtMono = 0;
    return wasOpen;
  }
}
