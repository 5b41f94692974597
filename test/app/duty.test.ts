import { describe, expect, it } from 'vitest';
import { Bench } from './bench-kiosk.ts';
import { Technician } from './upkeep-bench.ts';

const forced = ['LOCK1/3', 'LOCK1/4', 'LOCK1/5'] as const;

describe('a lockdown', () => {
  it('R23 is ended at the keypad by who has proven it, and stands in the journal', async () => {
    const bench = new Bench().start();
    for (const slot of forced) bench.kiosk.door(slot).force();
    bench.until('it locks itself down', () => bench.app.modes.mode === 'lockdown');
    expect(bench.app.modes.fromAfar('serve', 'cmd:1')).toBe(false);
    const technician = await Technician.of(bench);
    const keys = await technician.signIn();
    keys.shows('Lockdown: nothing is dropped');
    keys.type('5 2');
    expect(bench.app.modes.mode, 'after a no').toBe('lockdown');
    keys.type('5 1');
    keys.shows('This kiosk serves everybody.');
    expect(bench.app.modes.mode).toBe('serve');
    expect(bench.rows('kiosk.mode').at(-1)).toMatchObject({
      cause: expect.stringMatching(/^technician:/),
      data: { mode: 'serve', was: 'lockdown' },
    });
  });

  it('R23 is begun there too: no drop begins, and a restart changes nothing', async () => {
    const bench = new Bench().start();
    const courier = await bench.courier();
    const keys = await (await Technician.of(bench)).signIn();
    keys.type('5 1');
    bench.restart();
    const { id: parcel } = bench.announce();
    const session = bench.app.sessions.begin();
    const start = bench.app.deposit.begin(session, courier, { kind: 'announced', parcel });
    expect(start).toMatchObject({ kind: 'not_now', why: 'closed' });
    expect(bench.pulses()).toBe(0);
  });
});

describe('what an admin may beyond a technician', () => {
  it('M5 M9 R3 cancels the parcel of a compartment; a technician is not offered that', async () => {
    const bench = new Bench().start();
    const { parcel, slot } = bench.drop(await bench.courier());
    const sent = bench.numbers();
    const technician = await (await Technician.of(bench)).signIn();
    technician.type('3 1#');
    expect(technician.text()).not.toContain('Cancel the parcel');
    technician.type('4 1');
    expect(bench.parcel(parcel).status).toBe('stored');
    const admin = await (await Technician.of(bench, 'admin')).signIn();
    admin.type('3 1# 4 2');
    expect(bench.parcel(parcel).status, 'after a no').toBe('stored');
    admin.type('4 1');
    admin.shows('is cancelled');
    expect(bench.parcel(parcel)).toMatchObject({ status: 'cancelled', slot });
    expect(bench.slot(slot).state).toBe('occupied');
    expect(bench.collect(sent)).toMatchObject({ kind: 'told', status: 'cancelled' });
    expect(bench.rows('parcel.cancelled')[0]?.data.by).toMatch(/^admin:/);
  });
});
