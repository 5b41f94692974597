import { isBusy, type SlotRecord, type SlotState } from '../../../src/domain/slot.ts';
import type { Fail } from './fail.ts';

/** The longest that a slot may be in a state without going on: the rules' times, and a little. */
const STATE_MS_MAX: Readonly<Partial<Record<SlotState, number>>> = {
  reserved: 1_000,
  opening: 40_000,
  unseen: 125_000,
  open: 185_000,
  drop_unconfirmed: 25_000,
  verify_empty: 65_000,
  grace: 65_000,
};

interface Stay {
  readonly state: SlotState;
  readonly openedAtMono: number | null;
  readonly sinceMs: number;
}

/** I12: every visit that was begun comes to an end. */
export class VisitCheck {
  readonly #fail: Fail;
  readonly #monoMs: () => number;
  readonly #stays = new Map<string, Stay>();

  constructor(fail: Fail, monoMs: () => number) {
    this.#fail = fail;
    this.#monoMs = monoMs;
  }

  /** The limits run anew from a start (R20). */
  lifeEnded(): void {
    this.#stays.clear();
  }

  changed({ id, state, openedAtMono, ask }: SlotRecord): void {
    const before = this.#stays.get(id);
    const same = before?.state === state && before.openedAtMono === openedAtMono;
    if (same && ask === null) return;
    this.#stays.set(id, { state, openedAtMono, sinceMs: this.#monoMs() });
  }

  /** Now and then: a slot that hangs does not change. */
  look(slots: readonly SlotRecord[]): void {
    for (const slot of slots) {
      if (!isBusy(slot)) continue;
      const stay = this.#stays.get(slot.id);
      // A board that was dark from the start on has not said what became of its visits.
      const isUnread = slot.board === 'dark' && slot.deadlineAtMono === null;
      if (stay === undefined || isUnread) {
        this.#stays.delete(slot.id);
        this.changed(slot);
        continue;
      }
      const staysMs = this.#monoMs() - stay.sinceMs;
      const limitMs = STATE_MS_MAX[slot.state] ?? 0;
      if (staysMs > limitMs) this.#fail('I12', `${slot.id} is ${slot.state} for ${staysMs} ms`);
    }
  }
}
