import { describe, expect, it } from 'vitest';
import { isAllocatable } from '../../src/domain/slot.ts';
import { Bench, CARRIER, MINUTE_MS, PIN, siteConfig } from './bench-kiosk.ts';
import { Keys } from './keys.ts';

const TAIL = '12345';
const HANDS = { afterMs: 1_000, closesAfterMs: 1_000 } as const;

/** A courier has signed in and named the announced parcel; the door is open. */
async function opened(occupancy = false) {
  const bench = new Bench({ config: siteConfig({ occupancy }) }).start();
  const parcel = bench.announce().id;
  const staff = await bench.app.people.addCourier(CARRIER, PIN);
  const keys = await new Keys(bench).signIn(staff);
  keys.type(`1 ${TAIL} 1`);
  const slot = bench.parcel(parcel).slot ?? '';
  bench.untilState(slot, 'open');
  return { bench, keys, parcel, slot, door: bench.kiosk.door(slot) };
}

describe('a drop by keys', () => {
  it('R16a R15a without a sensor "left it?" is asked, and yes makes it a delivery', async () => {
    const { bench, keys, parcel, slot, door } = await opened();
    bench.hands.dropsParcel(door, parcel, HANDS);
    keys.shows('Left it in compartment 1?');
    expect(bench.parcel(parcel).status).toBe('pending');
    keys.type('1');
    keys.shows('Done.');
    expect(bench.parcel(parcel)).toMatchObject({ status: 'stored', slot });
    expect(bench.rows('parcel.stored')).toMatchObject([{ data: { grade: 'asserted' } }]);
  });

  it('R16a no key for 20 s: custody commits as inferred, and the recipient is told', async () => {
    const { bench, keys, parcel, slot, door } = await opened();
    bench.hands.dropsParcel(door, parcel, HANDS);
    bench.untilState(slot, 'drop_unconfirmed');
    const asked = bench.clock.monoMs();
    keys.shows('Done.');
    expect(bench.clock.monoMs() - asked).toBeGreaterThanOrEqual(20_000);
    expect(bench.clock.monoMs() - asked).toBeLessThan(20_100);
    expect(bench.rows('parcel.stored')).toMatchObject([{ parcel, data: { grade: 'inferred' } }]);
    expect(bench.kiosk.phone).toHaveLength(1);
  });

  it('R16a with a sensor a full slot is a delivery at once, sensed', async () => {
    const { bench, keys, parcel, door } = await opened(true);
    bench.hands.dropsParcel(door, parcel, HANDS);
    keys.shows('Done.');
    expect(bench.rows('parcel.stored')).toMatchObject([{ parcel, data: { grade: 'sensed' } }]);
  });

  it('R16a with a sensor an empty slot is never a delivery by silence', async () => {
    const { bench, keys, parcel, slot, door } = await opened(true);
    door.push();
    keys.shows('The sensor sees nothing inside.');
    bench.wait(MINUTE_MS);
    expect(bench.parcel(parcel).status).toBe('pending');
    expect(isAllocatable(bench.slot(slot))).toBe(false);
    expect(bench.kiosk.phone).toEqual([]);
  });

  it('R16a "changed my mind", and it is empty: the slot is free again', async () => {
    const { bench, keys, parcel, slot, door } = await opened();
    keys.type('4');
    door.push();
    keys.shows('Is compartment 1 empty?');
    keys.type('1');
    keys.shows('Nothing is stored.');
    expect(bench.slot(slot)).toMatchObject({ state: 'available', parcel: null });
    expect(bench.parcel(parcel)).toMatchObject({ status: 'pending', slot: null });
  });

  it('R18 R10a a door that stays open: no delivery, and the slot is not given away', async () => {
    const { bench, keys, parcel, slot, door } = await opened();
    door.putIn(parcel);
    keys.shows('stays open');
    expect(bench.parcel(parcel)).toMatchObject({ status: 'pending', custody: 'unknown' });
    const alarm = bench.rows('parcel.not_stored');
    expect(alarm).toMatchObject([{ parcel, slot }]);
    door.push();
    bench.wait(10 * MINUTE_MS);
    expect(isAllocatable(bench.slot(slot))).toBe(false);
    bench.restart();
    expect(isAllocatable(bench.slot(slot))).toBe(false);
  });

  it('R10a the alarm of a drop that was given up names courier and parcel', async () => {
    const { bench, keys, parcel } = await opened();
    keys.shows('stays open');
    const [alarm] = bench.rows('parcel.not_stored');
    const intent = bench.app.store.intents.get((alarm?.cause ?? '').replace('intent:', ''));
    expect(intent).toMatchObject({ parcel, purpose: 'drop' });
    expect(intent?.authority).toMatch(/^courier:/);
  });

  it('R17 whenever the receipt stands on the screen, the parcel is on disk', async () => {
    const { bench, keys, parcel, slot, door } = await opened();
    bench.hands.dropsParcel(door, parcel, HANDS);
    const rows = () => bench.app.store.journal.of(parcel).some((row) => row.t === 'parcel.stored');
    let early = 0;
    bench.until('the receipt is shown', () => {
      const shown = keys.text().includes('Done.');
      if (shown && !rows()) early += 1;
      return shown;
    });
    expect(early).toBe(0);
    bench.restart(10);
    expect(bench.parcel(parcel)).toMatchObject({ status: 'stored', slot });
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
  });

  it('R6 a jammed door sends the courier to another slot at once', async () => {
    const bench = new Bench().start();
    const parcel = bench.announce().id;
    const staff = await bench.app.people.addCourier(CARRIER, PIN);
    bench.kiosk.door('LOCK1/1').jam();
    const keys = await new Keys(bench).signIn(staff);
    keys.type(`1 ${TAIL} 1`);
    keys.shows('Instead of compartment 1');
    bench.until('another door is open', () => bench.kiosk.door('LOCK1/2').isOpen);
    expect(bench.slot('LOCK1/1').bar).toEqual({ kind: 'out_of_service', reason: 'jammed' });
    expect(bench.parcel(parcel).slot).toBe('LOCK1/2');
  });
});

describe('a pickup by keys', () => {
  it('R14 wrong numbers get one sentence 400 ms after the last key', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    const { code, second } = bench.numbers();
    const wrong = second === '000000' ? '000001' : '000000';
    const keys = new Keys(bench);
    keys.type(`1 ${code} ${wrong}`);
    const typed = bench.clock.monoMs() - 200;
    keys.shows('do not fit together');
    expect(bench.clock.monoMs() - typed).toBe(400);
    keys.type(`# ${code} ${second}`);
    expect(bench.slot(drop.slot).state).not.toBe('occupied');
  });

  it('R10 R12 R14 the whole way; a second use is told that it was collected', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    const { code, second } = bench.numbers();
    const keys = new Keys(bench).type(`1 ${code} ${second}`);
    bench.takes(drop.slot);
    keys.shows('is open');
    keys.shows('You can still open compartment 1 again.');
    keys.type('1');
    bench.takes(drop.slot);
    bench.untilState(drop.slot, 'open');
    bench.untilState(drop.slot, 'grace');
    keys.type('#');
    bench.untilState(drop.slot, 'available');
    keys.type(`1 ${code} ${second}`);
    keys.shows('has already been collected');
    expect(bench.pulses()).toBe(3);
  });
});
