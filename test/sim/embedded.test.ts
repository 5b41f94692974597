import { expect, it } from 'vitest';
import { Bench } from '../app/bench-kiosk.ts';

const CUSTODY_COMMITTED = 'parcel.stored';

it('R17 B1 a cut between commit and message: nobody is told before it runs again', async () => {
  const bench = new Bench().start();
  const courier = await bench.courier();
  let wasCut = false;
  bench.app.store.journal.onCommitted((rows) => {
    if (wasCut || !rows.some(({ t }) => t === CUSTODY_COMMITTED)) return;
    wasCut = true;
    bench.kiosk.cutPower();
  });
  const parcel = bench.announce();
  const { slot } = bench.beginDrop(courier, parcel.id);
  bench.hands.dropsParcel(bench.kiosk.door(slot), parcel.id, HANDS);
  bench.clock.runUntil(() => wasCut, 120_000);
  expect(bench.kiosk.phone).toEqual([]);
  expect(bench.kiosk.mailbox).toEqual([]);

  bench.start();
  expect(bench.parcel(parcel.id).status).toBe('stored');
  bench.until('the recipient is told', () => bench.kiosk.phone.length > 0);
  expect(bench.kiosk.phone).toHaveLength(1);
  expect(bench.kiosk.mailbox).toHaveLength(1);
});

const HANDS = { afterMs: 1_500, closesAfterMs: 1_500 } as const;
