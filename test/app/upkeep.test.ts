import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAllocatable } from '../../src/domain/slot.ts';
import { audit, publicKeyOf } from '../offline/audits.ts';
import { ANNA, Bench, PIN } from './bench-kiosk.ts';
import { Technician } from './upkeep-bench.ts';

const SLOT = 'LOCK1/1';

async function started() {
  const bench = new Bench().start();
  const technician = await Technician.of(bench);
  return { bench, technician, keys: await technician.signIn() };
}

describe('a technician at the keypad', () => {
  it('R9 R1 opens one compartment with a reason; it is free again when they say so', async () => {
    const { bench, technician, keys } = await started();
    keys.type('3 1#');
    keys.shows('Compartment 1: empty, as far as is known');
    keys.type('1');
    keys.shows('Why do you open it?');
    keys.type('2');
    technician.shuts(SLOT);
    expect(isAllocatable(bench.slot(SLOT))).toBe(false);
    keys.type('1');
    keys.shows('Compartment 1 is booked as you said.');
    expect(isAllocatable(bench.slot(SLOT))).toBe(true);
    expect(bench.pulses()).toBe(1);
    const opened = bench.rows('slot.inspected').find(({ data }) => data.word === 'open');
    expect(opened).toMatchObject({ slot: SLOT, data: { reason: 'repair' } });
    const [armed] = bench.rows('intent.armed');
    expect(armed?.data).toMatchObject({ purpose: 'service', authority: opened?.data.by });
    expect(bench.rows('inventory.difference')).toEqual([]);
  });

  it('R2 nobody who says what is inside: the compartment is given to nobody', async () => {
    const { bench, technician, keys } = await started();
    keys.type('3 1# 1 1');
    technician.shuts(SLOT);
    bench.wait(120_000);
    keys.shows('Collect a parcel');
    expect(isAllocatable(bench.slot(SLOT))).toBe(false);
    expect(bench.slot(SLOT).parcel).toBeNull();
  });

  it('R3a R2a a visitor is not disturbed, and a jammed lock is said with its cure', async () => {
    const { bench, keys } = await started();
    bench.announce();
    const courier = await bench.courier();
    bench.beginDrop(courier, bench.announce(ANNA, 'S', 'AC2').id);
    bench.untilState(SLOT, 'open');
    keys.type('3 1# 1 1');
    keys.shows('Somebody is at this compartment now');
    keys.type('#');
    bench.kiosk.door('LOCK1/2').jam();
    keys.type('3 2# 1 1');
    keys.shows('the lock is stuck');
    bench.kiosk.door('LOCK1/2').free();
    keys.type('# 1');
    keys.shows('Compartment 2 is booked as you said.');
    expect(isAllocatable(bench.slot('LOCK1/2'))).toBe(true);
  });

  it('R4 takes a compartment with a parcel out of service and gives it back', async () => {
    const { bench, keys } = await started();
    const { slot, parcel } = bench.drop(await bench.courier());
    keys.type('3 1# 2');
    keys.shows('takes no parcels from now on');
    expect(bench.slot(slot)).toMatchObject({ bar: { reason: 'blocked' }, parcel });
    keys.type('# 3 1# 2');
    keys.shows('Compartment 1 is given back.');
    expect(bench.slot(slot)).toMatchObject({ state: 'occupied', parcel, bar: null });
    const said = bench.rows('slot.inspected').map(({ data }) => data.word);
    expect(said).toEqual(['block', 'unblock']);
  });

  it('R2 R1 clears a quarantine by inspection, with cause and cure on the screen', async () => {
    const { bench, technician, keys } = await started();
    bench.kiosk.door(SLOT).force();
    bench.kiosk.door(SLOT).push();
    bench.until('it is quarantined', () => bench.slot(SLOT).bar !== null);
    bench.wait(1_000);
    keys.type('2');
    keys.shows('The door moved without any right.');
    keys.shows('Cure: check the lock');
    keys.type('1 1');
    technician.shuts(SLOT);
    keys.type('1 #');
    keys.shows('Compartments that take no parcels: 0');
    expect(isAllocatable(bench.slot(SLOT))).toBe(true);
  });

  it('R10a a door that stays open puts the compartment out of service', async () => {
    const { bench, keys } = await started();
    keys.type('3 1# 1 1');
    bench.untilState(SLOT, 'open');
    keys.type('1 1');
    keys.shows('stays open: it is out of service');
    expect(bench.slot(SLOT).bar).toEqual({ kind: 'out_of_service', reason: 'door_open' });
  });

  it('M20 a compartment that is held for a parcel is given up for another one', async () => {
    const { bench, technician, keys } = await started();
    const recipient = bench.app.people.addCustomer(ANNA);
    const reserveUntilWall = bench.clock.wallMs() + 3_600_000;
    const parcel = { carrier: 'ACME', label: 'R1', recipient, size: 'S', reserveUntilWall };
    expect(bench.app.announcements.announce(parcel)).toMatchObject({ parcel: { slot: SLOT } });
    keys.type('3 1#');
    keys.shows('held for parcel');
    keys.type('1 1');
    technician.shuts(SLOT);
    expect(bench.slot('LOCK1/2').state).toBe('reserved');
  });
});

describe('the guided inventory', () => {
  it('R1 R4 books every difference, and leaves each slot as it was found', async () => {
    const { bench, technician, keys } = await started();
    const courier = await bench.courier();
    const gone = bench.drop(courier, bench.announce(ANNA, 'S', 'AC1').id);
    const there = bench.drop(courier, bench.announce(ANNA, 'S', 'AC2').id);
    keys.type('1');
    keys.shows('Door 1 of 15');
    keys.shows('is inside');
    keys.type('1');
    technician.shuts(gone.slot);
    keys.type('1');
    keys.shows('Is it really not inside?');
    keys.type('1 # 1');
    technician.shuts(there.slot);
    keys.type('2 #');
    keys.shows('Door 3 of 15');
    keys.type('1');
    technician.shuts('LOCK1/3');
    keys.type('3 #');
    keys.type('2 *');
    keys.shows('Looked behind 3 doors, skipped 1.');
    expect(bench.rows('inventory.difference')).toMatchObject([
      { slot: gone.slot, parcel: gone.parcel, data: { believed: 'full', found: 'empty' } },
      { slot: 'LOCK1/3', parcel: null, data: { believed: 'empty', found: 'other' } },
    ]);
    expect(bench.slot(gone.slot)).toMatchObject({ state: 'available', parcel: null });
    expect(bench.slot(there.slot)).toMatchObject({ state: 'occupied', parcel: there.parcel });
    expect(isAllocatable(bench.slot('LOCK1/3'))).toBe(false);
    expect(bench.rows('inventory.ended')).toMatchObject([{ data: { looked: 3, skipped: 1 } }]);
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
    bench.stop();
    const path = join(bench.folder, 'lockerd.db');
    expect((await audit(path, [publicKeyOf(bench.folder)], null)).found).toEqual([]);
  });
});

it('R31 after a restore a code opens its slot once the round has confirmed it', async () => {
  const { bench, technician, keys } = await started();
  const { slot } = bench.drop(await bench.courier());
  const sent = bench.numbers();
  bench.app.supervisor.send(slot, { type: 'RESTORED' });
  expect(bench.collect(sent).kind).not.toBe('opening');
  keys.type('1');
  keys.shows('may be inside');
  keys.type('1');
  technician.shuts(slot);
  keys.type('2 #');
  expect(bench.slot(slot)).toMatchObject({ state: 'occupied', binding: 'known' });
  expect(bench.collect(sent).kind).toBe('opening');
});

it('B2 R13a the audit finds a door that a technician had opened by a PIN alone', async () => {
  const bench = new Bench().start();
  const { staff } = await bench.app.people.addUpkeeper('technician', PIN);
  const answer = await bench.app.signIn.check(staff, PIN);
  if (answer.kind !== 'welcome') throw new Error(answer.kind);
  const session = bench.app.sessions.begin();
  bench.app.upkeep.open(session, answer.person, SLOT, 'inspection');
  bench.stop();
  const path = join(bench.folder, 'lockerd.db');
  const { found } = await audit(path, [publicKeyOf(bench.folder)], null);
  expect(found.join()).toContain('unauthorised');
});
