import { expect, it } from 'vitest';
import { ANNA, Bench, CARRIER, PIN } from './bench-kiosk.ts';
import { Keys } from './keys.ts';
import { Technician } from './upkeep-bench.ts';

it('I3 I8 R7 three panels and a remote hand at once: each has one door of their own', async () => {
  const bench = new Bench().start();
  const lain = bench.drop(await bench.courier(), bench.announce(ANNA, 'S', 'AC90001').id);
  const { code, second } = bench.numbers();
  bench.announce(ANNA, 'S', 'AC10001');
  let energised = 0;
  bench.kiosk.wall.watch(() => {
    const on = bench.kiosk.wall.boards.flatMap(({ doors }) => doors).filter((d) => d.isEnergised);
    energised = Math.max(energised, on.length);
  });
  const staff = await bench.app.people.addCourier(CARRIER, PIN);
  const technician = await Technician.of(bench);
  await technician.signIn();
  const [recipient, courier] = [new Keys(bench), await new Keys(bench).signIn(staff)];
  recipient.type(`1 ${code} ${second.slice(0, -1)}`);
  courier.type('1 10001');
  technician.keys.type('3 9# 1');
  const remote = bench.app.sessions.begin();
  const order = { purpose: 'service', authority: 'technician:remote' } as const;
  bench.app.supervisor.send('LOCK1/12', { type: 'BLOCK' });
  const opened = bench.app.openSlot.open({ ...order, slot: 'LOCK1/12', session: remote });
  expect(opened.kind).toBe('opening');
  expect(bench.app.openSlot.open({ ...order, slot: 'LOCK1/9', session: remote })).toEqual({
    kind: 'refused',
    why: 'busy',
  });
  recipient.type(second.slice(-1));
  courier.type('1');
  technician.keys.type('1');
  const doors = [lain.slot, 'LOCK1/2', 'LOCK1/9', 'LOCK1/12'];
  bench.until('four doors are open', () => doors.every((id) => bench.kiosk.door(id).isOpen));
  expect(energised).toBe(1);
  const authorities = bench.rows('intent.armed').map(({ slot, data }) => [slot, data.authority]);
  expect(new Set(authorities.slice(-4).map(String)).size).toBe(4);
  const bound = bench.app.supervisor.all().flatMap(({ parcel }) => parcel ?? []);
  expect(new Set(bound).size).toBe(bound.length);
});

it('M12 R1 two thousand calls at once for fifteen slots: fifteen succeed, none twice', async () => {
  const bench = new Bench().start();
  const courier = await bench.courier();
  const { deposit, sessions } = bench.app;
  const starts = await Promise.all(
    Array.from({ length: 2_000 }, async (_, index) => {
      const phone = `+1212555${String(index).padStart(4, '0')}`;
      const brought = { kind: 'unannounced', phone, size: 'S' } as const;
      return deposit.begin(sessions.begin(), courier, brought);
    }),
  );
  const given = starts.flatMap((start) => (start.kind === 'opening' ? [start.drop.slot] : []));
  expect(given).toHaveLength(15);
  expect(new Set(given).size).toBe(15);
  expect(starts.filter(({ kind }) => kind === 'full')).toHaveLength(1_985);
  expect(bench.rows('site.full')).toHaveLength(1_985);
  const doors = given.map((slot) => bench.kiosk.door(slot));
  bench.until('every door is open', () => doors.every((door) => door.isOpen));
  expect(bench.pulses()).toBe(15);
});
