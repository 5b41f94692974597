import { describe, expect, it } from 'vitest';
import type { CommandType } from '../../src/cloud/messages.ts';
import { REMOTE_BUDGET } from '../../src/domain/budget.ts';
import { DAY_MS } from '../../src/domain/hold.ts';
import { PIN_MISSES_MAX } from '../../src/domain/person.ts';
import { ANNA, PIN } from '../app/bench-kiosk.ts';
import { CloudBench } from './cloud-bench.ts';

/** Sends a command and gives its one result. */
function order(bench: CloudBench, type: CommandType, d: object) {
  const id = bench.consumer.send(bench.site, type, d as never);
  return { id, ...bench.result(id) };
}

describe('parcel.extend', () => {
  it('R19 lengthens a hold up to 14 days, with the parcel and its end in the result', async () => {
    const bench = new CloudBench().start();
    const { parcel } = bench.drop(await bench.courier());
    const { ref, hold } = bench.parcel(parcel);
    const done = order(bench, 'parcel.extend', { parcel, days: 3 });
    expect(done).toMatchObject({ ok: true, code: 'DONE', parcel, ref });
    expect(bench.parcel(parcel).hold.totalMs).toBe(hold.totalMs + 3 * DAY_MS);
    const { id, ...late } = order(bench, 'parcel.extend', { parcel, days: 14 });
    expect(late).toMatchObject({ ok: false, code: 'REFUSED', parcel });
    expect(late.detail).toContain('14 at most');
    const [row, ...others] = bench.rows('parcel.extended');
    expect(row?.data).toMatchObject({ days: 3, totalDays: 8 });
    expect(others).toEqual([]);
    expect(bench.rows('command.finished').at(-1)?.cause).toBe(`cmd:${id}`);
  });

  it('R22 refuses a parcel that is not here, or has left', () => {
    const bench = new CloudBench().start();
    const nowhere = order(bench, 'parcel.extend', { parcel: 'nowhere', days: 1 });
    expect(nowhere).toMatchObject({ ok: false, code: 'NOT_FOUND', parcel: 'nowhere' });
    const { id: parcel } = bench.announce();
    expect(order(bench, 'parcel.cancel', { parcel }).code).toBe('DONE');
    const gone = order(bench, 'parcel.extend', { parcel, days: 1 });
    expect(gone).toMatchObject({ code: 'REFUSED', detail: 'the parcel is cancelled' });
  });
});

describe('lockout.clear', () => {
  it('R13a R23 lets a blocked courier in again, and draws on the budget', async () => {
    const bench = new CloudBench().start();
    const staff = await bench.app.people.addCourier('ACME', PIN);
    const [added] = bench.rows('staff.added');
    const person = `${added?.data.person}`;
    const { people } = bench.app.store;
    const record = people.get(person);
    if (record === null) throw new Error('no courier');
    people.put({ ...record, pinMisses: PIN_MISSES_MAX });
    expect(await bench.app.signIn.check(staff, PIN)).toMatchObject({ kind: 'wrong' });
    const tokens = () => bench.app.store.budgets.get('remote')?.tokens ?? REMOTE_BUDGET.burst;
    const before = tokens();
    const cleared = order(bench, 'lockout.clear', { person });
    expect(cleared).toMatchObject({ ok: true, code: 'DONE' });
    expect(tokens()).toBe(before - 1);
    expect(bench.rows('lockout.cleared')[0]?.cause).toBe(`cmd:${cleared.id}`);
    bench.wait(7 * 60_000);
    expect(await bench.app.signIn.check(staff, PIN)).toMatchObject({ kind: 'welcome' });
    expect(order(bench, 'lockout.clear', { person: 'nobody' }).code).toBe('NOT_FOUND');
  });

  it('R22 R23 is for one session only, and ends with the budget', () => {
    const bench = new CloudBench().start();
    const person = bench.app.people.addCustomer(ANNA);
    const sess = '0190b3f1-7c2e-7a44-8b1d-2f6f9e1c0a02';
    const foreign = bench.consumer.send(bench.site, 'lockout.clear', { person }, { sess });
    expect(bench.result(foreign).code).toBe('BAD_SESSION');
    const codes = Array.from({ length: REMOTE_BUDGET.burst + 1 }, () => {
      return order(bench, 'lockout.clear', { person }).code;
    });
    expect(codes.filter((code) => code === 'DONE')).toHaveLength(REMOTE_BUDGET.burst);
    expect(codes.at(-1)).toBe('BUDGET');
  });
});

describe('log.pull', () => {
  it('I10 gives the newest lines of the log, as many as were asked for, no secrets', async () => {
    const bench = new CloudBench().start();
    bench.drop(await bench.courier());
    const { code, second } = bench.numbers();
    const { lines = [], ok } = order(bench, 'log.pull', { lines: 5 });
    expect(ok).toBe(true);
    expect(lines).toHaveLength(5);
    expect(lines.join('\n')).toContain('cloud link open');
    const all = order(bench, 'log.pull', { lines: 200 }).lines ?? [];
    for (const secret of [code, second, '2125550111']) expect(all.join('')).not.toContain(secret);
    expect(bench.rows('command.finished').at(-1)?.data).not.toHaveProperty('lines');
  });

  it('R22 more lines than the contract has are no command at all', () => {
    const bench = new CloudBench().start();
    bench.consumer.send(bench.site, 'log.pull', { lines: 201 });
    bench.until('it is refused', () => bench.view.refused.length > 0);
    expect(bench.view.refused[0]?.d.code).toBe('MALFORMED');
  });
});

describe('slot.block and slot.unblock', () => {
  it('R4 keep what is in the slot, and give it back as it was', async () => {
    const bench = new CloudBench().start();
    const { slot, parcel } = bench.drop(await bench.courier());
    expect(order(bench, 'slot.block', { slot })).toMatchObject({ ok: true, code: 'DONE', slot });
    expect(bench.slot(slot)).toMatchObject({ parcel, bar: { reason: 'blocked' } });
    const again = order(bench, 'slot.block', { slot });
    expect(again).toMatchObject({ ok: false, code: 'REFUSED', slot });
    const { rev } = bench.slot(slot);
    const stale = order(bench, 'slot.unblock', { slot, ifSlotRev: rev - 1 });
    expect(stale.code).toBe('PRECONDITION');
    const other = order(bench, 'slot.unblock', { slot, ifParcel: 'another' });
    expect(other.code).toBe('PRECONDITION');
    const given = order(bench, 'slot.unblock', { slot, ifSlotRev: rev, ifParcel: parcel });
    expect(given).toMatchObject({ ok: true, code: 'DONE' });
    expect(bench.slot(slot)).toMatchObject({ state: 'occupied', parcel, bar: null });
    expect(bench.rows('slot.inspected').map(({ data }) => data)).toEqual([
      { word: 'block', reason: 'cloud' },
      { word: 'unblock', reason: 'cloud' },
    ]);
  });

  it('R2 unblocking does not lift a doubt, and no slot is made up', () => {
    const bench = new CloudBench().start();
    bench.kiosk.door('LOCK1/2').force();
    bench.until('it is seen', () => bench.slot('LOCK1/2').bar !== null);
    const refused = order(bench, 'slot.unblock', { slot: 'LOCK1/2' });
    expect(refused).toMatchObject({ ok: false, code: 'REFUSED' });
    expect(bench.slot('LOCK1/2').bar?.reason).toBe('forced');
    const nowhere = order(bench, 'slot.unblock', { slot: 'LOCK9/1' });
    expect(nowhere).toMatchObject({ ok: false, code: 'NOT_FOUND', slot: 'LOCK9/1' });
  });
});
