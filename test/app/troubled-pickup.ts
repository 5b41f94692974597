import { Bench } from './bench-kiosk.ts';

/** A parcel that was collected at last: after a jammed door, and a crash while it was jammed. */
export async function troubledPickup(): Promise<{ bench: Bench; parcel: string; slot: string }> {
  const bench = new Bench().start();
  const { parcel, slot } = bench.drop(await bench.courier());
  const sent = bench.numbers();
  const door = bench.kiosk.door(slot);
  door.jam();
  bench.collect(sent);
  bench.untilState(slot, 'unseen');
  bench.restart();
  door.free();
  bench.collect(sent);
  bench.takes(slot);
  bench.until('it was taken', () => bench.parcel(parcel).status === 'retrieved');
  return { bench, parcel, slot };
}
