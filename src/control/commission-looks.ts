import type { Move, Place } from './commission-verdict.ts';

interface Look {
  readonly contacts: readonly boolean[];
  /** Monotonic ms. */
  readonly atMs: number;
}

/** What the boards said last, and what moved since the fitter's last pulse. */
export class Looks {
  readonly #last = new Map<string, Look>();
  #before: ReadonlyMap<string, Look> = new Map();
  #fromMs = 0;
  /** By board and channel, the first reading that showed a contact as it was not before. */
  readonly #seen = new Map<string, Pick<Move, 'afterMs' | 'blurMs'>>();

  /** A reading of a board; true is a closed contact, index 0 is channel 1. */
  take(board: string, contacts: readonly boolean[], atMs: number): void {
    const last = this.#last.get(board);
    this.#last.set(board, { contacts, atMs });
    const before = this.#before.get(board);
    for (const [index, contact] of contacts.entries()) {
      const key = `${board}/${index + 1}`;
      if (before === undefined || contact === before.contacts[index] || this.#seen.has(key)) {
        continue;
      }
      const sinceMs = Math.max(last?.atMs ?? atMs, this.#fromMs);
      this.#seen.set(key, { afterMs: atMs - this.#fromMs, blurMs: atMs - sinceMs });
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
    return closed === undefined ? undefined : closed ? 'closed' : 'open';
  }

  /** From now on moves are told against what is now. */
  begin(): void {
    this.#before = new Map(this.#last);
    this.#seen.clear();
  }

  /** The pulse leaves at this time. */
  pulsed(atMs: number): void {
    this.#fromMs = atMs;
  }

  /** Contacts that are not as they were before. */
  moves(): Move[] {
    return [...this.#before].flatMap(([board, before]) =>
      before.contacts.flatMap((was, index) => {
        const now = this.#last.get(board)?.contacts[index] ?? was;
        if (now === was) return [];
        const seen = this.#seen.get(`${board}/${index + 1}`) ?? { afterMs: 0, blurMs: 0 };
        return [{ board, channel: index + 1, contact: now ? 'closed' : 'open', ...seen } as const];
      }),
    );
  }
}
