import { expect, it } from 'vitest';
import { Bench } from './bench-kiosk.ts';

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
