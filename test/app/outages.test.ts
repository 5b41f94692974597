import { describe, expect, it } from 'vitest';
import type { HoldRecord } from '../../src/domain/hold.ts';
import { ANNA, Bench, DAY_MS, HOUR_MS, MINUTE_MS, siteConfig } from './bench-kiosk.ts';

const HOLD_DAYS = 3;
const HOLD_MS = HOLD_DAYS * DAY_MS;
/** A power cut loses so much of what was counted, and ticks come so often. */
const TICK_MS = 5 * MINUTE_MS;

/** A parcel lies in a slot of a kiosk on which days pass quickly. */
async function held(openingHours: readonly string[] = [], contact = ANNA) {
  // Where nothing breaks there is little to be seen.
  const idlePollMs = openingHours.length > 0 ? 600_000 : 60_000;
  const base = siteConfig({ idlePollMs });
  const site = { ...base.site, timeZone: 'Europe/Vienna', openingHours };
  const policy = { ...base.policy, holdDays: HOLD_DAYS };
  const bench = new Bench({ config: { ...base, site, policy } }).start();
  const courier = await bench.courier();
  const drop = bench.drop(courier, bench.announce(contact).id);
  const hold = (): HoldRecord => bench.parcel(drop.parcel).hold;
  const cited = () =>
    bench.app.store.outages.of(drop.parcel).map(({ outage, ms }) => ({
      reason: outage.reason,
      ms,
      isOver: outage.to !== null,
    }));
  return { ...drop, bench, courier, hold, cited };
}

const near = (ms: number) =>
  expect.toSatisfy((value: number) => Math.abs(value - ms) <= 2 * TICK_MS, `near ${ms}`);

describe('the ledger of outages', () => {
  it('B7 R19 counted time and cited outages add up to all the time that passed', async () => {
    const { bench, slot, hold, cited } = await held();
    const from = bench.clock.monoMs();
    bench.wait(7 * HOUR_MS);
    const port = bench.kiosk.port('main');
    port.unplug();
    bench.wait(5 * HOUR_MS);
    port.replug();
    bench.wait(3 * HOUR_MS);
    bench.restart(11 * HOUR_MS);
    bench.wait(2 * HOUR_MS);
    bench.kiosk.door(slot).jam();
    bench.collect(bench.numbers());
    bench.until('it is jammed', () => bench.slot(slot).bar?.reason === 'jammed');
    bench.wait(4 * HOUR_MS);
    expect(cited()).toEqual([
      { reason: 'board_dark', ms: near(5 * HOUR_MS), isOver: true },
      { reason: 'off', ms: near(11 * HOUR_MS), isOver: true },
      { reason: 'lock_jammed', ms: near(4 * HOUR_MS), isOver: false },
    ]);
    const uncounted = cited().reduce((sum, { ms }) => sum + ms, 0);
    const passed = bench.clock.monoMs() - from;
    expect(Math.abs(hold().countedMs + uncounted - passed)).toBeLessThan(2 * TICK_MS);
  });

  it('I13 R19 a parcel is not written anew at each tick of an outage', async () => {
    const { bench, hold } = await held();
    const { parcels } = bench.app.store;
    const { put } = parcels;
    let writes = 0;
    parcels.put = (parcel) => {
      writes += 1;
      put(parcel);
    };
    bench.kiosk.port('main').unplug();
    bench.wait(MINUTE_MS);
    const { countedMs } = hold();
    writes = 0;
    bench.wait(5 * HOUR_MS);
    expect(writes).toBe(0);
    bench.kiosk.port('main').replug();
    bench.wait(HOUR_MS);
    expect(writes).toBeGreaterThan(10);
    expect({ ms: hold().countedMs - countedMs }).toEqual({ ms: near(HOUR_MS) });
  });

  it('B7 an entry says why, where, from when to when by both clocks, and how surely', async () => {
    const { bench, parcel, slot } = await held();
    bench.kiosk.port('main').unplug();
    bench.wait(HOUR_MS);
    bench.kiosk.port('main').replug();
    bench.wait(HOUR_MS);
    const [entry] = bench.app.store.outages.of(parcel);
    expect(entry?.outage).toMatchObject({ reason: 'board_dark', slot, parcel });
    const { from, to } = entry?.outage ?? expect.fail();
    expect(from).toMatchObject({ errorMs: 50, wallMs: expect.any(Number) });
    expect((to?.monoMs ?? 0) - from.monoMs).toBe(entry?.ms);
    expect((to?.wallMs ?? 0) - from.wallMs).toBe(entry?.ms);
    expect(bench.rows('outage.ended')).toMatchObject([
      { slot, parcel, data: { reason: 'board_dark', ms: entry?.ms } },
    ]);
    expect(bench.app.store.outages.since(0, 10)).toEqual([entry?.outage]);
  });

  it('B7 R25 with an unsynced clock the times of an entry say so', async () => {
    const { bench, parcel } = await held();
    bench.clock.jumpWall(DAY_MS);
    bench.kiosk.port('main').unplug();
    bench.wait(HOUR_MS);
    bench.kiosk.port('main').replug();
    bench.wait(HOUR_MS);
    const [entry] = bench.app.store.outages.of(parcel);
    expect(entry?.outage.from.errorMs).toBeNull();
    expect(entry?.ms).toEqual(near(HOUR_MS));
  });

  it('R19 power cuts in the middle of an outage end it where the kiosk served last', async () => {
    const { bench, cited } = await held();
    bench.kiosk.port('main').unplug();
    bench.wait(HOUR_MS);
    bench.cut();
    bench.kiosk.port('main').replug();
    bench.wait(HOUR_MS);
    bench.start();
    bench.wait(HOUR_MS);
    expect(cited()).toEqual([
      { reason: 'board_dark', ms: near(HOUR_MS), isOver: true },
      { reason: 'off', ms: near(HOUR_MS), isOver: true },
    ]);
    expect(bench.app.store.outages.open()).toEqual([]);
  });

  it('R19 a keypad that takes no numbers stops all holds until it takes one again', async () => {
    const { bench, hold, cited } = await held();
    bench.wait(HOUR_MS);
    const wrong = (tries: number): void => {
      for (let number = 0; number < tries; number += 1) {
        const second = String(100_000 + number);
        bench.collect({ code: bench.numbers().code, second });
      }
    };
    wrong(40);
    bench.wait(6 * MINUTE_MS);
    expect(cited()).toEqual([{ reason: 'keypad_blocked', ms: 6 * MINUTE_MS, isOver: true }]);
    bench.wait(HOUR_MS);
    expect(hold().countedMs).toEqual(near(2 * HOUR_MS));
  });

  it('R19 untold time is an outage of that parcel alone, and 24 h long at most', async () => {
    const { bench, hold, cited } = await held([], { phone: null, email: null, language: 'en' });
    bench.wait(2 * DAY_MS);
    expect(cited()).toEqual([{ reason: 'untold', ms: near(DAY_MS), isOver: true }]);
    expect(hold().countedMs).toEqual(near(DAY_MS));
    expect(bench.rows('parcel.untold')).toHaveLength(1);
  });
});

describe('opening hours', () => {
  it('R19 M6 while it is closed nothing counts, nobody is reminded, nothing expires', async () => {
    const { bench, parcel, hold, cited } = await held(['mo-su 08:00-20:00']);
    const hourHere = (wallMs: number): number =>
      Number(
        new Intl.DateTimeFormat('en', {
          ...{ timeZone: 'Europe/Vienna', hour: '2-digit', hourCycle: 'h23' },
        }).format(wallMs),
      );
    bench.wait(2 * DAY_MS);
    expect(hold().countedMs).toEqual(near(DAY_MS));
    expect(cited().every(({ reason }) => reason === 'closed')).toBe(true);
    bench.until('it is over', () => bench.parcel(parcel).status === 'expired', 8 * DAY_MS);
    expect(hold().countedMs).toBeGreaterThanOrEqual(HOLD_MS);
    for (const { tsWall } of [...bench.rows('parcel.reminder'), ...bench.rows('parcel.expired')]) {
      expect(hourHere(tsWall)).toBeGreaterThanOrEqual(8);
      expect(hourHere(tsWall)).toBeLessThan(20);
    }
  });

  it('R19 the reminder names the end by the hours and the time of the site', async () => {
    const { bench, parcel, hold } = await held(['mo-su 08:00-21:00']);
    bench.until('it is reminded', () => hold().reminded, 12 * DAY_MS);
    const said = bench.kiosk.phone.at(-1)?.text ?? '';
    bench.until('it is over', () => bench.parcel(parcel).status === 'expired', 3 * DAY_MS);
    const [row] = bench.rows('parcel.expired');
    const format = new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone: 'Europe/Vienna', weekday: 'long', day: 'numeric', month: 'long' },
    });
    expect(said).toContain(`It is held until ${format.format(row?.tsWall)} at`);
    expect(said).toMatch(/at \d\d:\d\d CET\.$/m);
    expect(bench.kiosk.phone.at(-1)?.text).toContain(`It ended on ${format.format(row?.tsWall)}`);
  });

  it('R19 a reminder that falls due in an outage waits for its end', async () => {
    const { bench } = await held();
    bench.wait(HOLD_MS - DAY_MS - HOUR_MS);
    bench.kiosk.port('main').unplug();
    bench.wait(2 * DAY_MS);
    expect(bench.rows('parcel.reminder')).toEqual([]);
    bench.kiosk.port('main').replug();
    bench.wait(HOUR_MS + 2 * TICK_MS);
    expect(bench.rows('parcel.reminder')).toHaveLength(1);
  });

  it('R25 with an unsynced clock the reminder names days and no hour', async () => {
    const { bench, hold } = await held();
    bench.clock.jumpWall(30 * DAY_MS);
    bench.until('it is reminded', () => hold().reminded, 9 * DAY_MS);
    expect(bench.kiosk.phone.at(-1)?.text).toContain('It is held for 1 day more.');
  });
});
