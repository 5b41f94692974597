import { type BudgetRule, RECIPIENT_BUDGET } from '../domain/budget.ts';
import { checkDigit, isWellFormed, randomDigits } from '../domain/code.ts';
import { type CodePolicy, phoneTail } from '../domain/code-policy.ts';
import { type ParcelRecord, SECOND_MISSES_MAX } from '../domain/parcel.ts';
import type { Budgets } from './budgets.ts';
import type { Random, Vault } from './ports.ts';
import type { Recorder } from './recorder.ts';
import type { Store } from './store-port.ts';

/** What the keypad asks for: lengths without the check digit of the code. */
export interface NumberRules {
  readonly codes: CodePolicy;
  readonly codeDigits: number;
  readonly secondDigits: number;
}

interface Minted {
  readonly code: string;
  readonly second: string;
  readonly codeHash: string;
  readonly secondHash: string;
}

/** What an entry of both numbers is worth. `malformed` and `repeated` cost nothing (R13). */
type Judgement =
  | { readonly kind: 'right'; readonly parcel: ParcelRecord; readonly settle: Settle }
  | { readonly kind: 'wrong'; readonly repeated: boolean }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'wait'; readonly waitMs: number };

/** Books a right entry, and to which other parcels it entitles the session. */
type Settle = (others?: readonly string[]) => void;

/** Why an entry was refused: for the journal only, never for a screen (R14, M21). */
type Refusal = 'UNKNOWN_CODE' | 'WRONG_SECOND' | 'SECOND_LOCKED';

interface Parts {
  readonly rules: NumberRules;
  readonly store: Store;
  readonly vault: Vault;
  readonly random: Random;
  readonly budgets: Budgets;
  readonly recorder: Recorder;
}

/** The pickup code and the second number: made here, judged here, never kept in the clear (M7). */
export class Numbers {
  readonly rules: NumberRules;
  readonly #parts: Parts;
  readonly #lastRefused = new Map<string, string>();
  readonly #whenRefused: (() => void)[] = [];

  constructor(parts: Parts) {
    this.rules = parts.rules;
    this.#parts = parts;
  }

  /** New numbers; in place of a second one of its own `code+phone` takes the end of the phone. */
  mint(policy: CodePolicy, phone: string | null): Minted {
    const { random, vault, store, rules } = this.#parts;
    for (;;) {
      const digits = randomDigits(rules.codeDigits, (max) => random.int(max));
      const code = digits + checkDigit(digits);
      const codeHash = vault.digest('code', code);
      const { byCode, byNextCode } = store.parcels;
      if (byCode(codeHash) !== null || byNextCode(codeHash) !== null) continue;
      const second =
        policy === 'code+phone'
          ? phoneTail(phone ?? '')
          : randomDigits(rules.secondDigits, (max) => random.int(max));
      return { code, second, codeHash, secondHash: vault.digest('second', second) };
    }
  }

  /**
   * Judges both numbers together. A wrong entry is committed against the budget before this
   * returns. A right one costs nothing; its `settle` belongs into the caller's transaction.
   */
  judge(session: string, code: string, second: string): Judgement {
    const { rules } = this.#parts;
    if (!isWellFormed(code, rules.codeDigits) || second.length !== rules.secondDigits) {
      return { kind: 'malformed' };
    }
    const entry = `${code} ${second}`;
    if (this.#lastRefused.get(session) === entry) return { kind: 'wrong', repeated: true };
    const waitMs = this.waitMs();
    if (waitMs > 0) {
      this.#record(session, 'MUST_WAIT', null);
      return { kind: 'wait', waitMs };
    }
    const found = this.#find(code, second);
    if ('parcel' in found) {
      const { parcel } = found;
      return { kind: 'right', parcel, settle: (others) => this.#settle(session, parcel, others) };
    }
    this.#refuse(session, found.refusal, found.of);
    this.#lastRefused.set(session, entry);
    for (const listener of this.#whenRefused) listener();
    return { kind: 'wrong', repeated: false };
  }

  /** Calls the listener after each wrong entry that drew on the budget. */
  whenRefused(listener: () => void): void {
    this.#whenRefused.push(listener);
  }

  /**
   * Judges the second number after a grant stood for the code. The kiosk's budget has no part in
   * it (R13): a parcel takes five wrong ones, and then one try an hour.
   */
  judgeSecond(session: string, parcelId: string, second: string): Judgement {
    if (second.length !== this.rules.secondDigits) return { kind: 'malformed' };
    const parcel = this.#parts.store.parcels.get(parcelId);
    const secondHash = this.#parts.vault.digest('second', second);
    const refusal = parcel === null ? 'UNKNOWN_CODE' : this.#wrongSecond(parcel, secondHash);
    if (parcel === null || refusal !== null) {
      this.#refuse(session, refusal ?? 'UNKNOWN_CODE', parcel, false);
      return { kind: 'wrong', repeated: false };
    }
    return { kind: 'right', parcel, settle: () => this.#settle(session, parcel) };
  }

  /** How long nobody can enter numbers here; 0 when they can. */
  waitMs(): number {
    return this.#parts.budgets.waitMs('recipients', RECIPIENT_BUDGET);
  }

  forget(session: string): void {
    this.#lastRefused.delete(session);
  }

  #find(code: string, second: string): Found {
    const { store, vault } = this.#parts;
    const secondHash = vault.digest('second', second);
    const parcel = store.parcels.byCode(vault.digest('code', code));
    if (parcel === null) return { refusal: 'UNKNOWN_CODE', of: null };
    const refusal = this.#wrongSecond(parcel, secondHash);
    return refusal === null ? { parcel } : { refusal, of: parcel };
  }

  #wrongSecond(parcel: ParcelRecord, secondHash: string): Refusal | null {
    const { budgets } = this.#parts;
    const locked = parcel.secondMisses >= SECOND_MISSES_MAX;
    if (locked && budgets.waitMs(lockName(parcel), LOCKED_SECOND) > 0) return 'SECOND_LOCKED';
    return parcel.secondHash === secondHash ? null : 'WRONG_SECOND';
  }

  #settle(session: string, parcel: ParcelRecord, others: readonly string[] = []): void {
    const { store, recorder } = this.#parts;
    if (parcel.secondMisses > 0) store.parcels.put({ ...parcel, secondMisses: 0 });
    recorder.record({
      t: 'entry.accepted',
      parcel: parcel.id,
      cause: `session:${session}`,
      data: { others },
    });
  }

  #refuse(session: string, refusal: Refusal, parcel: ParcelRecord | null, paid = true): void {
    const { store, budgets } = this.#parts;
    store.transaction(() => {
      if (paid) budgets.take('recipients', RECIPIENT_BUDGET);
      if (parcel !== null && refusal === 'WRONG_SECOND') {
        if (parcel.secondMisses >= SECOND_MISSES_MAX) {
          budgets.take(lockName(parcel), LOCKED_SECOND);
        }
        store.parcels.put({ ...parcel, secondMisses: parcel.secondMisses + 1 });
      }
      this.#record(session, refusal, parcel);
    });
  }

  #record(session: string, refusal: Refusal | 'MUST_WAIT', parcel: ParcelRecord | null): void {
    const { store, recorder } = this.#parts;
    const cause = `session:${session}`;
    const row = { t: 'entry.refused', parcel: parcel?.id ?? null, cause, data: { refusal } };
    store.transaction(() => recorder.recordFew(row));
  }
}

type Found =
  | { readonly parcel: ParcelRecord }
  | { readonly refusal: Refusal; readonly of: ParcelRecord | null };

const LOCKED_SECOND: BudgetRule = { burst: 1, refillMs: 3_600_000 };
const lockName = (parcel: ParcelRecord): string => `second:${parcel.id}`;
