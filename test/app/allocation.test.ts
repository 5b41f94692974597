import { expect, it } from 'vitest';
import { Bench } from './bench-kiosk.ts';

const SLOTS = 15;
const DEPOSITS = 2_000;

it('M12 R1 many deposits at once get one slot each, and no more than there are', async () => {
  const bench = new Bench().start();
  const courier = await bench.courier();
  const parcels = Array.from({ length: DEPOSITS }, (_, index) =>
    bench.announce(undefined, 'S', `AC${10_000 + index}`),
  );
  const starts = await Promise.all(
    parcels.map(async ({ id }) => {
      const brought = { kind: 'announced', parcel: id } as const;
      return bench.app.deposit.begin(bench.app.sessions.begin(), courier, brought);
    }),
  );
  const given = starts.flatMap((start) => (start.kind === 'opening' ? [start.drop.slot] : []));
  expect(given).toHaveLength(SLOTS);
  expect(new Set(given).size).toBe(SLOTS);
  expect(starts.filter((start) => start.kind === 'full')).toHaveLength(parcels.length - SLOTS);
  const doors = given.map((slot) => bench.kiosk.door(slot));
  bench.until('every door is open', () => doors.every((door) => door.isOpen));
  expect(bench.pulses()).toBe(SLOTS);
  expect(bench.rows('site.full')).toHaveLength(parcels.length - SLOTS);
});

it('I3 one parcel at two panels gets one slot', async () => {
  const bench = new Bench().start();
  const courier = await bench.courier();
  const { id } = bench.announce();
  const begin = () =>
    bench.app.deposit.begin(bench.app.sessions.begin(), courier, { kind: 'announced', parcel: id });
  expect(begin().kind).toBe('opening');
  expect(begin()).toMatchObject({ kind: 'not_now', why: 'busy' });
  expect(bench.app.supervisor.all().filter((slot) => slot.parcel === id)).toHaveLength(1);
});

it('R3 a parcel that was cancelled or is stored is not dropped once more', async () => {
  const bench = new Bench().start();
  const courier = await bench.courier();
  const stored = bench.drop(courier).parcel;
  const cancelled = bench.announce(undefined, 'S', 'AC0055555').id;
  bench.app.cancel.byOperator(cancelled);
  for (const parcel of [stored, cancelled]) {
    const before = bench.parcel(parcel);
    const brought = { kind: 'announced', parcel } as const;
    const start = bench.app.deposit.begin(bench.app.sessions.begin(), courier, brought);
    expect(start).toMatchObject({ kind: 'not_now', why: 'busy' });
    expect(bench.parcel(parcel)).toEqual(before);
  }
});

it('R1 R2 R8 slots out of service or in quarantine are never given away', async () => {
  const bench = new Bench().start();
  const courier = await bench.courier();
  const { supervisor } = bench.app;
  const [blocked, forced, open, ...free] = supervisor.all().map((slot) => slot.id);
  supervisor.send(blocked ?? '', { type: 'BLOCK' });
  bench.kiosk.door(forced ?? '').force();
  bench.kiosk.door(forced ?? '').push();
  bench.kiosk.door(open ?? '').force();
  bench.wait(2_000);
  const given = free.map((_, index) => {
    const parcel = bench.announce(undefined, 'S', `AC${20_000 + index}`);
    return bench.beginDrop(courier, parcel.id).slot;
  });
  expect(given.sort()).toEqual(free.sort());
  const last = bench.announce(undefined, 'S', 'AC0099999').id;
  expect(() => bench.beginDrop(courier, last)).toThrow('full');
  for (const slot of [blocked, forced, open]) expect(bench.slot(slot ?? '').parcel).toBeNull();
});
