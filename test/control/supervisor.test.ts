import { expect, it } from 'vitest';
import { Bench } from '../app/bench-kiosk.ts';

it('R17 a transaction of several events that fails leaves every slot as it was', () => {
  const bench = new Bench().start();
  const { supervisor, store } = bench.app;
  const seen: string[] = [];
  supervisor.watch(({ id }) => seen.push(id));
  const [first, second] = supervisor.all();
  const rows = bench.journal().length;
  const blocks = (): void => {
    for (const slot of [first, second]) supervisor.send(slot?.id ?? '', { type: 'BLOCK' });
  };
  expect(() =>
    supervisor.together(() => {
      blocks();
      throw new Error('the disk is full');
    }),
  ).toThrow('the disk is full');
  expect(supervisor.all().slice(0, 2)).toEqual([first, second]);
  expect(store.slots.all().find(({ id }) => id === first?.id)?.bar ?? null).toBeNull();
  expect(seen).toEqual([]);
  expect(bench.journal()).toHaveLength(rows);
  supervisor.together(() => {
    blocks();
    expect(seen, 'before the commit').toEqual([]);
  });
  expect(seen).toEqual([first?.id, second?.id]);
  expect(store.slots.all().find(({ id }) => id === first?.id)?.bar?.reason).toBe('blocked');
});
