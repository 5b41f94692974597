import { describe, expect, it } from 'vitest';
import { isAllocatable } from '../../src/domain/slot.ts';
import { Bench, MINUTE_MS, siteConfig } from './bench-kiosk.ts';

const EMPTY = 'LOCK1/9';
/** One poll of an idle board, and its answer. */
const POLL_MS = 260;

describe('a door that opens without authority', () => {
  it('R8 on an empty slot is an alarm within one poll, and the slot is not given away', () => {
    const bench = new Bench().start();
    bench.kiosk.door(EMPTY).force();
    bench.wait(POLL_MS);
    expect(bench.rows('slot.forced')).toMatchObject([{ slot: EMPTY }]);
    expect(bench.slot(EMPTY)).toMatchObject({
      state: 'quarantined',
      content: 'unknown',
      bar: { reason: 'forced' },
    });
    bench.kiosk.door(EMPTY).push();
    bench.wait(MINUTE_MS);
    expect(isAllocatable(bench.slot(EMPTY))).toBe(false);
    bench.restart();
    expect(isAllocatable(bench.slot(EMPTY))).toBe(false);
  });

  it('R8 R2a on a full slot: the content is unknown, and the code stays valid', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    bench.kiosk.door(drop.slot).force();
    bench.wait(POLL_MS);
    bench.kiosk.door(drop.slot).push();
    bench.wait(POLL_MS);
    expect(bench.slot(drop.slot)).toMatchObject({ content: 'unknown', parcel: drop.parcel });
    expect(bench.rows('slot.forced')).toMatchObject([{ slot: drop.slot, parcel: drop.parcel }]);
    bench.restart();
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
    bench.takes(drop.slot);
    bench.until('it is fetched', () => bench.parcel(drop.parcel).status === 'retrieved');
    expect(isAllocatable(bench.slot(drop.slot))).toBe(false);
  });

  it('R8 shut again between two polls is seen by the change counter', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    bench.wait(10_000);
    for (const slot of [EMPTY, drop.slot]) {
      bench.kiosk.door(slot).force();
      bench.kiosk.door(slot).push();
    }
    bench.wait(POLL_MS);
    expect(
      bench
        .rows('slot.forced')
        .map((row) => row.slot)
        .sort(),
    ).toEqual([drop.slot, EMPTY]);
    expect(bench.slot(EMPTY)).toMatchObject({ state: 'quarantined', door: 'closed' });
    expect(bench.slot(drop.slot)).toMatchObject({ state: 'quarantined', door: 'closed' });
  });

  it('R8 shut again while the port was away is seen when it is back', () => {
    const bench = new Bench().start();
    bench.wait(10_000);
    const port = bench.kiosk.port('main');
    port.unplug();
    bench.kiosk.door(EMPTY).force();
    bench.kiosk.door(EMPTY).push();
    bench.wait(5_000);
    port.replug();
    bench.until('the board is read', () => bench.slot(EMPTY).board === 'ok');
    bench.wait(POLL_MS);
    expect(bench.rows('slot.forced')).toMatchObject([{ slot: EMPTY }]);
  });

  it('R20 that was forced while the kiosk was off is held against the record', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    bench.cut();
    bench.kiosk.door(EMPTY).force();
    bench.kiosk.door(drop.slot).force();
    bench.start();
    for (const slot of [EMPTY, drop.slot]) {
      expect(bench.slot(slot)).toMatchObject({ state: 'quarantined', content: 'unknown' });
    }
    expect(bench.parcel(drop.parcel)).toMatchObject({ status: 'stored', slot: drop.slot });
  });

  it('R20 R2 a sensor that contradicts the record after a start is believed', async () => {
    const bench = new Bench({ config: siteConfig({ occupancy: true }) }).start();
    const drop = bench.drop(await bench.courier());
    bench.cut();
    bench.kiosk.door(drop.slot).force();
    bench.kiosk.door(drop.slot).takeOut();
    bench.kiosk.door(drop.slot).push();
    bench.fill(EMPTY, 'a surprise');
    bench.start();
    for (const slot of [EMPTY, drop.slot]) expect(bench.slot(slot).state).toBe('quarantined');
  });
});

describe('a port that goes away', () => {
  it('R21 drops the unlock that waits its turn; nothing opens when it is back', async () => {
    const bench = new Bench().start();
    const courier = await bench.courier();
    const first = bench.drop(courier);
    const sent = bench.numbers();
    const session = bench.app.sessions.begin();
    const other = bench.beginDrop(courier, bench.announce(undefined, 'S', 'AC0077777').id);
    expect(bench.collect(sent, session).kind).toBe('opening');
    bench.until('the first pulse', () => bench.pulses() === 2);
    const port = bench.kiosk.port('main');
    port.unplug();
    bench.wait(2_000);
    expect(bench.slot(first.slot)).toMatchObject({ state: 'occupied', parcel: first.parcel });
    expect(bench.rows('intent.aborted')).toMatchObject([{ slot: first.slot }]);
    port.replug();
    bench.wait(MINUTE_MS);
    expect(bench.pulses()).toBe(2);
    expect(bench.kiosk.door(first.slot).isOpen).toBe(false);
    expect(isAllocatable(bench.slot(other.slot))).toBe(false);
    expect(bench.collect(sent, session).kind).toBe('opening');
    bench.untilState(first.slot, 'open');
  });

  it('R21 R6 an unlock that waits its turn is dropped when its session ends', async () => {
    const bench = new Bench().start();
    const courier = await bench.courier();
    const full = bench.drop(courier);
    const session = bench.app.sessions.begin();
    const pulses = bench.pulses();
    const other = bench.beginDrop(courier, bench.announce(undefined, 'S', 'AC0077777').id);
    expect(bench.collect(bench.numbers(), session).kind).toBe('opening');
    bench.until('the first pulse', () => bench.pulses() === pulses + 1);
    bench.app.sessions.end(session);
    bench.wait(MINUTE_MS);
    expect(bench.kiosk.door(other.slot).isOpen).toBe(true);
    expect(bench.pulses()).toBe(pulses + 1);
    expect(bench.rows('intent.aborted')).toMatchObject([{ slot: full.slot }]);
    expect(bench.slot(full.slot)).toMatchObject({ state: 'occupied', parcel: full.parcel });
  });

  it('R21 a burst that it broke off does not go on when it is back', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    bench.kiosk.door(drop.slot).jam();
    bench.collect(bench.numbers());
    bench.until('the pulse', () => bench.pulses() === 2);
    const port = bench.kiosk.port('main');
    port.unplug();
    bench.wait(4_000);
    bench.kiosk.door(drop.slot).free();
    port.replug();
    bench.wait(MINUTE_MS);
    expect(bench.pulses()).toBe(2);
    expect(bench.kiosk.door(drop.slot).isOpen).toBe(false);
  });

  it('R8 R2 right after a pulse causes no alarm about the door that it opened', async () => {
    const bench = new Bench({ baud: 9_600 }).start();
    const drop = bench.drop(await bench.courier());
    bench.collect(bench.numbers());
    const door = bench.kiosk.door(drop.slot);
    bench.until('the lock gives way', () => door.isOpen);
    const port = bench.kiosk.port('main');
    port.unplug();
    bench.wait(5_000);
    port.replug();
    bench.until('the board is read', () => bench.slot(drop.slot).board === 'ok');
    bench.wait(POLL_MS);
    expect(bench.rows('slot.forced')).toEqual([]);
    expect(bench.slot(drop.slot)).toMatchObject({ state: 'quarantined', door: 'open' });
    expect(bench.parcel(drop.parcel)).toMatchObject({ status: 'stored', slot: drop.slot });
  });

  it('R21 R2 an unlock that was on the wire is not sent again', async () => {
    const bench = new Bench({ baud: 9_600 }).start();
    const drop = bench.drop(await bench.courier());
    bench.wait(10_000);
    bench.collect(bench.numbers());
    const port = bench.kiosk.port('main');
    bench.until('an exchange has begun', () => bench.rows('intent.armed').length === 2);
    bench.wait(5);
    port.unplug();
    bench.wait(3_000);
    const pulses = bench.pulses();
    port.replug();
    bench.wait(MINUTE_MS);
    expect(bench.pulses()).toBe(pulses);
    expect(bench.parcel(drop.parcel)).toMatchObject({ status: 'stored', slot: drop.slot });
  });
});
