import { describe, expect, it } from 'vitest';
import { ANNA, Bench, CARRIER, MINUTE_MS, PIN, siteConfig } from './bench-kiosk.ts';
import { Keys } from './keys.ts';

const LIMITS = { S: { weightG: 2_500, sidesMm: [400, 300, 80] }, L: { weightG: 20_000 } } as const;

async function signedIn(change: object = {}, carrier = CARRIER) {
  const bench = new Bench({ config: { ...siteConfig(), ...change } }).start();
  const staff = await bench.app.people.addCourier(carrier, PIN);
  return { bench, keys: await new Keys(bench).signIn(staff) };
}

const refusals = (bench: Bench, t: string) =>
  bench.rows(t).map(({ data }) => data.refusal as string);

describe('weight and size limits', () => {
  it('M20 M21 sizes say what they take, and a parcel over all of them opens no door', async () => {
    const { bench, keys } = await signedIn({ limits: LIMITS });
    keys.type('1 99999 12125550199# 12125550199#');
    keys.shows('1 small: up to 2.5 kg, up to 40 × 30 × 8 cm 2 medium 3 large: up to 20 kg');
    keys.type('0');
    keys.shows('No compartment here takes a parcel like that.');
    expect(bench.pulses()).toBe(0);
    expect(refusals(bench, 'drop.refused')).toEqual(['OVER_LIMIT']);
    keys.type('#');
    keys.shows('Last 5 digits');
  });

  it('M20 M21 limits that were lowered since the announcement refuse it at the door', async () => {
    const bench = new Bench().start();
    const recipient = bench.app.people.addCustomer(ANNA);
    const load = { weightG: 30_000 };
    const parcel = { carrier: CARRIER, label: 'AC1', recipient, size: 'S', load };
    bench.app.announcements.announce(parcel);
    bench.stop();
    const low = { S: { weightG: 1 }, M: { weightG: 2 }, L: { weightG: 29_999 } };
    const config = { ...siteConfig(), limits: low };
    const again = new Bench({ folder: bench.folder, config }).start();
    const staff = await again.app.people.addCourier(CARRIER, PIN);
    const keys = await new Keys(again).signIn(staff);
    keys.type('1 00001 1');
    keys.shows('This parcel is too heavy for the compartments here.');
    expect(refusals(again, 'drop.refused')).toEqual(['TOO_HEAVY']);
    expect(again.pulses()).toBe(0);
  });
});

describe('couriers of two carriers', () => {
  it('M9 each sees, fetches and drops only what is of their own carrier', async () => {
    const { bench, keys } = await signedIn({}, 'OTHER');
    const own = await bench.courier();
    const announced = bench.announce(ANNA, 'S', 'AC0077777').id;
    const { parcel } = bench.drop(own);
    expect(bench.app.cancel.byOperator(parcel)).toMatchObject({ kind: 'cancelled' });
    keys.shows('Fetch back parcels (0)');
    keys.type('1 77777');
    keys.shows('This parcel is not announced.');
    const stranger = { ...own, id: 'stranger', carrier: 'OTHER' };
    const { deposit, recall, sessions } = bench.app;
    const session = sessions.begin();
    expect(deposit.find(stranger, '77777')).toEqual([]);
    expect(recall.list(stranger)).toEqual([]);
    const brought = { kind: 'announced', parcel: announced } as const;
    expect(() => deposit.begin(session, stranger, brought)).toThrow('not announced for this');
    expect(() => recall.open(session, stranger, parcel)).toThrow('not to be recalled');
    expect(recall.list(own)).toMatchObject([{ id: parcel }]);
  });
});

describe('a full locker', () => {
  it('M14 is said to the courier, with a reference, and to the operator', async () => {
    const { bench, keys } = await signedIn();
    for (const { id } of bench.app.supervisor.all())
      bench.app.supervisor.send(id, { type: 'BLOCK' });
    bench.announce(ANNA, 'S', 'AC0088888');
    keys.type('1 88888 1');
    keys.shows('No compartment that takes this parcel is free. Please take the parcel along.');
    expect(keys.text()).toMatch(/Reference [2-9A-Z]{6}/);
    expect(bench.rows('site.full')).toMatchObject([{ data: { size: 'S' } }]);
    expect(bench.pulses()).toBe(0);
  });
});

it('M11 turns of round-robin go on where they were before a cut', async () => {
  const config = siteConfig();
  const policy = { ...config.policy, strategy: 'round-robin' } as const;
  const bench = new Bench({ config: { ...config, policy } }).start();
  const courier = await bench.courier();
  const first = bench.drop(courier, bench.announce(ANNA, 'S', 'AC1').id).slot;
  bench.collect(bench.numbers());
  bench.takes(first);
  bench.untilState(first, 'available');
  bench.restart();
  const second = bench.drop(courier, bench.announce(ANNA, 'S', 'AC2').id).slot;
  expect([first, second]).toEqual(['LOCK1/1', 'LOCK1/2']);
});

it('M21 each reason for which somebody gets no door has a code of its own', async () => {
  const bench = new Bench().start();
  const courier = await bench.courier();
  const { slot } = bench.drop(courier);
  const sent = bench.numbers();
  bench.collect(sent);
  bench.takes(slot);
  bench.untilState(slot, 'available');
  bench.collect(sent);
  const { parcel } = bench.drop(courier, bench.announce(ANNA, 'S', 'AC2').id);
  const other = bench.numbers();
  const wrong = other.second === '000000' ? '000001' : '000000';
  bench.collect({ ...other, second: wrong });
  bench.app.cancel.byOperator(parcel);
  bench.collect(other);
  bench.collect({ code: '0000000', second: '000000' });
  await bench.app.signIn.check('000000', PIN);
  const staff = await bench.app.people.addCourier(CARRIER, PIN);
  for (let time = 0; time < 11; time += 1) {
    await bench.app.signIn.check(staff, '000000');
    bench.wait(6 * MINUTE_MS);
  }
  expect(refusals(bench, 'pickup.refused')).toEqual(['RETRIEVED', 'CANCELLED']);
  const entries = refusals(bench, 'entry.refused');
  expect(entries.slice(0, 4)).toEqual([
    'WRONG_SECOND',
    'UNKNOWN_CODE',
    'UNKNOWN_STAFF',
    'WRONG_PIN',
  ]);
  expect(entries.at(-1)).toBe('STAFF_BLOCKED');
});
