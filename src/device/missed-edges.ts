import type { BoardReading } from '../../hardware/index.ts';

/** Change counters run modulo 16 (hardware/README.md, "S"). */
const COUNTER_MASK = 15;

/**
 * Finds doors that moved and moved back between two readings: the contact is as before, the
 * board's change counter is not. Without it a forced door that is shut again at once goes unseen.
 */
export class MissedEdges {
  readonly #last = new Map<string, BoardReading>();

  /** Channels, from 1, whose contact changed and changed back since the last reading. */
  since(board: string, reading: BoardReading): ReadonlySet<number> {
    const last = this.#last.get(board);
    this.#last.set(board, reading);
    const missed = new Set<number>();
    if (last === undefined || last.boot !== reading.boot) return missed;
    for (const [index, contact] of reading.contacts.entries()) {
      const now = reading.changes?.[index] ?? 0;
      const before = last.changes?.[index] ?? 0;
      const same = contact === last.contacts[index];
      if (same && ((now - before) & COUNTER_MASK) >= 2) missed.add(index + 1);
    }
    return missed;
  }

  forget(board: string): void {
    this.#last.delete(board);
  }
}
