import { createHash } from 'node:crypto';
import type { JournalRow } from '../../src/control/store-port.ts';
import type { SimClock } from '../clock.ts';

const LINES_KEPT = 2_000;
/** The end of an id tells one from another. */
const ID_CHARS = 6;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** All that happens in one storm, in order: hashed whole, and its end kept to be told. */
export class Trace {
  readonly #clock: SimClock;
  readonly #hash = createHash('sha256');
  #kept: string[] = [];

  constructor(clock: SimClock) {
    this.#clock = clock;
  }

  /** Something for the story. */
  say(line: string): void {
    this.note(line);
    this.#kept.push(`${timeOf(this.#clock.monoMs())}  ${line}`);
    if (this.#kept.length > 2 * LINES_KEPT) this.#kept = this.#kept.slice(-LINES_KEPT);
  }

  /** A row of the journal, without the chain's own: those name keys that no seed makes. */
  row({ t, slot, parcel, data }: JournalRow): void {
    if (t.startsWith('audit.')) return;
    const about = [t, slot, parcel?.slice(-ID_CHARS)].filter((part) => part != null).join(' ');
    const line = `${about} ${JSON.stringify(data)}`;
    // A bad wire makes so many of these that nothing else would be left.
    if (data.health === 'quiet' || data.health === 'online') this.note(line);
    else this.say(line);
  }

  /** Something too small for the story. */
  note(line: string): void {
    this.#hash.update(`${this.#clock.monoMs()} ${line}\n`);
  }

  /** The last lines that have one of these words, oldest first; of all lines when none is given. */
  story(lines: number, words: readonly string[] = []): string[] {
    const about = new RegExp(words.map((word) => `(?<![\\w/])${word}(?!\\w)`).join('|'));
    return this.#kept.filter((line) => about.test(line)).slice(-lines);
  }

  /** Of all up to now; equal only for equal runs. */
  digest(): string {
    return this.#hash.copy().digest('hex').slice(0, 16);
  }
}

/** `h:mm:ss.mmm` since the storm began. */
function timeOf(ms: number): string {
  const seconds = ((ms % MINUTE_MS) / 1_000).toFixed(3).padStart(6, '0');
  const minutes = String(Math.floor((ms % HOUR_MS) / MINUTE_MS)).padStart(2, '0');
  return `${Math.floor(ms / HOUR_MS)}:${minutes}:${seconds}`;
}
