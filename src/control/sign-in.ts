import { STAFF_BUDGET } from '../domain/budget.ts';
import { type PersonRecord, PIN_MISSES_MAX } from '../domain/person.ts';
import type { Budgets } from './budgets.ts';
import type { Vault } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';

export type SignInAnswer =
  | { readonly kind: 'welcome'; readonly person: PersonRecord }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait'; readonly waitMs: number };

interface Parts {
  readonly store: Store;
  readonly vault: Vault;
  readonly budgets: Budgets;
  readonly recorder: Recorder;
}

/** Staff number and PIN together; never a PIN alone (R13a). */
export class SignIn {
  readonly #parts: Parts;
  #underWay = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * A wrong try is committed against the staff budget before the answer; a right one costs nothing.
   * Tries that are being computed at other panels count as wrong until they are known to be right.
   * What becomes of it is written to the visit at the keypad, whose reference is on the screen.
   */
  async check(staff: string, pin: string, session?: string): Promise<SignInAnswer> {
    const { store, vault, budgets, recorder } = this.#parts;
    const cause = session === undefined ? null : `session:${session}`;
    const waitMs = budgets.waitMs('staff', STAFF_BUDGET, this.#underWay);
    if (waitMs > 0) {
      const data = { refusal: 'MUST_WAIT', person: null };
      store.transaction(() => recorder.recordFew({ t: 'entry.refused', cause, data }));
      return { kind: 'wait', waitMs };
    }
    const person = store.people.byStaff(vault.digest('staff', staff));
    const usable = person !== null && person.pinMisses < PIN_MISSES_MAX;
    // The hash is computed for unknown numbers too: the answer must not come sooner for them.
    const hash = (usable && person.pinHash) || NO_PIN_HASH;
    const right = await this.#compute(() => vault.checkPin(pin, hash));
    // Another panel may have blocked the number while this PIN was computed.
    const now = person === null ? null : store.people.get(person.id);
    if (usable && right && now !== null && now.pinMisses < PIN_MISSES_MAX)
      return this.#welcome(now, cause);
    this.#refuse(now, cause);
    return { kind: 'wrong' };
  }

  /** Lets a blocked staff number try again; false when there is no such person (R13a). */
  unblock(personId: string, by: string): boolean {
    const { store, recorder } = this.#parts;
    const person = store.people.get(personId);
    if (person === null) return false;
    store.transaction(() => {
      store.people.put({ ...person, pinMisses: 0 });
      recorder.record({ t: 'staff.unblocked', data: { person: person.id, by } });
    });
    return true;
  }

  /** The same by the number itself, as a technician types it. */
  unblockNumber(staff: string, by: string): boolean {
    const { store, vault } = this.#parts;
    const person = store.people.byStaff(vault.digest('staff', staff));
    return person !== null && this.unblock(person.id, by);
  }

  async #compute<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
    }
  }

  #welcome(person: PersonRecord, cause: string | null): SignInAnswer {
    const { store, recorder } = this.#parts;
    store.transaction(() => {
      if (person.pinMisses > 0) store.people.put({ ...person, pinMisses: 0 });
      recorder.record({ t: 'staff.signed_in', cause, data: { person: person.id } });
    });
    return { kind: 'welcome', person };
  }

  #refuse(person: PersonRecord | null, cause: string | null): void {
    const { store, budgets, recorder } = this.#parts;
    store.transaction(() => {
      budgets.take('staff', STAFF_BUDGET);
      const pinMisses = Math.min(PIN_MISSES_MAX, (person?.pinMisses ?? 0) + 1);
      if (person !== null) store.people.put({ ...person, pinMisses });
      const blocked = person !== null && person.pinMisses >= PIN_MISSES_MAX;
      const refusal = person === null ? 'UNKNOWN_STAFF' : blocked ? 'STAFF_BLOCKED' : 'WRONG_PIN';
      const isBlocked = pinMisses >= PIN_MISSES_MAX;
      const data = { refusal, blocked: isBlocked, person: person?.id ?? null };
      recorder.recordFew({ t: 'entry.refused', cause, data });
    });
  }
}

/** A hash that no PIN has: salt and key of zeros. */
const NO_PIN_HASH = `${'0'.repeat(32)}:${'0'.repeat(64)}`;
