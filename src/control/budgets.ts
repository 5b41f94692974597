import {
  type BudgetRecord,
  type BudgetRule,
  KIOSK_BUDGETS,
  refill,
  untilNextMs,
} from '../domain/budget.ts';
import type { Clock } from './ports.ts';
import type { Store } from './store-port.ts';

/**
 * Budgets that guessing draws on. They refill by monotonic time only; a restart keeps what was
 * stored and gives nothing, nor does a step of the wall clock (R13, I7).
 */
export class Budgets {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #seen = new Map<string, { budget: BudgetRecord; atMono: number }>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    // They fill from the start on, not from when somebody first asks.
    for (const [name, rule] of Object.entries(KIOSK_BUDGETS)) this.#now(name, rule);
  }

  /** Uses all up. Call it inside a transaction. */
  empty(): void {
    for (const name of Object.keys(KIOSK_BUDGETS)) this.#put(name, { tokens: 0, creditMs: 0 });
  }

  /** How long until the next try; 0 when there is one now, besides those that are `underWay`. */
  waitMs(name: string, rule: BudgetRule, underWay = 0): number {
    const now = this.#now(name, rule);
    return untilNextMs(rule, { ...now, tokens: now.tokens - underWay });
  }

  /** Takes one try. Call it inside the transaction that is committed before the answer. */
  take(name: string, rule: BudgetRule): void {
    const now = this.#now(name, rule);
    this.#put(name, { ...now, tokens: Math.max(0, now.tokens - 1) });
  }

  /** Those of former parcels, which the store does not have any more. */
  forgetGone(): void {
    for (const name of this.#seen.keys()) {
      if (!(name in KIOSK_BUDGETS) && this.#store.budgets.get(name) === null) {
        this.#seen.delete(name);
      }
    }
  }

  #put(name: string, budget: BudgetRecord): void {
    this.#store.budgets.put(name, budget);
    this.#seen.set(name, { budget, atMono: this.#clock.monoMs() });
  }

  #now(name: string, rule: BudgetRule): BudgetRecord {
    const atMono = this.#clock.monoMs();
    const seen = this.#seen.get(name);
    const budget = seen
      ? refill(rule, seen.budget, atMono - seen.atMono)
      : (this.#store.budgets.get(name) ?? { tokens: rule.burst, creditMs: 0 });
    this.#seen.set(name, { budget, atMono });
    return budget;
  }
}
