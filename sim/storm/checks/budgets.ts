import type { JournalRow } from '../../../src/control/store-port.ts';
import {
  type BudgetRule,
  RECIPIENT_BUDGET,
  REMOTE_BUDGET,
  STAFF_BUDGET,
} from '../../../src/domain/budget.ts';
import type { Commit } from '../store-tap.ts';
import type { Fail } from './fail.ts';

/** After so many wrong second numbers in a row a parcel takes one try an hour (R13). */
const SECOND_MISSES_MAX = 5;
/** Nothing was looked at: it is too soon, or there is no way to send anything. */
const NOT_JUDGED: ReadonlySet<string> = new Set(['MUST_WAIT', 'CANNOT_SEND']);
const SECOND = 'second:';
const LOCKED_SECOND: BudgetRule = { burst: 1, refillMs: 3_600_000 };

/** A budget as the rule has it, counted in tries; only time in which the kiosk ran refills it. */
interface Purse {
  readonly rule: BudgetRule;
  tries: number;
  ranMs: number;
}

/** I7: however it is cut, restarted and told the time, nobody gets more than R13 and R23 give. */
export class BudgetCheck {
  readonly #fail: Fail;
  readonly #monoMs: () => number;
  readonly #purses = new Map<string, Purse>();
  readonly #misses = new Map<string, number>();
  #ranMs = 0;
  #sinceMs: number | null = null;

  constructor(fail: Fail, monoMs: () => number) {
    this.#fail = fail;
    this.#monoMs = monoMs;
  }

  lifeBegan(): void {
    this.#sinceMs = this.#monoMs();
  }

  lifeEnded(): void {
    this.#ranMs = this.#ran();
    this.#sinceMs = null;
  }

  /** The database is that of a copy: every parcel has one try again, and then one an hour (R31). */
  restored(): void {
    for (const name of this.#purses.keys()) {
      if (name.startsWith(SECOND)) this.#purses.delete(name);
    }
    this.#misses.clear();
  }

  committed(commit: Commit): void {
    for (const { row } of commit.rows) {
      if (this.#isFromAfar(row)) this.#take('remote', REMOTE_BUDGET);
      if (row.t !== 'entry.refused') continue;
      const { refusal } = row.data;
      if (NOT_JUDGED.has(String(refusal))) continue;
      if (refusal === 'STAFF') this.#take('staff', STAFF_BUDGET);
      else this.#take('recipients', RECIPIENT_BUDGET);
      if (refusal === 'WRONG_SECOND' && row.parcel !== null) this.#miss(row.parcel);
    }
    for (const { id, secondMisses } of commit.parcels) {
      if (secondMisses === 0) this.#misses.delete(id);
    }
  }

  /** A door, a lockout or a stored parcel that somebody far away does something about (R23). */
  #isFromAfar({ t, slot, data }: JournalRow): boolean {
    if (t === 'intent.armed') return data.purpose === 'service' && data.pulse === 1;
    return (
      t === 'lockout.cleared' ||
      (t === 'parcel.cancelled' && data.by === 'operator' && slot !== null)
    );
  }

  #miss(parcel: string): void {
    const misses = (this.#misses.get(parcel) ?? 0) + 1;
    this.#misses.set(parcel, misses);
    if (misses > SECOND_MISSES_MAX) this.#take(SECOND + parcel, LOCKED_SECOND);
  }

  #take(name: string, rule: BudgetRule): void {
    const ranMs = this.#ran();
    const purse = this.#purses.get(name) ?? { rule, tries: rule.burst, ranMs };
    this.#purses.set(name, purse);
    purse.tries = Math.min(rule.burst, purse.tries + (ranMs - purse.ranMs) / rule.refillMs) - 1;
    purse.ranMs = ranMs;
    if (purse.tries < -1e-6) this.#fail('I7', `the budget "${name}" is overdrawn`);
  }

  #ran(): number {
    return this.#ranMs + (this.#sinceMs === null ? 0 : this.#monoMs() - this.#sinceMs);
  }
}
