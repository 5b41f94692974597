import { type PersonRecord, TOTP_BUDGET } from '../domain/person.ts';
import type { Budgets } from './budgets.ts';
import type { Hatch, Totp, TrustedClock, Vault } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';

/** What technicians and admins have to show besides their PIN (R13a). */
type ProofNeeded =
  /** The hatch stands open: they have its key. */
  | { readonly kind: 'proven' }
  | { readonly kind: 'totp' }
  /** Nothing can be shown here but the open hatch: no app, or nobody knows the time (R25). */
  | { readonly kind: 'hatch'; readonly why: 'no_totp' | 'unsynced' }
  | { readonly kind: 'wait'; readonly waitMs: number };

interface Parts {
  readonly store: Store;
  readonly vault: Vault;
  readonly totp: Totp;
  readonly budgets: Budgets;
  readonly hatch: Hatch;
  readonly clock: TrustedClock;
  readonly recorder: Recorder;
}

/** The hatch contact or a number of their app: without one no technician's work at the keypad. */
export class StaffProof {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  needed(person: PersonRecord): ProofNeeded {
    const { hatch, budgets, store, recorder } = this.#parts;
    if (hatch.isOpen()) {
      const data = { person: person.id, by: 'hatch' };
      store.transaction(() => recorder.record({ t: 'staff.proven', data }));
      return { kind: 'proven' };
    }
    if (person.totp === null) return { kind: 'hatch', why: 'no_totp' };
    if (!this.#isTimeKnown()) return { kind: 'hatch', why: 'unsynced' };
    const waitMs = budgets.waitMs(budgetOf(person), TOTP_BUDGET);
    return waitMs > 0 ? { kind: 'wait', waitMs } : { kind: 'totp' };
  }

  /**
   * Whether this is a number of the person's app for now, and a later one than any before it; what
   * is spoilt or spent by it is committed before the answer.
   */
  check(personId: string, token: string): boolean {
    const { store, budgets, recorder } = this.#parts;
    const person = store.people.get(personId);
    if (person === null || this.needed(person).kind !== 'totp') return false;
    const step = this.#stepOf(person, token);
    const right = step !== null && step > (person.totp?.lastStep ?? 0);
    store.transaction(() => {
      if (right && person.totp !== null) {
        store.people.put({ ...person, totp: { ...person.totp, lastStep: step } });
        recorder.record({ t: 'staff.proven', data: { person: person.id, by: 'totp' } });
        return;
      }
      budgets.take(budgetOf(person), TOTP_BUDGET);
      const refusal = step === null ? 'WRONG_TOTP' : 'SPENT_TOTP';
      recorder.record({ t: 'entry.refused', data: { refusal, person: person.id } });
    });
    return right;
  }

  #stepOf({ totp }: PersonRecord, token: string): number | null {
    const { vault, clock } = this.#parts;
    if (totp === null) return null;
    return this.#parts.totp.stepOf(vault.unseal(totp.sealed), token, clock.wallMs());
  }

  #isTimeKnown(): boolean {
    return this.#parts.clock.trust().state !== 'unsynced';
  }
}

const budgetOf = (person: PersonRecord): string => `totp:${person.id}`;
