import type { Neighbour, Neighbours } from '../control/ports.ts';
import type { Questions } from './questions.ts';

/** A courier waits at the keypad. */
const FOUND_WITHIN_MS = 3_000;

/** Asks the cloud where else there is room (M14). */
export class NeighbourDesk implements Neighbours {
  readonly #questions: Questions;

  constructor(questions: Questions) {
    this.#questions = questions;
  }

  nearest(size: string, found: (site: Neighbour | null) => void): void {
    this.#questions.ask('site.nearest', { size }, ({ site }) => found(site), {
      withinMs: FOUND_WITHIN_MS,
      silent: () => found(null),
    });
  }
}
