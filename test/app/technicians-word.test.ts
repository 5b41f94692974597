import { describe, expect, it } from 'vitest';
import { isAllocatable } from '../../src/domain/slot.ts';
import { ANNA, Bench, HOUR_MS, siteConfig } from './bench-kiosk.ts';
import { Technician } from './upkeep-bench.ts';

const SLOT = 'LOCK1/1';

async function atWork() {
  const bench = new Bench({ config: siteConfig({ idlePollMs: 1_000 }) }).start();
  const { staff } = await Technician.of(bench);
  const answer = await bench.app.signIn.check(staff, '271828');
  if (answer.kind !== 'welcome') throw new Error(answer.kind);
  const { person } = answer;
  const found = (slot: string, word: 'empty' | 'full' | 'other') =>
    bench.app.upkeep.found(person, bench.slot(slot), word);
  return { bench, person, found };
}

describe('R1 something else than is booked', () => {
  it('takes a free slot out of use, though nobody opened it through the kiosk', async () => {
    const { bench, found } = await atWork();
    expect(found(SLOT, 'other')).toBe(true);
    expect(isAllocatable(bench.slot(SLOT))).toBe(false);
    expect(bench.drop(await bench.courier()).slot).not.toBe(SLOT);
  });

  it('is not forgotten when a block is lifted', async () => {
    const { bench, person, found } = await atWork();
    bench.app.upkeep.block(person, SLOT, 'repair');
    found(SLOT, 'other');
    bench.app.upkeep.unblock(person, SLOT);
    expect(isAllocatable(bench.slot(SLOT))).toBe(false);
    expect(found(SLOT, 'empty')).toBe(true);
    expect(isAllocatable(bench.slot(SLOT))).toBe(true);
  });

  it('R2a leaves the parcel that is booked there bound, and its code valid', async () => {
    const { bench, found } = await atWork();
    const { slot, parcel } = bench.drop(await bench.courier());
    found(slot, 'other');
    expect(bench.slot(slot)).toMatchObject({ state: 'quarantined', parcel, content: 'unknown' });
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
  });

  it('R3a is not said of a slot where somebody is being served', async () => {
    const { bench, found } = await atWork();
    const { slot } = bench.beginDrop(await bench.courier(), bench.announce().id);
    bench.untilState(slot, 'open');
    expect(found(slot, 'other')).toBe(false);
  });
});

describe('a parcel that a technician says is gone', () => {
  it('R5 I4 has a custody that nobody knows, once, and was recalled by nobody', async () => {
    const { bench, found } = await atWork();
    const { slot, parcel } = bench.drop(await bench.courier());
    found(slot, 'other');
    expect(found(slot, 'empty')).toBe(true);
    expect(bench.parcel(parcel)).toMatchObject({ custody: 'unknown', slot: null });
    expect(bench.rows('parcel.recalled')).toEqual([]);
    expect(bench.rows('parcel.missing')).toMatchObject([{ parcel, data: { grade: 'asserted' } }]);
    expect(isAllocatable(bench.slot(slot))).toBe(true);
  });

  it('R19 is held no more: no hour of it stands in the ledger of outages', async () => {
    const { bench, found } = await atWork();
    const { slot, parcel } = bench.drop(await bench.courier());
    found(slot, 'other');
    found(slot, 'empty');
    const { hold } = bench.parcel(parcel);
    bench.wait(HOUR_MS);
    expect(bench.parcel(parcel).hold).toEqual(hold);
    expect(bench.app.store.parcels.stored()).toEqual([]);
  });
});

describe('R2a a technician who is gone after the first pulse', () => {
  it('leaves the slot as it was: its code still opens', async () => {
    const { bench, person } = await atWork();
    const { slot, parcel } = bench.drop(await bench.courier(), bench.announce(ANNA).id);
    const sent = bench.numbers();
    bench.kiosk.door(slot).jam();
    const session = bench.app.sessions.begin();
    const before = bench.pulses();
    bench.app.upkeep.open(session, person, slot, 'inspection');
    bench.until('the lock was pulsed', () => bench.pulses() > before);
    bench.app.sessions.end(session);
    bench.wait(60_000);
    expect(bench.pulses()).toBe(before + 1);
    expect(bench.slot(slot)).toMatchObject({ parcel, bar: null, state: 'occupied' });
    expect(bench.collect(sent).kind).toBe('opening');
  });
});
