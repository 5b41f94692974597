import { expect } from 'vitest';
import type { CloudBench } from './cloud-bench.ts';

const MINUTE_MS = 60_000;
const SOON_MS = 2_000;

/** Every event is there, and every retained picture shows what is so. */
export function expectTrue(bench: CloudBench): void {
  bench.settle(30 * MINUTE_MS);
  bench.wait(SOON_MS);
  expect(bench.view.events.map(({ id }) => id)).toEqual(bench.journal().map(({ id }) => id));
  const { slots } = JSON.parse(bench.broker.retained(bench.topics.locker('LOCK1')) ?? '{}');
  for (const { id, door, board } of bench.app.supervisor.all()) {
    const { fault, ...seen } = slots[id.slice('LOCK1/'.length)];
    expect([id, seen.door]).toEqual([id, door]);
    if (board === 'dark') expect([id, fault]).toEqual([id, expect.anything()]);
  }
  const avail = JSON.parse(bench.broker.retained(bench.topics.avail) ?? '{}');
  const free = Object.values(avail.sizes as Record<string, { free: number }>);
  const { tools } = bench.app;
  const known = Object.values(tools.status().sizes).reduce((sum, { empty }) => sum + empty, 0);
  expect(free.reduce((sum, size) => sum + size.free, 0)).toBeLessThanOrEqual(known);
  const status = JSON.parse(bench.broker.retained(bench.topics.status) ?? '{}');
  expect(status).toMatchObject({ state: 'ready', sess: bench.view.birth?.sess });
}

/** Cuts the link for so long, with doors that move meanwhile. */
export function cutFor(bench: CloudBench, cutMs: number): void {
  const [first, second, third] = ['LOCK1/1', 'LOCK1/2', 'LOCK1/3'];
  bench.settle();
  bench.broker.cut();
  bench.kiosk.door(first).force();
  bench.wait(cutMs / 3);
  bench.app.supervisor.send(second, { type: 'BLOCK' });
  bench.kiosk.door(first).push();
  bench.wait(cutMs / 3);
  bench.app.supervisor.send(second, { type: 'UNBLOCK' });
  bench.kiosk.door(third).force();
  bench.wait(cutMs / 3);
  const told = bench.view.events.length;
  bench.broker.restore();
  bench.until('it is back', () => bench.view.events.length > told, 3 * MINUTE_MS);
  expectTrue(bench);
  expect(bench.view.alerts.has('slot.LOCK1.3')).toBe(true);
  expect(bench.view.alerts.has('slot.LOCK1.2')).toBe(false);
}
