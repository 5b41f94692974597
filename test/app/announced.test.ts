import { describe, expect, it } from 'vitest';
import { ANNA, Bench, CARRIER, HOUR_MS, PIN, siteConfig } from './bench-kiosk.ts';
import { Keys } from './keys.ts';

const LIMITS = {
  S: { weightG: 5_000, sidesMm: [400, 300, 80] },
  M: { weightG: 10_000, sidesMm: [400, 300, 200] },
  L: { weightG: 20_000 },
} as const;

function started() {
  const bench = new Bench({ config: { ...siteConfig(), limits: LIMITS } }).start();
  const recipient = bench.app.people.addCustomer(ANNA);
  const parcel = { carrier: CARRIER, label: 'AC0012345', recipient, size: 'S' } as const;
  const announce = (change: object) => bench.app.announcements.announce({ ...parcel, ...change });
  /** Holds a slot for so long. */
  const reserve = (hours: number, label = 'AC0012345') => {
    const reserveUntilWall = bench.clock.wallMs() + hours * HOUR_MS;
    const answer = announce({ label, reserveUntilWall });
    if (answer.kind === 'refused') throw new Error(answer.why);
    return answer.parcel;
  };
  return { bench, announce, reserve };
}

const held = (bench: Bench) =>
  bench.app.supervisor.all().filter(({ state }) => state === 'reserved');

describe('announced parcels', () => {
  it('M3 a parcel without a reservation is taken however the clock runs meanwhile', () => {
    const { bench, announce } = started();
    const startWall = bench.clock.wallMs();
    let reads = 0;
    bench.clock.wallMs = () => {
      reads += 1;
      return startWall + reads;
    };
    expect(announce({}).kind).toBe('announced');
  });

  it('M3 I13 a label that would steer a terminal is refused', () => {
    const { announce } = started();
    expect(() => announce({ label: 'A\x1b[2J12345' })).toThrow('printable characters');
  });

  it('M3 hold days and load are kept, and a label is expected once', () => {
    const { bench, announce } = started();
    const answer = announce({ holdDays: 7, load: { weightG: 900 } });
    expect(answer).toMatchObject({
      parcel: { status: 'pending', slot: null, load: { weightG: 900 } },
    });
    expect(answer).toMatchObject({ parcel: { hold: { totalMs: 7 * 24 * HOUR_MS } } });
    expect(announce({})).toEqual({ kind: 'refused', why: 'ALREADY_ANNOUNCED' });
    expect(announce({ carrier: 'OTHER' }).kind).toBe('announced');
    expect(bench.rows('announcement.refused')).toMatchObject([
      { data: { refusal: 'ALREADY_ANNOUNCED', carrier: CARRIER } },
    ]);
  });

  it.each([
    [{ size: 'XL' }, 'size "XL" is none of S, M, L'],
    [{ label: '' }, 'label ""'],
    [{ label: `${'A'.repeat(64)}1` }, '1 to 64 printable characters'],
    [{ label: 'NODIGITS' }, 'with a digit'],
    [{ recipient: 'nobody' }, 'recipient "nobody" is not a customer'],
    [{ holdDays: 2 }, 'holdDays 2: 3 to 7'],
    [{ holdDays: Number.NaN }, 'holdDays NaN'],
    [{ reserveUntilWall: 1 }, '0 to 2880 min'],
    [{ reserveUntilWall: Number.NaN }, 'NaN min'],
    [{ reserveUntilWall: 2e15 }, '0 to 2880 min'],
  ])('M3 refuses %j with what is allowed', (change, complaint) => {
    const { bench, announce } = started();
    expect(() => announce(change)).toThrow(complaint);
    expect(bench.rows('parcel.announced')).toEqual([]);
  });

  it('M20 a load over the limits takes a larger size, and over all of them is refused', () => {
    const { bench, announce } = started();
    const heavy = announce({ label: '1', load: { weightG: 5_001 } });
    expect(heavy).toMatchObject({ parcel: { size: 'M' } });
    const turned = announce({ label: '2', load: { sidesMm: [80, 400, 300] } });
    expect(turned).toMatchObject({ parcel: { size: 'S' } });
    const tall = announce({ label: '3', load: { sidesMm: [201, 10, 10] } });
    expect(tall).toMatchObject({ parcel: { size: 'S' } });
    const thick = announce({ label: '4', load: { sidesMm: [201, 201, 201] } });
    expect(thick).toMatchObject({ parcel: { size: 'L' } });
    const never = announce({ label: '5', load: { weightG: 20_001 } });
    expect(never).toEqual({ kind: 'refused', why: 'TOO_HEAVY' });
    expect(bench.rows('announcement.refused')).toMatchObject([{ data: { refusal: 'TOO_HEAVY' } }]);
  });
});

describe('reservations', () => {
  it('R3 a reservation ends by time, frees its slot and says so; the parcel stays expected', () => {
    const { bench, reserve } = started();
    const { id, slot } = reserve(2);
    expect(bench.slot(slot ?? '')).toMatchObject({ state: 'reserved', parcel: id });
    bench.wait(2 * HOUR_MS - 1_000);
    expect(held(bench)).toHaveLength(1);
    bench.wait(2_000);
    expect(held(bench)).toEqual([]);
    expect(bench.slot(slot ?? '')).toMatchObject({ state: 'available', parcel: null });
    expect(bench.rows('reservation.ended')).toMatchObject([{ slot, parcel: id }]);
    expect(bench.parcel(id)).toMatchObject({ status: 'pending', slot: null });
  });

  it('M5 a cancel frees the reserved slot at once', () => {
    const { bench, reserve } = started();
    const { id } = reserve(2);
    expect(bench.app.cancel.byOperator(id)).toMatchObject({ kind: 'cancelled' });
    expect(held(bench)).toEqual([]);
    const ended = bench.parcel(id);
    expect(ended).toMatchObject({ status: 'cancelled', slot: null });
    expect(ended.endedAtWall).not.toBeNull();
    bench.wait(3 * HOUR_MS);
    expect(bench.rows('reservation.ended')).toEqual([]);
  });

  it('R15a the courier gets the slot that is held, and nobody else does', async () => {
    const { bench, announce, reserve } = started();
    const { id, slot } = reserve(2);
    const courier = await bench.courier();
    for (let label = 1; label <= 14; label += 1) {
      const other = announce({ label: `B${label}` });
      const parcel = other.kind === 'announced' ? other.parcel.id : '';
      expect(bench.beginDrop(courier, parcel).slot).not.toBe(slot);
    }
    expect(() => bench.beginDrop(courier, bench.announce(ANNA, 'S', 'C1').id)).toThrow('full');
    expect(announce({ label: 'D1', reserveUntilWall: bench.clock.wallMs() + HOUR_MS })).toEqual({
      kind: 'refused',
      why: 'NO_ROOM',
    });
    expect(bench.app.deposit.find(courier, '12345')).toMatchObject([{ id }]);
    expect(bench.drop(courier, id).slot).toBe(slot);
    expect(bench.parcel(id)).toMatchObject({ status: 'stored', slot, reservedUntilWall: null });
    expect(bench.app.deposit.find(courier, '12345')).toEqual([]);
  });

  it('R20 a reservation lives through a cut, and ends in the time it had', () => {
    const { bench, reserve } = started();
    const { id } = reserve(3);
    bench.restart(HOUR_MS);
    expect(held(bench)).toMatchObject([{ parcel: id }]);
    bench.wait(2 * HOUR_MS);
    expect(held(bench)).toEqual([]);
    reserve(1, 'AC2');
    bench.restart(2 * HOUR_MS);
    expect(held(bench)).toEqual([]);
    expect(bench.rows('reservation.ended')).toHaveLength(2);
  });

  it('R8 a reservation whose door is forced moves to another slot', () => {
    const { bench, reserve } = started();
    const { id, slot } = reserve(3);
    bench.kiosk.door(slot ?? '').force();
    bench.wait(2_000);
    expect(bench.slot(slot ?? '')).toMatchObject({ state: 'quarantined', parcel: null });
    expect(held(bench)).toMatchObject([{ parcel: id }]);
    expect(bench.parcel(id).slot).toBe(held(bench)[0]?.id);
  });

  it('M14 a reserved slot whose board is silent sends the courier elsewhere', async () => {
    const { bench, reserve } = started();
    const { id, slot } = reserve(3);
    bench.app.supervisor.send(slot ?? '', { type: 'BOARD_DARK' });
    const drop = bench.beginDrop(await bench.courier(), id);
    expect(drop.slot).not.toBe(slot);
    expect(bench.slot(slot ?? '').parcel).toBeNull();
    bench.wait(100);
    expect(held(bench)).toEqual([]);
  });
});

describe('a longer hold', () => {
  it('R19 is at most 14 days in all, with a reminder of its own', async () => {
    const bench = new Bench({ config: siteConfig({ idlePollMs: 600_000 }) }).start(HOUR_MS);
    const { parcel } = bench.drop(await bench.courier());
    bench.wait(4.5 * 24 * HOUR_MS);
    expect(bench.rows('parcel.reminder')).toHaveLength(1);
    const { extend } = bench.app;
    expect(extend.byDays(parcel, 4)).toMatchObject({ kind: 'extended', totalDays: 9 });
    expect(extend.byDays(parcel, 6)).toMatchObject({ kind: 'too_long', totalDays: 9 });
    expect(extend.byDays(parcel, 5)).toMatchObject({ kind: 'extended', totalDays: 14 });
    expect(() => extend.byDays(parcel, 0)).toThrow('days 0: 1 or more');
    expect(bench.parcel(parcel).hold.reminded).toBe(false);
    bench.wait(9 * 24 * HOUR_MS);
    expect(bench.parcel(parcel).status).toBe('stored');
    expect(bench.rows('parcel.reminder')).toHaveLength(2);
    bench.wait(24 * HOUR_MS);
    expect(bench.parcel(parcel).status).toBe('expired');
    expect(extend.byDays(parcel, 1)).toMatchObject({ kind: 'told', status: 'expired' });
  });
});

it('R15a several parcels with the same last digits are a numbered list', async () => {
  const { bench, announce } = started();
  for (const label of ['A-12345', 'B-12345', '9912345']) announce({ label });
  const staff = await bench.app.people.addCourier(CARRIER, PIN);
  const keys = await new Keys(bench).signIn(staff);
  keys.type('1 12345');
  keys.shows('Which parcel is it?');
  keys.shows('3 B-12345, size small');
  keys.type('3');
  bench.until('a door is open', () => bench.app.supervisor.all().some((s) => s.state === 'open'));
  const bound = bench.app.supervisor.all().find(({ parcel }) => parcel !== null);
  expect(bench.parcel(bound?.parcel ?? '').label).toBe('B-12345');
});
