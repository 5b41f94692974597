import type { Neighbour, Neighbours } from '../control/ports.ts';
import type { OutboxDrain } from './outbox-drain.ts';
import type { Questions } from './questions.ts';

interface Parts {
  readonly questions: Questions;
  readonly drain: Pick<OutboxDrain, 'hasReader'>;
}

/** A courier waits at the keypad. */
const FOUND_WITHIN_MS = 3_000;

/** Asks the cloud where else there is room (M14). */
export class NeighbourDesk implements Neighbours {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  nearest(size: string, found: (site: Neighbour | null) => void): void {
    if (!this.#parts.drain.hasReader) {
      found(null);
      return;
    }
    this.#parts.questions.ask('site.nearest', { size }, ({ site }) => found(site), {
      withinMs: FOUND_WITHIN_MS,
      silent: () => found(null),
    });
  }
}
