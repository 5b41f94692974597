import { describe, expect, it } from 'vitest';
import type { HoldRecord } from '../../src/domain/hold.ts';
import { ANNA, Bench, DAY_MS, HOUR_MS, MINUTE_MS, siteConfig } from './bench-kiosk.ts';

const HOLD_MS = 5 * DAY_MS;
/** Holds are counted, and stored, at least so often (R19). */
const TICK_MS = 5 * MINUTE_MS;

/** A parcel lies in a slot of a kiosk on which days pass quickly. */
async function held(contact = ANNA) {
  const bench = new Bench({ config: siteConfig({ idlePollMs: 30_000 }) }).start();
  const courier = await bench.courier();
  const drop = bench.drop(courier, bench.announce(contact).id);
  const hold = (): HoldRecord => bench.parcel(drop.parcel).hold;
  return { ...drop, bench, courier, hold };
}

function near(actual: number, expected: number): void {
  expect(Math.abs(actual - expected), `${actual} is not near ${expected}`).toBeLessThan(
    2 * TICK_MS,
  );
}

describe('the hold', () => {
  it('R19 M6 a reminder a day before the end, then expiry', async () => {
    const { bench, parcel, slot } = await held();
    bench.wait(HOLD_MS - DAY_MS - 2 * TICK_MS);
    expect(bench.rows('parcel.reminder')).toEqual([]);
    bench.wait(4 * TICK_MS);
    expect(bench.rows('parcel.reminder')).toHaveLength(1);
    expect(bench.kiosk.phone.at(-1)?.subject).toBe('Your parcel is waiting');
    bench.wait(DAY_MS - 4 * TICK_MS);
    expect(bench.parcel(parcel).status).toBe('stored');
    bench.wait(4 * TICK_MS);
    expect(bench.parcel(parcel)).toMatchObject({ status: 'expired', slot, custody: 'in_slot' });
    expect(bench.rows('parcel.expired')).toHaveLength(1);
    expect(bench.rows('parcel.reminder')).toHaveLength(1);
    expect(bench.kiosk.phone.at(-1)?.subject).toBe('The time for your parcel has ended');
  });

  it('R19 does not go on while the board is dark', async () => {
    const { bench, parcel, hold } = await held();
    bench.wait(DAY_MS);
    near(hold().countedMs, DAY_MS);
    const port = bench.kiosk.port('main');
    port.unplug();
    bench.wait(3 * DAY_MS);
    near(hold().countedMs, DAY_MS);
    port.replug();
    bench.wait(4 * DAY_MS - 4 * TICK_MS);
    expect(bench.parcel(parcel).status).toBe('stored');
    bench.wait(8 * TICK_MS);
    expect(bench.parcel(parcel).status).toBe('expired');
  });

  it('R19 does not go on while the kiosk is off; a cut costs at most five minutes', async () => {
    const { bench, hold } = await held();
    for (let cut = 0; cut < 5; cut += 1) {
      bench.wait(7 * HOUR_MS + cut * 71_000);
      bench.restart(2 * DAY_MS);
    }
    expect(hold().countedMs).toBeLessThanOrEqual(35 * HOUR_MS + 10 * 71_000);
    expect(hold().countedMs).toBeGreaterThan(35 * HOUR_MS - 5 * TICK_MS);
  });

  it('R19 does not go on while the lock is jammed', async () => {
    const { bench, slot, hold } = await held();
    bench.kiosk.door(slot).jam();
    const session = bench.app.sessions.begin();
    bench.collect(bench.numbers(), session);
    bench.until('it is jammed', () => bench.slot(slot).bar?.reason === 'jammed');
    const { countedMs } = hold();
    bench.wait(2 * DAY_MS);
    near(hold().countedMs, countedMs);
  });

  it('R19 starts 24 h after the drop, with an alarm, when nobody could be told', async () => {
    const { bench, parcel, hold } = await held({ phone: null, email: null, language: 'en' });
    bench.wait(DAY_MS - 2 * TICK_MS);
    expect(hold()).toMatchObject({ told: false, countedMs: 0 });
    bench.wait(4 * TICK_MS);
    expect(bench.rows('parcel.untold')).toMatchObject([{ parcel }]);
    bench.wait(DAY_MS - 2 * TICK_MS);
    near(hold().countedMs, DAY_MS);
  });

  it('R25 R19 no step of the wall clock ends or lengthens it', async () => {
    const { bench, parcel, hold } = await held();
    bench.clock.jumpWall(365 * DAY_MS);
    bench.wait(DAY_MS);
    bench.clock.jumpWall(-2 * 365 * DAY_MS);
    bench.restart();
    bench.wait(DAY_MS);
    near(hold().countedMs, 2 * DAY_MS);
    expect(bench.parcel(parcel).status).toBe('stored');
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
  });
});

describe('what ends a hold', () => {
  it('R3 expiry frees no slot; the courier takes the parcel, and then it is free', async () => {
    const { bench, courier, parcel, slot } = await held();
    bench.wait(HOLD_MS + 2 * TICK_MS);
    expect(bench.slot(slot)).toMatchObject({ state: 'occupied', parcel });
    expect(bench.app.recall.list(courier).map(({ id }) => id)).toEqual([parcel]);
    bench.app.recall.open(bench.app.sessions.begin(), courier, parcel);
    bench.takes(slot);
    bench.untilState(slot, 'grace');
    bench.app.supervisor.send(slot, { type: 'IS_EMPTY' });
    expect(bench.slot(slot)).toMatchObject({ state: 'available', parcel: null });
    expect(bench.parcel(parcel)).toMatchObject({ status: 'expired', custody: 'recalled' });
  });

  it('R3 M5 a cancel frees no slot that has something in it', async () => {
    const { bench, courier, parcel, slot } = await held();
    const { code, second } = bench.numbers();
    const session = bench.app.sessions.begin();
    expect(bench.app.cancel.byRecipient(session, code, second).kind).toBe('cancelled');
    expect(bench.slot(slot)).toMatchObject({ state: 'occupied', parcel });
    bench.restart();
    expect(bench.slot(slot)).toMatchObject({ state: 'occupied', parcel });
    expect(bench.app.recall.list(courier).map(({ id }) => id)).toEqual([parcel]);
    const again = bench.app.cancel.byRecipient(bench.app.sessions.begin(), code, second);
    expect(again).toMatchObject({ kind: 'told', status: 'cancelled' });
  });

  it('R3a a cancel during a visit, or in its grace, is busy and changes nothing', async () => {
    const { bench, parcel, slot } = await held();
    const sent = bench.numbers();
    const cancel = () =>
      bench.app.cancel.byRecipient(bench.app.sessions.begin(), sent.code, sent.second).kind;
    bench.collect(sent);
    expect(cancel()).toBe('busy');
    expect(bench.app.cancel.byOperator(parcel).kind).toBe('busy');
    bench.takes(slot);
    bench.untilState(slot, 'open');
    expect(cancel()).toBe('busy');
    bench.untilState(slot, 'grace');
    expect(cancel()).toBe('busy');
    bench.app.supervisor.send(slot, { type: 'BLOCK' });
    expect(bench.slot(slot).state).toBe('grace');
    bench.untilState(slot, 'available');
    expect(bench.parcel(parcel).status).toBe('retrieved');
    expect(bench.rows('parcel.cancelled')).toEqual([]);
  });

  it('R3a expiry waits for the outcome of a visit', async () => {
    const { bench, parcel, slot, hold } = await held();
    bench.until('the end is near', () => hold().countedMs >= HOLD_MS - TICK_MS, 6 * DAY_MS);
    bench.wait(TICK_MS - MINUTE_MS);
    bench.collect(bench.numbers());
    bench.untilState(slot, 'open');
    bench.wait(100_000);
    bench.kiosk.door(slot).push();
    bench.wait(30_000);
    expect(hold().countedMs).toBeGreaterThanOrEqual(HOLD_MS);
    expect(bench.parcel(parcel).status).toBe('stored');
    bench.until('the visit is over', () => bench.slot(slot).state !== 'grace');
    expect(bench.parcel(parcel).status).toBe('retrieved');
    expect(bench.rows('parcel.expired')).toEqual([]);
  });
});

it('R19 a pickup is five commits, and none of them counts the hold', async () => {
  const { bench, slot } = await held();
  bench.wait(MINUTE_MS);
  const { store } = bench.app;
  const { transaction } = store;
  let depth = 0;
  let commits = 0;
  store.transaction = (work) => {
    depth += 1;
    try {
      return transaction(work);
    } finally {
      depth -= 1;
      if (depth === 0) commits += 1;
    }
  };
  bench.collect(bench.numbers());
  bench.takes(slot);
  const told = bench.kiosk.phone.length + 1;
  bench.until('the recipient is told', () => bench.kiosk.phone.length === told);
  bench.wait(1_000);
  expect(commits, 'code, open, close, grace over, notice accepted').toBe(5);
});
