import { expect, it } from 'vitest';
import { ANNA, Bench, siteConfig } from './bench-kiosk.ts';

/** The demo's site with one low compartment, which is of the smallest size. */
function benchWithLow(door: number): Bench {
  const config = siteConfig();
  const lockers = config.lockers.map((locker) => ({
    ...locker,
    slots: locker.slots.map((slot) => ({ ...slot, accessible: slot.number === door })),
  }));
  return new Bench({ config: { ...config, lockers } }).start();
}

it('R27 the need is kept, applied silently, and falls back with a warning', async () => {
  const bench = benchWithLow(3);
  const courier = await bench.courier();
  const recipient = bench.app.people.addCustomer(ANNA, true);
  const announce = (label: string) => bench.announce(ANNA, 'S', label).id;
  const first = bench.drop(courier, announce('AC0010001'));
  expect(first.slot).toBe('LOCK1/3');
  expect(bench.app.store.people.get(recipient)?.needsLowSlot).toBe(true);
  expect(bench.rows('parcel.too_high')).toEqual([]);
  const second = bench.drop(courier, announce('AC0010002'));
  expect(second.slot).not.toBe('LOCK1/3');
  expect(bench.rows('parcel.too_high')).toMatchObject([
    { parcel: second.parcel, slot: second.slot },
  ]);
  const told = bench.kiosk.phone.filter(({ text }) => text.includes('No low compartment was free'));
  expect(told.map(({ text }) => text.includes(second.ref))).toEqual([true]);
});
