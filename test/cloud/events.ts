import { expect } from 'vitest';
import type { CloudBench } from './cloud-bench.ts';

/** That many events, as a busy kiosk writes them. */
export function write(bench: CloudBench, count: number): void {
  const { store } = bench.app;
  const [row] = store.journal.tail(1);
  if (row === undefined) throw new Error('an empty journal');
  const { seq, ...blank } = row;
  store.transaction(() => {
    for (let index = 0; index < count; index += 1) {
      const id = `0190b3f1-7c2e-7a44-8b1d-${String(seq + index).padStart(12, '0')}`;
      store.journal.append({ ...blank, id, t: 'board.health', data: { index } });
    }
  });
}

/** Every event of the journal, in order, each once. */
export function expectWhole(bench: CloudBench): void {
  const { events } = bench.view;
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.map(({ id }) => id)).toEqual(bench.journal().map(({ id }) => id));
}
