import { expect, test } from 'vitest';
import { seededRandom } from '../../sim/random.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';

test('timers fire in time order, and in order of creation within one instant', () => {
  const clock = new VirtualClock();
  const random = seededRandom(1);
  const fired: { dueMs: number; order: number }[] = [];
  for (let order = 0; order < 2_000; order += 1) {
    const dueMs = random.int(50);
    clock.after('t', dueMs, () => fired.push({ dueMs, order }));
  }
  clock.advance(50);
  const sorted = [...fired].sort((a, b) => a.dueMs - b.dueMs || a.order - b.order);
  expect(fired).toEqual(sorted);
  expect(fired).toHaveLength(2_000);
});

test('a timer sees its own time, and timers set by timers fire in the same run', () => {
  const clock = new VirtualClock();
  const times: number[] = [];
  clock.after('first', 10, () => {
    times.push(clock.monoMs());
    clock.after('second', 5, () => times.push(clock.monoMs()));
    clock.after('too late', 100, () => times.push(clock.monoMs()));
  });
  clock.advance(20);
  expect(times).toEqual([10, 15]);
  expect(clock.monoMs()).toBe(20);
});

test('a cancelled timer does not fire, and cancelling it again or afterwards does nothing', () => {
  const clock = new VirtualClock();
  let fired = 0;
  const kept = clock.after('kept', 1, () => {
    fired += 1;
  });
  const dropped = clock.after('dropped', 1, () => {
    fired += 10;
  });
  dropped.cancel();
  dropped.cancel();
  clock.advance(1);
  kept.cancel();
  expect(fired).toBe(1);
});

test('thousands of cancelled timers leave the order of the others as it was', () => {
  const clock = new VirtualClock();
  const random = seededRandom(2);
  const fired: number[] = [];
  const due: number[] = [];
  for (let count = 0; count < 5_000; count += 1) {
    const dueMs = random.int(1_000);
    const timer = clock.after('t', dueMs, () => fired.push(dueMs));
    if (random.int(10) > 0) timer.cancel();
    else due.push(dueMs);
  }
  clock.advance(1_000);
  expect(fired).toEqual(due.sort((a, b) => a - b));
});

test('runUntil stops where the condition came true, or at its limit', () => {
  const clock = new VirtualClock();
  let done = false;
  clock.after('done', 30, () => {
    done = true;
  });
  expect(clock.runUntil(() => done, 20)).toBe(false);
  expect(clock.monoMs()).toBe(20);
  expect(clock.runUntil(() => done, 1_000)).toBe(true);
  expect(clock.monoMs()).toBe(30);
});

test('the wall clock jumps while monotonic time and timers go on', () => {
  const clock = new VirtualClock();
  const beforeMs = clock.wallMs();
  clock.advance(1_000);
  clock.jumpWall(-3_600_000);
  expect(clock.wallMs() - beforeMs).toBe(1_000 - 3_600_000);
  expect(clock.monoMs()).toBe(1_000);
});

test('moving time from inside a timer, back, or never is a mistake with a name', () => {
  const clock = new VirtualClock();
  clock.after('nested', 1, () => clock.advance(1));
  expect(() => clock.advance(1)).toThrow('inside one of its timers');
  expect(() => clock.advance(-1)).toThrow('-1 ms');
  expect(() => clock.after('odd', Number.NaN, () => undefined)).toThrow("'odd'");
  const again = (): void => {
    clock.after('busy loop', 0, again);
  };
  again();
  expect(() => clock.advance(1)).toThrow('busy loop');
});
