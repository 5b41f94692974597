import { expect, it } from 'vitest';
import { PIN } from '../app/bench-kiosk.ts';
import { atTheTerminal } from './terminal.ts';

it('D7 R9 a technician signs in, opens a door with a reason, and says what is inside', async () => {
  const { bench, lockerctl, login } = await atTheTerminal();
  expect(await lockerctl('login', login)).toMatchObject({ status: 0 });
  const opened = await lockerctl('slot open LOCK1/1 --reason repair');
  expect(opened).toMatchObject({ status: 0 });
  bench.takes('LOCK1/1');
  bench.until('the door was open', () => bench.rows('slot.closed').length === 1);
  const [intent] = bench.rows('intent.armed');
  expect(intent?.data).toMatchObject({ purpose: 'service' });
  const proven = { by: 'terminal', uid: process.getuid?.() };
  expect(bench.rows('staff.proven')[0]?.data).toMatchObject(proven);
  bench.wait(120_000);
  expect(await lockerctl('slot inspect LOCK1/1 empty')).toMatchObject({ status: 0 });
  expect(bench.slot('LOCK1/1')).toMatchObject({ state: 'available', bar: null });
  expect(await lockerctl('logout')).toMatchObject({ status: 0 });
  expect(bench.rows('maintenance.ended')).toHaveLength(1);
});

it('D7 without a login, with a wrong one, and after five idle minutes nothing moves', async () => {
  const { bench, lockerctl, login } = await atTheTerminal();
  const open = 'slot open LOCK1/1 --reason repair';
  expect(await lockerctl(open)).toMatchObject({
    status: 77,
    said: expect.stringMatching(/sign in first/),
  });
  expect(await lockerctl('login', `123456\n${PIN}\n`)).toMatchObject({ status: 77 });
  const courier = await bench.app.people.addCourier('ACME', PIN);
  expect(await lockerctl('login', `${courier}\n${PIN}\n`)).toMatchObject({ status: 77 });
  await lockerctl('login', login);
  bench.wait(301_000);
  expect(await lockerctl(open)).toMatchObject({ status: 77 });
  expect(bench.pulses()).toBe(0);
});

it('D7 one technician has the lease, another one is told for how long', async () => {
  const { bench, lockerctl, login } = await atTheTerminal();
  await lockerctl('login', login);
  const { staff } = await bench.app.people.addUpkeeper('technician', PIN);
  const refused = await lockerctl('login', `${staff}\n${PIN}\n`);
  expect(refused).toMatchObject({ status: 75 });
  expect(refused.said).toMatch(/is at work here, for \d+ s/);
});

it('M5 R19 an admin cancels and extends a parcel from the terminal, and is on record', async () => {
  const { bench, lockerctl, login } = await atTheTerminal('admin');
  const [admin] = bench.app.people.list('admin', 10);
  const { parcel } = bench.drop(await bench.courier());
  const { ref, hold } = bench.parcel(parcel);
  await lockerctl('login', login);
  expect(await lockerctl(`parcel extend ${ref} --days 2`)).toMatchObject({ status: 0 });
  expect(bench.parcel(parcel).hold.totalMs - hold.totalMs).toBe(2 * 86_400_000);
  expect(await lockerctl(`parcel extend ${ref} --days 14`)).toMatchObject({ status: 75 });
  expect(await lockerctl(`parcel cancel ${ref}`)).toMatchObject({ status: 0 });
  expect(bench.parcel(parcel).status).toBe('cancelled');
  const rows = ['parcel.extended', 'parcel.cancelled'].flatMap((t) => bench.rows(t));
  expect(rows.map(({ data }) => data.by)).toEqual(Array(2).fill(`admin:${admin?.id}`));
});

it('M5 M9 a technician cancels no parcel, and is on record for what was extended', async () => {
  const { bench, lockerctl, login } = await atTheTerminal();
  const [technician] = bench.app.people.list('technician', 10);
  const { parcel } = bench.drop(await bench.courier());
  const { ref } = bench.parcel(parcel);
  await lockerctl('login', login);
  const refused = await lockerctl(`parcel cancel ${ref}`);
  expect(refused).toMatchObject({ status: 77, stdout: '' });
  expect(refused.stderr).toContain('only an admin may cancel a parcel');
  expect(bench.parcel(parcel).status).toBe('stored');
  expect(bench.rows('parcel.cancelled')).toEqual([]);
  expect(await lockerctl(`parcel extend ${ref} --days 2`)).toMatchObject({ status: 0 });
  const [extended] = bench.rows('parcel.extended');
  expect(extended?.data.by).toBe(`technician:${technician?.id}`);
});

it('D7 a slot is blocked and given back, and what cannot be is refused', async () => {
  const { bench, lockerctl, login } = await atTheTerminal();
  await lockerctl('login', login);
  expect(await lockerctl('slot block LOCK1/2 --reason cleaning')).toMatchObject({ status: 0 });
  expect(bench.slot('LOCK1/2').bar?.reason).toBe('blocked');
  expect(await lockerctl('slot unblock LOCK1/2')).toMatchObject({ status: 0 });
  expect(await lockerctl('slot unblock LOCK1/2')).toMatchObject({ status: 75 });
  expect(await lockerctl('slot open LOCK1/99 --reason repair')).toMatchObject({ status: 64 });
  expect(await lockerctl('slot open LOCK1/1 --reason boredom')).toMatchObject({ status: 64 });
});
