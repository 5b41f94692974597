import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Bench, HOUR_MS, MINUTE_MS, PIN, siteConfig } from './bench-kiosk.ts';
import { Keys } from './keys.ts';
import { Technician } from './upkeep-bench.ts';

const MENU = 'Compartments that take no parcels';
const refusals = (bench: Bench) => bench.rows('entry.refused').map(({ data }) => data.refusal);

/** The site without its last compartment, whose channel is the hatch. */
function withHatch() {
  const config = siteConfig();
  const hatch = { board: 'A', channel: 15, doorContact: 'closed-when-shut' } as const;
  const lockers = config.lockers.map((locker) => ({
    ...locker,
    slots: locker.slots.filter(({ channel }) => channel !== 15),
  }));
  return { ...config, lockers, hatch };
}

describe('R13a technicians at the public keypad', () => {
  it('show a number of their app besides the PIN, and each number once', async () => {
    const bench = new Bench().start();
    const technician = await Technician.of(bench);
    const keys = await technician.keys.enterPin(technician.staff);
    keys.shows('Number from your app');
    const token = technician.token();
    keys.type(token);
    keys.shows(MENU);
    keys.type('*');
    await keys.enterPin(technician.staff);
    keys.type(token);
    keys.shows('This number is wrong, or was used before');
    expect(refusals(bench)).toEqual(['SPENT_TOTP']);
    bench.wait(30_000);
    keys.type(technician.token());
    keys.shows(MENU);
    expect(bench.rows('staff.proven')).toHaveLength(2);
  });

  it('have five tries, then one every 15 minutes, a cut and a clock step or not', async () => {
    const bench = new Bench().start();
    const technician = await Technician.of(bench);
    const keys = await technician.keys.enterPin(technician.staff);
    for (let time = 0; time < 5; time += 1) keys.type(technician.wrongToken());
    keys.shows('Too many wrong entries were typed here. The next try is in 15 minutes.');
    expect(refusals(bench)).toEqual(Array(5).fill('WRONG_TOTP'));
    bench.restart();
    bench.clock.jumpWall(9 * MINUTE_MS);
    const again = await new Keys(bench).enterPin(technician.staff);
    again.shows('The next try is in 15 minutes.');
    again.type('#');
    bench.wait(15 * MINUTE_MS);
    await again.enterPin(technician.staff);
    again.type(technician.token());
    again.shows(MENU);
  });

  it('R25 no number counts while nobody knows the time; the hatch is the way out', async () => {
    const bench = new Bench({ config: withHatch() }).start();
    const technician = await Technician.of(bench);
    bench.clock.jumpWall(HOUR_MS);
    const keys = await technician.keys.enterPin(technician.staff);
    keys.shows('The clock of this machine is not set');
    expect(keys.text()).toContain('Open the service hatch');
    keys.type('#');
    bench.kiosk.wall.door('A', 15).force();
    bench.wait(1_000);
    await keys.enterPin(technician.staff);
    keys.shows(MENU);
    expect(bench.rows('staff.proven')).toMatchObject([{ data: { by: 'hatch' } }]);
    expect(bench.rows('hatch.moved')).toMatchObject([{ data: { door: 'open' } }]);
    keys.type('*');
    bench.kiosk.wall.door('A', 15).push();
    bench.wait(1_000);
    await keys.enterPin(technician.staff);
    keys.shows('The clock of this machine is not set');
  });

  it('a hatch whose board is silent proves nothing', async () => {
    const bench = new Bench({ config: withHatch() }).start();
    const technician = await Technician.of(bench);
    bench.kiosk.wall.door('A', 15).force();
    bench.wait(1_000);
    bench.kiosk.port('main').unplug();
    bench.wait(10_000);
    const keys = await technician.keys.enterPin(technician.staff);
    keys.shows('Number from your app');
  });

  it('the secret is sealed at rest, and in no row', async () => {
    const bench = new Bench().start();
    const { secret } = await bench.app.people.addUpkeeper('admin', PIN);
    bench.stop();
    const files = ['lockerd.db', 'lockerd.db-wal'].map((name) => join(bench.folder, name));
    for (const path of files) {
      const bytes = (() => {
        try {
          return readFileSync(path, 'latin1');
        } catch {
          return '';
        }
      })();
      expect(bytes.includes(secret)).toBe(false);
    }
    expect(bench.logged.join('').includes(secret)).toBe(false);
  });
});

it('R13a a technician lets a blocked staff number try again', async () => {
  const bench = new Bench().start();
  const staff = await bench.app.people.addCourier('ACME', PIN);
  for (let time = 0; time < 10; time += 1) {
    await bench.app.signIn.check(staff, '000000');
    bench.wait(6 * MINUTE_MS);
  }
  expect((await bench.app.signIn.check(staff, PIN)).kind).toBe('wrong');
  bench.wait(6 * MINUTE_MS);
  const keys = await (await Technician.of(bench)).signIn();
  keys.type(`4 ${staff}`);
  keys.shows('This staff number may try again.');
  expect((await bench.app.signIn.check(staff, PIN)).kind).toBe('welcome');
  const [row] = bench.rows('staff.unblocked');
  expect(row?.data.by).toMatch(/^technician:/);
  keys.type('# 4 000000');
  keys.shows('No such staff number');
});
