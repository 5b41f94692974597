import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BudgetRecord, RECIPIENT_BUDGET, refill } from '../../src/domain/budget.ts';
import { checkDigit, guessedPerYear, isWellFormed } from '../../src/domain/code.ts';
import { count, dueOf, newHold } from '../../src/domain/hold.ts';
import { tailOf } from '../../src/domain/parcel.ts';

const sixDigits = fc.stringMatching(/^\d{6}$/);

describe('codes', () => {
  it('M7 the check digit is that of the published example', () => {
    expect(checkDigit('572')).toBe('4');
  });

  it('M7 every wrong digit and every swap of unequal neighbours is found', () => {
    fc.assert(
      fc.property(sixDigits, fc.nat(6), fc.integer({ min: 1, max: 9 }), (digits, at, shift) => {
        const code = digits + checkDigit(digits);
        const wrong = [...code];
        wrong[at] = String((Number(wrong[at]) + shift) % 10);
        expect(isWellFormed(wrong.join(''), 6)).toBe(false);
        const [left = '', right = ''] = code.slice(at - 1, at + 1);
        if (at === 0 || left === right) return;
        const swapped = code.slice(0, at - 1) + right + left + code.slice(at + 1);
        expect(isWellFormed(swapped, 6)).toBe(false);
      }),
    );
  });

  it('R13 a short or lettered entry is malformed', () => {
    for (const entry of ['', '123', '12345678', 'abcdefg']) {
      expect(isWellFormed(entry, 6)).toBe(false);
    }
  });

  it('M8 twelve digits at 60 slots are guessed 5.3e-6 times a year', () => {
    expect(guessedPerYear(60, 12)).toBeCloseTo(5.256e-6, 9);
    expect(guessedPerYear(1024, 12)).toBeLessThan(1e-4);
  });
});

describe('budgets', () => {
  it('R13 30 tries at once, one more every 6 min, never more than 30', () => {
    const empty: BudgetRecord = { tokens: 0, creditMs: 0 };
    expect(refill(RECIPIENT_BUDGET, empty, 359_999).tokens).toBe(0);
    expect(refill(RECIPIENT_BUDGET, empty, 360_000).tokens).toBe(1);
    expect(refill(RECIPIENT_BUDGET, empty, 360_000 * 99)).toEqual({ tokens: 30, creditMs: 0 });
  });

  it('I7 refilling in many small steps gives what one large step gives', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500_000), { maxLength: 40 }), (steps) => {
        const start: BudgetRecord = { tokens: 3, creditMs: 0 };
        const inSteps = steps.reduce((at, ms) => refill(RECIPIENT_BUDGET, at, ms), start);
        const sum = steps.reduce((total, ms) => total + ms, 0);
        expect(inSteps).toEqual(refill(RECIPIENT_BUDGET, start, sum));
      }),
    );
  });
});

describe('holds', () => {
  const DAY_MS = 86_400_000;

  it('R19 nothing counts until somebody was told, or 24 h passed', () => {
    const untold = count(newHold(5 * DAY_MS, DAY_MS), DAY_MS - 1, false);
    expect(untold).toMatchObject({ told: false, countedMs: 0 });
    expect(count(untold, 1, false).told).toBe(true);
  });

  it('M6 reminds a day before the end and expires at the end, each once', () => {
    const told = { ...newHold(5 * DAY_MS, DAY_MS), told: true };
    expect(dueOf(count(told, 4 * DAY_MS - 1, true))).toBeNull();
    const late = count(told, 4 * DAY_MS, true);
    expect(dueOf(late)).toBe('remind');
    expect(dueOf({ ...late, reminded: true })).toBeNull();
    expect(dueOf(count({ ...late, reminded: true }, DAY_MS, true))).toBe('expire');
  });
});

describe('names', () => {
  it('R15a a parcel is named by the last five digits of its label, letters skipped', () => {
    expect(tailOf('JD0149-99A88B77C6')).toBe('88776');
    expect(tailOf('AB12'), 'as it is typed').toBe('00012');
  });
});
