import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';

const DAY_MS = 86_400_000;

describe('the clock of the machine', () => {
  afterEach(() => vi.useRealTimers());

  it('tells whole milliseconds; monotonic time does not go back', () => {
    const clock = systemClock();
    let before = clock.monoMs();
    for (let round = 0; round < 10_000; round += 1) {
      const now = clock.monoMs();
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
    expect(Number.isInteger(before)).toBe(true);
    expect(Number.isInteger(clock.wallMs())).toBe(true);
  });

  it.each([false, true])('never fires early by its own clock, fine: %s', async (isFine) => {
    const clock = systemClock();
    const early = await Promise.all(
      Array.from({ length: 200 }, (_, delayMs) => {
        const dueMs = clock.monoMs() + delayMs / 2;
        return new Promise<boolean>((resolve) => {
          clock.after('test', delayMs / 2, () => resolve(clock.monoMs() < dueMs), isFine);
        });
      }),
    );
    expect(early).not.toContain(true);
  });

  it('fires once, later than the call, and not when cancelled', () => {
    vi.useFakeTimers();
    const clock = systemClock();
    const fired: string[] = [];
    clock.after('now', 0, () => fired.push('now'));
    clock.after('never', 5, () => fired.push('never')).cancel();
    const late = clock.after('late', 7, () => fired.push('late'));
    expect(fired).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(fired).toEqual(['now', 'late']);
    late.cancel();
  });

  it('waits out delays that Node cannot take in one piece', () => {
    vi.useFakeTimers();
    const fired = vi.fn();
    const timer = systemClock().after('far', 60 * DAY_MS, fired);
    vi.advanceTimersByTime(59 * DAY_MS);
    expect(fired).not.toHaveBeenCalled();
    vi.advanceTimersByTime(DAY_MS);
    expect(fired).toHaveBeenCalledTimes(1);
    const other = systemClock().after('far', 60 * DAY_MS, fired);
    vi.advanceTimersByTime(30 * DAY_MS);
    other.cancel();
    vi.advanceTimersByTime(60 * DAY_MS);
    expect(fired).toHaveBeenCalledTimes(1);
    timer.cancel();
  });

  it('lets out what a timer throws, with the name of the timer', () => {
    vi.useFakeTimers();
    systemClock().after('holds', 5, () => {
      throw new RangeError('no such slot');
    });
    expect(() => vi.advanceTimersByTime(5)).toThrow(
      expect.objectContaining({ name: 'TimerError', message: expect.stringContaining('"holds"') }),
    );
  });
});
