import { expect, it } from 'vitest';
import type { Slot } from '../../src/api/shapes.ts';
import { diagnose } from '../../src/cli/diagnosis.ts';
import { slotViews } from '../../src/control/inquiry/slots.ts';
import { BAR_REASONS } from '../../src/domain/slot.ts';
import { Bench } from '../app/bench-kiosk.ts';

function findings(bench: Bench) {
  const { tools } = bench.app;
  const boards = tools.boards().map((board) => ({ ...board }));
  return diagnose(tools.status(), boards as Parameters<typeof diagnose>[1], slotViews(tools));
}

it('D7 a kiosk that is well has no finding', () => {
  expect(findings(new Bench().start())).toEqual([]);
});

it('D7 M14 a jammed lock is named with its parcel, its cause and its cure', async () => {
  const bench = new Bench().start();
  const { slot, parcel } = bench.drop(await bench.courier());
  bench.kiosk.door(slot).jam();
  bench.collect(bench.numbers());
  bench.untilState(slot, 'unseen');
  bench.app.supervisor.send(slot, { type: 'GIVE_UP' });
  const [finding, ...others] = findings(bench);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ where: slot, why: expect.stringContaining('did not move') });
  expect(finding?.what).toContain(bench.parcel(parcel).ref);
});

it('D7 a board that is gone is one finding, not one for each of its doors', () => {
  const bench = new Bench().start();
  bench.kiosk.port('main').unplug();
  bench.wait(10_000);
  const found = findings(bench).filter(({ where }) => !where.startsWith('kiosk'));
  expect(found.every(({ where }) => where.startsWith('board'))).toBe(true);
  expect(found.length).toBe(bench.app.tools.boards().length);
});

it('D7 every reason to be out of service has a cause and a cure', () => {
  const bench = new Bench().start();
  const [slot] = slotViews(bench.app.tools);
  for (const reason of BAR_REASONS) {
    const barred = { ...slot, status: 'out_of_service', reason } as Slot;
    const [finding] = diagnose(bench.app.tools.status(), [], [barred]);
    expect(finding?.cure.length, reason).toBeGreaterThan(10);
  }
});
