import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../app/bench-kiosk.ts';
import { Keys } from '../app/keys.ts';
import { atTheTerminal } from './terminal.ts';

it('M9 R13a couriers are added, listed, disabled and given a PIN, after a login', async () => {
  const { bench, lockerctl, login } = await atTheTerminal();
  const add = 'couriers add --carrier ACME';
  expect(await lockerctl(add)).toMatchObject({ status: 77 });
  await lockerctl('login', login);
  expect(await lockerctl(add, '12345\n')).toMatchObject({
    status: 64,
    said: expect.stringContaining('at least 6 digits'),
  });
  const { said } = await lockerctl(add, '135790\n');
  const [staff = ''] = /\d{6}(?=\n)/.exec(said) ?? [];
  const { signIn } = bench.app;
  expect(await signIn.check(staff, '135790')).toMatchObject({ kind: 'welcome' });
  const [courier] = bench.app.people.list('courier', 10);
  const id = courier?.id ?? '';
  expect((await lockerctl('couriers list')).said).toContain(`${id}  ACME`);
  expect(await lockerctl(`couriers disable ${id}`)).toMatchObject({ status: 0 });
  expect(await signIn.check(staff, '135790')).toMatchObject({ kind: 'wrong' });
  expect((await lockerctl('couriers list')).said).toContain('disabled');
  expect(await lockerctl(`couriers pin ${id}`, '975310\n')).toMatchObject({ status: 0 });
  expect(await signIn.check(staff, '975310')).toMatchObject({ kind: 'welcome' });
  expect(await lockerctl(`couriers unblock ${id}`)).toMatchObject({ status: 0 });
  const [technician] = bench.app.people.list('technician', 10);
  expect(await lockerctl(`couriers disable ${technician?.id}`)).toMatchObject({ status: 64 });
  const changes = ['staff.pin_set', 'staff.disabled'].flatMap((t) => bench.rows(t));
  const added = bench.rows('staff.added').filter(({ data }) => data.person === id);
  const authors = [...added, ...changes].map(({ data }) => data.by);
  expect(authors).toEqual(Array(3).fill(technician?.id));
});

it('M9 R27 a customer is added by phone, and the list leads to nobody', async () => {
  const { bench, lockerctl, login } = await atTheTerminal();
  await lockerctl('login', login);
  const added = await lockerctl('users add --phone +12125550199 --low-slot');
  expect(added.status).toBe(0);
  const id = bench.app.people.byPhone('+12125550199')?.id;
  expect(added.said.trim()).toBe(id);
  const [technician] = bench.app.people.list('technician', 10);
  const rows = bench.rows('person.changed').map(({ data }) => data);
  expect(rows).toEqual([{ person: id, by: technician?.id }]);
  const list = await lockerctl('--json users list');
  expect(JSON.parse(list.said)).toMatchObject([{ id, role: 'customer', needsLowSlot: true }]);
  expect(list.said).not.toContain('5550199');
  expect(await lockerctl('users add --phone nonsense')).toMatchObject({ status: 64 });
});

it('M16 M17 numbers are sent anew, QR codes voided, a door opened for its recipient', async () => {
  const { bench, lockerctl, login } = await atTheTerminal();
  const { parcel, slot } = bench.drop(await bench.courier());
  const { ref, gen } = bench.parcel(parcel);
  const before = bench.numbers();
  expect(await lockerctl(`parcel reissue ${ref}`)).toMatchObject({ status: 77 });
  await lockerctl('login', login);
  expect(await lockerctl(`parcel reissue ${ref}`)).toMatchObject({ status: 0 });
  expect(bench.numbers().code).not.toBe(before.code);
  expect(bench.parcel(parcel).gen).not.toBe(gen);
  expect(await lockerctl(`parcel revoke ${ref}`)).toMatchObject({ status: 0 });
  expect(bench.rows('grant.revoked')).toHaveLength(1);
  const opened = await lockerctl(`parcel handout ${ref}`);
  expect(opened).toMatchObject({ status: 0, said: expect.stringContaining(slot) });
  bench.takes(slot);
  bench.until('the door was open', () => bench.rows('slot.closed').length === 2);
  expect(bench.rows('slot.inspected')[0]?.data).toMatchObject({ reason: 'recipient' });
  bench.wait(120_000);
  expect(await lockerctl(`slot inspect ${slot} empty`)).toMatchObject({ status: 0 });
  expect(bench.parcel(parcel)).toMatchObject({ status: 'retrieved', custody: 'handed_over' });
  expect(bench.rows('parcel.retrieved')).toMatchObject([{ parcel, data: { grade: 'asserted' } }]);
  expect(bench.rows('parcel.missing')).toEqual([]);
  expect(await lockerctl(`parcel handout ${ref}`)).toMatchObject({ status: 75 });
  expect(await lockerctl('parcel reissue NOPE')).toMatchObject({ status: 64 });
});

it('R1c a parcel that was seen again after a handout is missing when it is gone', async () => {
  const { bench, lockerctl, login } = await atTheTerminal();
  const { parcel, slot } = bench.drop(await bench.courier());
  await lockerctl('login', login);
  await lockerctl(`parcel handout ${bench.parcel(parcel).ref}`);
  bench.takes(slot);
  bench.until('it is closed', () => bench.rows('slot.closed').length === 2);
  bench.wait(120_000);
  for (const word of ['full', 'empty']) {
    await lockerctl(`slot block ${slot} --reason inspection`);
    expect(await lockerctl(`slot inspect ${slot} ${word}`)).toMatchObject({ status: 0 });
  }
  expect(bench.rows('parcel.missing')).toMatchObject([{ parcel, data: { grade: 'asserted' } }]);
  expect(bench.rows('parcel.retrieved')).toEqual([]);
});

it('M16 only a stored parcel is handed out: none that was cancelled or is awaited', async () => {
  const { bench, lockerctl, login } = await atTheTerminal();
  const { parcel } = bench.drop(await bench.courier());
  await lockerctl('login', login);
  const { ref } = bench.parcel(parcel);
  bench.app.cancel.byOperator(parcel);
  const { store, supervisor } = bench.app;
  const awaited = bench.announce();
  const free = supervisor.all().find(({ state }) => state === 'available')?.id ?? '';
  supervisor.send(free, { type: 'RESERVE', parcel: awaited.id });
  store.parcels.put({ ...awaited, slot: free });
  const pulses = bench.rows('intent.armed').length;
  for (const [name, status] of [
    [ref, 'cancelled'],
    [awaited.ref, 'pending'],
  ]) {
    const said = expect.stringContaining(`not handed out: it is ${status}`);
    expect(await lockerctl(`parcel handout ${name}`)).toMatchObject({ status: 75, said });
  }
  expect(supervisor.get(free).state).toBe('reserved');
  expect(bench.rows('intent.armed')).toHaveLength(pulses);
});

it('R25 a technician says what time it is, and never a time that was', async () => {
  const { bench, lockerctl, login } = await atTheTerminal();
  await lockerctl('login', login);
  const at = new Date(bench.app.clock.wallMs() + DAY_MS).toISOString();
  expect(await lockerctl(`time set ${at}`)).toMatchObject({ status: 0 });
  const [row] = bench.rows('clock.set');
  expect(row?.cause).toMatch(/^technician:/);
  const early = await lockerctl('time set 2020-01-01T00:00:00Z');
  expect(early).toMatchObject({ status: 75, said: expect.stringContaining('never goes back') });
  expect(await lockerctl('time set noon')).toMatchObject({ status: 64 });
});

it('M15 a report has what came and went, and how long slots were in use', async () => {
  const { bench, lockerctl } = await atTheTerminal();
  const from = new Date(bench.app.clock.wallMs()).toISOString();
  const { slot } = bench.drop(await bench.courier());
  bench.wait(HOUR_MS / 2);
  bench.collect(bench.numbers());
  bench.takes(slot);
  bench.untilState(slot, 'available');
  bench.wait(HOUR_MS / 2);
  const report = JSON.parse((await lockerctl(`--json report --from ${from}`)).said);
  expect(report.total).toMatchObject({ stored: 1, retrieved: 1, expired: 0 });
  const group = report.groups.find(({ stored }: { stored: number }) => stored === 1);
  expect(group.occupied * group.slots).toBeCloseTo(0.5, 1);
  expect((await lockerctl(`report --from ${from}`)).said).toMatch(/1 stored \(\d\d\.\d\d a day\)/);
  const csv = (await lockerctl(`report --from ${from} --format csv`)).said.split('\n');
  expect(csv[0]).toBe(
    'locker,size,slots,occupied %,stored,a day,retrieved,recalled,expired,cancelled,missing',
  );
  expect(await lockerctl('report --from 2099-01-01')).toMatchObject({ status: 64 });
  expect(await lockerctl('report --from soon')).toMatchObject({ status: 64 });
});

it('R29 a reference of a screen leads to its visit, and one of a parcel to its story', async () => {
  const { bench, lockerctl } = await atTheTerminal();
  const { parcel } = bench.drop(await bench.courier());
  const { ref } = bench.parcel(parcel);
  expect((await lockerctl(`ref ${ref}`)).said).toMatch(/parcel\.stored/);
  const { code } = bench.numbers();
  new Keys(bench).type(`1 ${code} 000000#`);
  const refused = bench.rows('entry.refused').at(-1);
  const session = refused?.cause?.slice(-6).toUpperCase();
  const visit = await lockerctl(`ref ${session}`);
  expect(visit).toMatchObject({ status: 0, said: expect.stringContaining('entry.refused') });
  expect(await lockerctl('ref ZZZZZZ')).toMatchObject({ status: 64 });
});

it('B12 D7 health, inventory, buses and a copy of the running kiosk', async () => {
  const { bench, folder, lockerctl, login } = await atTheTerminal();
  const courier = await bench.courier();
  const { slot } = bench.drop(courier);
  expect((await lockerctl('inventory')).said).toMatch(new RegExp(`${slot} .*full`));
  for (let visit = 0; visit < 5; visit += 1) {
    bench.collect(bench.numbers());
    bench.takes(slot);
    bench.untilState(slot, 'available');
    expect(bench.drop(courier).slot).toBe(slot);
  }
  const health = JSON.parse((await lockerctl('--json health')).said);
  expect(health[0]).toMatchObject({ slot, openings: 11, verdict: 'good' });
  expect(health[1]).toMatchObject({ openings: 0, verdict: 'unknown' });
  expect((await lockerctl('bus stats')).said).toMatch(/main +A +online/);
  const frames = (await lockerctl('bus monitor --count 4')).said.trim().split('\n');
  expect(frames).toHaveLength(4);
  expect(frames[0]).toMatch(/^ *\d+\.\d{3} s [→←] A {2}/);
  expect(await lockerctl('backup')).toMatchObject({ status: 77 });
  await lockerctl('login', login);
  const copied = await lockerctl('backup');
  expect(copied).toMatchObject({ status: 0, said: expect.stringMatching(/Copied as \S+/) });
  expect(bench.rows('backup.made')).toHaveLength(1);
  expect(readdirSync(folder)).toContain('ctl');
});
