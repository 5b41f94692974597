import type { Clock, Timer } from '../control/ports.ts';

/** A scanner types a character every few milliseconds; nobody's fingers do. */
const GAP_MS = 35;
/** A shorter burst is somebody's hand on several keys. */
const SCAN_CHARS_MIN = 8;
const SCAN_CHARS_MAX = 160;

interface Ends {
  readonly clock: Clock;
  /** A character that somebody typed, Enter as CR. */
  readonly typed: (char: string) => void;
  readonly scanned: (text: string) => void;
}

/**
 * Tells a scanner that types like a keyboard from a person: a burst of characters that ends with
 * Enter is a scan, anything slower is keys. Each key is held back for the length of a gap.
 */
export class TypedScan {
  readonly #ends: Ends;
  #burst = '';
  #timer: Timer | null = null;

  constructor(ends: Ends) {
    this.#ends = ends;
  }

  take(char: string): void {
    this.#timer?.cancel();
    this.#timer = null;
    const isEnd = char === '\r' || char === '\n';
    if (isEnd && this.#burst.length >= SCAN_CHARS_MIN) {
      const text = this.#burst;
      this.#burst = '';
      // A burst that is too long is nobody's keys either.
      if (text.length <= SCAN_CHARS_MAX) this.#ends.scanned(text);
      return;
    }
    if (this.#burst.length <= SCAN_CHARS_MAX) this.#burst += char;
    this.#timer = this.#ends.clock.after('typed scan', GAP_MS, () => this.#release());
  }

  #release(): void {
    const typed = this.#burst;
    this.#burst = '';
    if (typed.length > SCAN_CHARS_MAX) return;
    for (const char of typed) this.#ends.typed(char);
  }
}
