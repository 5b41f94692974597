import type { Move, Place } from './commission-verdict.ts';

interface Look {
  readonly contacts: readonly boolean[];
  /** Monotonic ms. */
  readonly atMs: number;
}

/** What the boards said last, and which contacts moved since the fitter's last pulse. */
export class Looks {
  readonly #last = new Map<string, Look>();
  #before: ReadonlyMap<string, Look> = new Map();
  #fromMs = 0;
  /** By board and channel, the first reading that showed a contact as it was not before. */
  readonly #moves = new Map<string, Move>();

  /** A reading of a board; true is a closed contact, index 0 is channel 1. */
  take(board: string, contacts: readonly boolean[], atMs: number): void {
    const last = this.#last.get(board);
    this.#last.set(board, { contacts, atMs });
    const before = this.#before.get(board);
    if (before === undefined) return;
    const sinceMs = Math.max(last?.atMs ?? atMs, this.#fromMs);
    const times = { afterMs: atMs - this.#fromMs, blurMs: atMs - sinceMs };
    for (const [index, closed] of contacts.entries()) {
      const channel = index + 1;
      const key = `${board}/${channel}`;
      if (closed === before.contacts[index] || this.#moves.has(key)) continue;
      this.#moves.set(key, { board, channel, contact: wordOf(closed), ...times });
    }
  }

  /** A board stopped answering: what it said counts no more. */
  forget(board: string): void {
    this.#last.delete(board);
  }

  /** Whether every board that answers was read after this time. */
  areNewerThan(monoMs: number): boolean {
    return [...this.#last.values()].every(({ atMs }) => atMs > monoMs);
  }

  knows(board: string): boolean {
    return this.#last.has(board);
  }

  /** The contact as it was read last; undefined on a board that does not answer. */
  contact({ board, channel }: Place): 'closed' | 'open' | undefined {
    const closed = this.#last.get(board)?.contacts[channel - 1];
    return closed === undefined ? undefined : wordOf(closed);
  }

  /** The pulse leaves at this time; from now on moves are told against what is now. */
  pulsed(atMs: number): void {
    this.#fromMs = atMs;
    this.#before = new Map(this.#last);
    this.#moves.clear();
  }

  /** The first move of every contact since the pulse, of one that went back too. */
  moves(): Move[] {
    return [...this.#moves.values()];
  }

  /** Whether every contact is as it was before the pulse. */
  areAsBefore(): boolean {
    return [...this.#before].every(([board, { contacts }]) => {
      const now = this.#last.get(board)?.contacts ?? contacts;
      return contacts.every((contact, index) => contact === now[index]);
    });
  }
}

function wordOf(closed: boolean): 'closed' | 'open' {
  return closed ? 'closed' : 'open';
}
