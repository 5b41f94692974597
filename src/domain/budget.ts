/** A token budget: a burst, and one more per period of monotonic time (R13, R13a). */
export interface BudgetRule {
  readonly burst: number;
  readonly refillMs: number;
}

/** `tokens` is whole; `creditMs` is the monotonic time already served towards the next one. */
export interface BudgetRecord {
  readonly tokens: number;
  readonly creditMs: number;
}

export const RECIPIENT_BUDGET: BudgetRule = { burst: 30, refillMs: 360_000 };
export const STAFF_BUDGET: BudgetRule = { burst: 10, refillMs: 360_000 };
/** Never more than 20 in any hour: ten at once, and ten that come back in it (M16). */
export const LOST_CODE_KIOSK_BUDGET: BudgetRule = { burst: 10, refillMs: 360_000 };
/** Never more than three in any 24 hours (M16). */
export const LOST_CODE_PARCEL_BUDGET: BudgetRule = { burst: 3, refillMs: 86_400_000 };
/** Never more than 20 in any hour opened, cancelled or unlocked from afar (R23). */
export const REMOTE_BUDGET: BudgetRule = { burst: 10, refillMs: 360_000 };
/** How many commands may come at all: what is kept of them stays bounded. */
export const COMMAND_BUDGET: BudgetRule = { burst: 1_000, refillMs: 10_000 };
/** How many lists of people and documents of settings are taken: each leaves a row. */
export const CHANGE_BUDGET: BudgetRule = COMMAND_BUDGET;
/** How many couriers are named from afar: each costs the hash of a PIN, and leaves a row. */
export const COURIER_BUDGET: BudgetRule = { burst: 5_000, refillMs: 20_000 };

/** The budgets of the kiosk as a whole, by their names. */
export const KIOSK_BUDGETS: Readonly<Record<string, BudgetRule>> = {
  recipients: RECIPIENT_BUDGET,
  staff: STAFF_BUDGET,
  'lost-code': LOST_CODE_KIOSK_BUDGET,
  remote: REMOTE_BUDGET,
};

export function refill(rule: BudgetRule, budget: BudgetRecord, elapsedMs: number): BudgetRecord {
  const creditMs = budget.creditMs + elapsedMs;
  const tokens = Math.min(rule.burst, budget.tokens + Math.floor(creditMs / rule.refillMs));
  return { tokens, creditMs: tokens === rule.burst ? 0 : creditMs % rule.refillMs };
}

export function untilNextMs(rule: BudgetRule, budget: BudgetRecord): number {
  return budget.tokens > 0 ? 0 : rule.refillMs - budget.creditMs;
}
