import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { families } from '../../hardware/index.ts';
import { loadConfig } from '../../src/config/load.ts';
import { Bench, DAY_MS, MINUTE_MS, scratchFolder } from './bench-kiosk.ts';

const LEFT = 'LEFT/1';
const RIGHT = 'RIGHT/5';

function bus(name: string, board: string): string {
  return `
[[buses]]
name = "${name}"
port = "/dev/${name}"
idlePollMs = 500
[[buses.boards]]
id = "${board}"
address = 1
family = "line"
channels = 4
`;
}

function locker(id: string, board: string, from: number, to: number): string {
  return `
[[lockers]]
id = "${id}"
[[lockers.rows]]
from = ${from}
to = ${to}
size = "S"
board = "${board}"
firstChannel = 1
doorContact = "closed-when-shut"
`;
}

/** Two lockers of four slots each, on a bus of its own each. */
function twoBuses(lockers = locker('LEFT', 'A', 1, 4) + locker('RIGHT', 'B', 5, 8)) {
  const path = join(scratchFolder(), 'lockerd.toml');
  const site = `
[site]
id = "TWO"
name = "Two Columns"
address = "Station Road 1"
city = "Lindau"
timeZone = "Europe/Berlin"
helpPhone = "+49 8382 123456"
[database]
path = "lockerd.db"
[keys]
path = "device.key"
`;
  writeFileSync(path, site + bus('left', 'A') + bus('right', 'B') + lockers);
  return loadConfig(path, families);
}

describe('a port that is missing at the start', () => {
  it('R20 R24 keeps no other bus from serving, and its slots are dark', async () => {
    const bench = new Bench({ config: twoBuses() });
    bench.kiosk.port('/dev/left').unplug();
    bench.start();
    expect(bench.slot(LEFT).board).toBe('dark');
    expect(bench.rows('port.health')).toContainEqual(
      expect.objectContaining({ data: expect.objectContaining({ bus: 'left', up: false }) }),
    );
    const drop = bench.drop(await bench.courier());
    expect(drop.slot).toBe(RIGHT);
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
  });

  it('R20 is taken up again when it comes, its doors held against the record', () => {
    const bench = new Bench({ config: twoBuses() });
    const port = bench.kiosk.port('/dev/left');
    port.unplug();
    bench.kiosk.start();
    bench.wait(MINUTE_MS);
    bench.kiosk.door('LEFT/2').force();
    port.replug();
    bench.until('it is taken up', () => bench.slot(LEFT).board === 'ok', MINUTE_MS);
    expect(bench.slot('LEFT/2')).toMatchObject({ state: 'quarantined', door: 'open' });
    expect(bench.kiosk.isServing).toBe(true);
  });

  it('serves nothing but says so when every port is missing, until one comes', () => {
    const bench = new Bench({ config: twoBuses() });
    for (const name of ['/dev/left', '/dev/right']) bench.kiosk.port(name).unplug();
    bench.start();
    expect(bench.app.supervisor.all().every((slot) => slot.board === 'dark')).toBe(true);
    bench.kiosk.port('/dev/right').replug();
    bench.until('one is taken up', () => bench.slot(RIGHT).board === 'ok', MINUTE_MS);
  });
});

describe('a port that vanishes', () => {
  it('R19 R24 darkens its slots with an alarm each way; the others are given', async () => {
    const bench = new Bench({ config: twoBuses() }).start();
    const courier = await bench.courier();
    const kept = bench.drop(courier);
    expect(kept.slot).toBe(LEFT);
    const sent = bench.numbers();
    const port = bench.kiosk.port('/dev/left');
    port.unplug();
    bench.wait(1_000);
    expect(bench.slot(LEFT).board).toBe('dark');
    expect(bench.slot(RIGHT).board).toBe('ok');
    expect(bench.collect(sent)).toMatchObject({ kind: 'not_now', why: 'dark' });
    const other = bench.announce(undefined, 'S', 'AC0012399').id;
    expect(bench.drop(courier, other).slot).toBe(RIGHT);
    port.replug();
    bench.until('it is back', () => bench.slot(LEFT).board === 'ok', MINUTE_MS);
    const ups = bench.rows('port.health').filter((row) => row.data.bus === 'left');
    expect(ups.map((row) => row.data.up)).toEqual([true, false, true]);
    const healths = bench.rows('board.health').filter((row) => row.data.board === 'A');
    expect(healths.map((row) => row.data.health)).toContain('dark');
    expect(healths.at(-1)?.data.health).toBe('online');
    expect(bench.collect(sent).kind).toBe('opening');
  });

  it('R10 R2 a door that is shut meanwhile counts from when it was seen to be', async () => {
    const bench = new Bench({ config: twoBuses() }).start();
    const drop = bench.drop(await bench.courier());
    bench.collect(bench.numbers());
    bench.untilState(drop.slot, 'open');
    const port = bench.kiosk.port('/dev/left');
    port.unplug();
    bench.takes(drop.slot);
    bench.wait(20_000);
    expect(bench.slot(drop.slot).state).toBe('open');
    port.replug();
    bench.untilState(drop.slot, 'grace');
    expect(bench.parcel(drop.parcel).status).toBe('stored');
    bench.untilState(drop.slot, 'available');
  });

  it('R6 a board that hangs is dark, and comes back when its power was cut', async () => {
    const bench = new Bench({ config: twoBuses() }).start();
    const drop = bench.drop(await bench.courier());
    const board = bench.kiosk.wall.board('A');
    board.faults.next('stuck');
    bench.until('it is dark', () => bench.slot(drop.slot).board === 'dark', MINUTE_MS);
    expect(bench.slot(RIGHT).board).toBe('ok');
    board.reset();
    bench.until('it is back', () => bench.slot(drop.slot).board === 'ok', MINUTE_MS);
    expect(bench.slot(drop.slot)).toMatchObject({ state: 'occupied', parcel: drop.parcel });
  });
});

describe('a config that changes', () => {
  it('R4 keeps the record of a parcel in a locker that is left out, and goes on', async () => {
    const folder = scratchFolder();
    const before = new Bench({ folder, config: twoBuses() }).start();
    const drop = before.drop(await before.courier());
    before.stop();
    const lockers = locker('RIGHT', 'B', 5, 8);
    const after = new Bench({ folder, config: twoBuses(lockers) }).start();
    after.wait(DAY_MS / 24);
    expect(after.parcel(drop.parcel)).toMatchObject({ status: 'stored', slot: LEFT });
    after.stop();
    const again = new Bench({ folder, config: twoBuses() });
    again.fill(LEFT, drop.parcel);
    again.start();
    expect(again.slot(LEFT)).toMatchObject({ state: 'occupied', parcel: drop.parcel });
    expect(again.collect(before.numbers()).kind).toBe('opening');
  });
});
