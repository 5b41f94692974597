import { describe, expect, it } from 'vitest';
import { isAllocatable } from '../../src/domain/slot.ts';
import { Bench, MINUTE_MS, siteConfig } from './bench-kiosk.ts';

/** A parcel whose recipient has opened the door and shut it again; the grace runs. */
async function visited(takes: boolean, occupancy = false) {
  const bench = new Bench({ config: siteConfig({ occupancy }) }).start();
  const courier = await bench.courier();
  const drop = bench.drop(courier);
  const sent = bench.numbers();
  const session = bench.app.sessions.begin();
  bench.collect(sent, session);
  if (takes) bench.takes(drop.slot);
  else bench.hands.closes(bench.kiosk.door(drop.slot), 4_000);
  bench.untilState(drop.slot, 'grace');
  return { ...drop, bench, courier, sent, session };
}

describe('a recipient leaves the parcel where it is', () => {
  it('M5 R3 it is cancelled when the visit is over, held for its courier, not free', async () => {
    const { bench, courier, session, parcel, slot, sent } = await visited(false);
    bench.app.aftermath.refuse(session, parcel);
    expect(bench.parcel(parcel)).toMatchObject({ status: 'stored', said: 'refused' });
    bench.app.sessions.end(session);
    bench.untilState(slot, 'quarantined');
    expect(bench.parcel(parcel)).toMatchObject({ status: 'cancelled', slot });
    expect(isAllocatable(bench.slot(slot))).toBe(false);
    expect(bench.collect(sent)).toMatchObject({ kind: 'told', status: 'cancelled' });
    expect(bench.app.recall.list(courier).map(({ id }) => id)).toEqual([parcel]);
    expect(bench.kiosk.phone.at(-1)?.text).toContain('was cancelled');
  });

  it('R12 who opens again within the grace and takes it has collected it', async () => {
    const { bench, session, parcel, slot } = await visited(false);
    bench.app.aftermath.refuse(session, parcel);
    bench.app.openSlot.again(slot, session);
    bench.takes(slot);
    bench.untilState(slot, 'open');
    bench.untilState(slot, 'grace');
    bench.app.aftermath.took(parcel);
    bench.until('it has left', () => bench.parcel(parcel).status === 'retrieved');
    expect(bench.rows('parcel.cancelled')).toEqual([]);
  });

  it('R1 who opens again within the grace, and says nothing, has not taken it', async () => {
    const { bench, courier, session, parcel, slot } = await visited(false);
    bench.app.aftermath.refuse(session, parcel);
    bench.app.openSlot.again(slot, session);
    bench.untilState(slot, 'open');
    bench.hands.closes(bench.kiosk.door(slot), 4_000);
    bench.untilState(slot, 'grace');
    bench.app.sessions.end(session);
    bench.untilState(slot, 'quarantined');
    expect(bench.rows('parcel.retrieved')).toEqual([]);
    expect(isAllocatable(bench.slot(slot))).toBe(false);
    expect(bench.app.recall.list(courier).map(({ id }) => id)).toEqual([parcel]);
  });

  it('M5 R1 a sensor that sees the refused parcel ends in a cancel as well', async () => {
    const { bench, session, parcel, slot } = await visited(false, true);
    bench.app.aftermath.refuse(session, parcel);
    bench.untilState(slot, 'quarantined');
    expect(bench.parcel(parcel)).toMatchObject({ status: 'cancelled', slot });
  });

  it('R1 a sensor that sees it gone needs no word', async () => {
    const { bench, session, parcel, slot } = await visited(false, true);
    bench.app.aftermath.refuse(session, parcel);
    bench.app.openSlot.again(slot, session);
    bench.takes(slot);
    bench.untilState(slot, 'open');
    bench.until('it has left', () => bench.parcel(parcel).status === 'retrieved');
    expect(bench.rows('parcel.retrieved')[0]?.data).toMatchObject({ grade: 'sensed' });
  });

  it('R2 a cut in between leaves the parcel stored, and its code good', async () => {
    const { bench, session, parcel, sent } = await visited(false);
    bench.app.aftermath.refuse(session, parcel);
    bench.restart();
    bench.wait(2 * MINUTE_MS);
    expect(['stored', 'cancelled']).toContain(bench.parcel(parcel).status);
    expect(['opening', 'told']).toContain(bench.collect(sent).kind);
  });
});

describe('a recipient says that the parcel was not there', () => {
  it('R29 B8 it is on record as their word, and no message says collected', async () => {
    const { bench, session, parcel } = await visited(true);
    const messages = bench.kiosk.phone.length;
    bench.app.aftermath.missing(session, parcel);
    bench.until('it is settled', () => bench.parcel(parcel).status === 'retrieved');
    expect(bench.parcel(parcel)).toMatchObject({ custody: 'unknown', said: 'missing' });
    expect(bench.rows('parcel.missing')).toMatchObject([{ parcel, data: { grade: 'asserted' } }]);
    expect(bench.kiosk.phone).toHaveLength(messages);
  });

  it('R29 also later, with both numbers of a parcel that counts as collected', async () => {
    const { bench, parcel, sent } = await visited(true);
    bench.until('it has left', () => bench.parcel(parcel).status === 'retrieved');
    const session = bench.app.sessions.begin();
    const told = bench.collect(sent, session);
    expect(told).toMatchObject({ kind: 'told', status: 'retrieved', parcel });
    bench.app.aftermath.missing(session, parcel);
    expect(bench.parcel(parcel)).toMatchObject({ custody: 'unknown', said: 'missing' });
  });
});
