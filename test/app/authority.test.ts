import { describe, expect, it } from 'vitest';
import { ANNA, Bench, CARRIER, PIN, siteConfig } from './bench-kiosk.ts';
import { Keys } from './keys.ts';

const HANDS = { afterMs: 1_000, closesAfterMs: 1_000 } as const;
const WITH_SENSORS = { config: siteConfig({ occupancy: true, graceSeconds: 10 }) };

describe('the right to open', () => {
  it('I1 of a session ends with the parcel it was for, whoever the slot is for next', async () => {
    const bench = new Bench({ config: siteConfig({ graceSeconds: 10 }) }).start();
    const courier = await bench.courier();
    const first = bench.drop(courier);
    const session = bench.app.sessions.begin();
    bench.collect(bench.numbers(), session);
    bench.takes(first.slot);
    bench.untilState(first.slot, 'grace');
    bench.untilState(first.slot, 'available');
    const second = bench.drop(courier, bench.announce(BEN, 'S', 'AC0054321').id);
    expect(second.slot).toBe(first.slot);
    const pulses = bench.pulses();
    expect(bench.app.openSlot.again(first.slot, session).kind).toBe('refused');
    bench.wait(5_000);
    expect(bench.pulses()).toBe(pulses);
  });

  it('R12a of single-channel numbers is for their own parcel only', async () => {
    const bench = new Bench().start();
    const courier = await bench.courier();
    const phoneOnly = { ...ANNA, email: null };
    const first = bench.drop(courier, bench.announce(phoneOnly).id);
    const sent = bench.numbers();
    const second = bench.drop(courier, bench.announce(phoneOnly, 'S', 'AC0054321').id);
    const session = bench.app.sessions.begin();
    expect(bench.collect(sent, session)).toMatchObject({ kind: 'opening', parcel: first.parcel });
    expect(bench.app.collect.openEntitled(session, second.parcel).kind).toBe('wrong');
    expect(bench.app.collect.others(session).map(({ id }) => id)).not.toContain(second.parcel);
  });

  it('R7 ends, with an alarm, when a second door opens that nobody asked for', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    const session = bench.app.sessions.begin();
    const [, , other = ''] = bench.app.supervisor.all().map(({ id }) => id);
    bench.collect(bench.numbers(), session);
    bench.kiosk.door(drop.slot).watch((event) => {
      if (event === 'opened') bench.kiosk.door(other).force();
    });
    bench.until('the alarm', () => bench.rows('slot.forced').length === 1);
    expect(bench.rows('slot.forced')).toMatchObject([{ slot: other }]);
    expect(bench.app.sessions.isLive(session)).toBe(false);
  });
});

describe('a second door that nobody asked for', () => {
  it('R7 R6 a minute after the pulse, it does not jam the lock of whoever is asked', async () => {
    const bench = new Bench().start();
    const drop = bench.drop(await bench.courier());
    bench.kiosk.door(drop.slot).jam();
    bench.collect(bench.numbers());
    bench.untilState(drop.slot, 'unseen');
    bench.wait(30_000);
    bench.kiosk.door('LOCK1/9').force();
    bench.wait(1_000);
    expect(bench.rows('slot.forced')).toMatchObject([{ slot: 'LOCK1/9' }]);
    expect(bench.slot(drop.slot)).toMatchObject({ state: 'unseen', bar: null });
  });

  it('R7 R29 leaves nobody at a keypad whose session is over', async () => {
    const bench = new Bench().start();
    const parcel = bench.announce().id;
    bench.announce(ANNA, 'S', 'AC0054321');
    const staff = await bench.app.people.addCourier(CARRIER, PIN);
    const keys = await new Keys(bench).signIn(staff);
    bench.kiosk.door('LOCK1/1').watch((event) => {
      if (event === 'opened') bench.kiosk.door('LOCK1/9').force();
    });
    bench.hands.dropsParcel(bench.kiosk.door('LOCK1/1'), parcel, HANDS);
    keys.type('1 12345 1');
    bench.until('the parcel is in', () => bench.slot('LOCK1/1').state === 'drop_unconfirmed');
    expect(bench.rows('session.stopped')).toHaveLength(1);
    keys.type('1 # 54321 1');
    bench.wait(5_000);
    expect(bench.parcel(parcel).status).toBe('stored');
    expect(keys.text()).not.toContain('No compartment can be used just now');
  });
});

describe('what a sensor sees', () => {
  it('R1 R2 in a slot that is thought empty keeps it from being given away', async () => {
    const bench = new Bench(WITH_SENSORS).start();
    const courier = await bench.courier();
    const [slot = ''] = bench.app.supervisor.all().map(({ id }) => id);
    bench.kiosk.door(slot).occupancy.fault = 'stuck-on';
    bench.wait(1_000);
    expect(bench.slot(slot).occupancy).toBe('full');
    expect(bench.beginDrop(courier, bench.announce().id).slot).not.toBe(slot);
  });

  it('R1 after a pickup frees the slot when it is empty, graded sensed', async () => {
    const bench = new Bench(WITH_SENSORS).start();
    const drop = bench.drop(await bench.courier());
    bench.collect(bench.numbers());
    bench.takes(drop.slot);
    bench.untilState(drop.slot, 'grace');
    bench.untilState(drop.slot, 'available');
    expect(bench.rows('parcel.retrieved')).toMatchObject([{ data: { grade: 'sensed' } }]);
  });
});

const BEN = { phone: '+12125550222', email: 'ben@mail.example', language: 'en' } as const;
