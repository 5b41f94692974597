import type { Random } from '../control/ports.ts';
import type { Parting } from './broker.ts';

/** How long to stay away after a connection ended, by what ended it. */

const FIRST_MS = 1_000;
const MOST_MS = 60_000;
/** Who refuses, or has another client of our name, is not to be pressed. */
const AWAY_MS = 300_000;
/** A connection that lives so short looks like two clients that throw each other out. */
const BRIEF_MS = 5_000;
const BRIEF_CLOSES_MAX = 3;

interface Away {
  readonly delayMs: number;
  /** Something that a person must look at, or null. */
  readonly alarm: 'link.refused' | 'link.taken_over' | null;
}

export class BackOff {
  readonly #random: Random;
  #failures = 0;
  #briefCloses = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** A connection ended that lived for `livedMs`; 0 when it never was. */
  after({ why }: Parting, livedMs: number): Away {
    const isBrief = livedMs > 0 && livedMs < BRIEF_MS;
    this.#briefCloses = isBrief ? this.#briefCloses + 1 : 0;
    if (livedMs >= BRIEF_MS) this.#failures = 0;
    if (why === 'refused') return { delayMs: this.#away(), alarm: 'link.refused' };
    if (why === 'taken_over' || this.#briefCloses >= BRIEF_CLOSES_MAX) {
      this.#briefCloses = 0;
      return { delayMs: this.#away(), alarm: 'link.taken_over' };
    }
    // Full jitter: a thousand kiosks that lost one broker come back evenly.
    const mostMs = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(this.#failures, 16));
    this.#failures += 1;
    return { delayMs: this.#random.int(mostMs + 1), alarm: null };
  }

  #away(): number {
    return AWAY_MS + this.#random.int(AWAY_MS / 5);
  }
}
