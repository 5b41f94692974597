import { describe, expect, it } from 'vitest';
import { ANNA, Bench, DAY_MS, HOUR_MS, MINUTE_MS, siteConfig } from './bench-kiosk.ts';

/** Time sync is asked, and the floor is stored, at least so often. */
const LOOK_MS = 30_000;
const FLOOR_MS = 5 * MINUTE_MS;

const newBench = () => new Bench({ config: siteConfig({ idlePollMs: 30_000 }) }).start();
const state = (bench: Bench) => bench.app.clock.trust().state;
const states = (bench: Bench) => bench.rows('clock.state').map((row) => row.data.state);

describe('what the time of day is worth', () => {
  it('R25 it is synced, then holdover, with an uncertainty that grows, and synced again', () => {
    const bench = newBench();
    expect(bench.app.clock.trust()).toEqual({ state: 'synced', errorMs: 50 });
    bench.kiosk.timeSync.isSynced = false;
    bench.wait(LOOK_MS);
    expect(state(bench)).toBe('holdover');
    bench.wait(DAY_MS);
    // 100 ppm of a day are 8.64 s.
    expect(bench.app.clock.trust().errorMs).toBeGreaterThan(8_640);
    expect(bench.app.clock.trust().errorMs).toBeLessThan(8_800);
    bench.kiosk.timeSync.isSynced = true;
    bench.wait(LOOK_MS);
    expect(bench.app.clock.trust()).toEqual({ state: 'synced', errorMs: 50 });
    expect(states(bench)).toEqual(['synced', 'holdover', 'synced']);
  });

  it('R25 every row says what its time is worth, under the hash of the chain', () => {
    const bench = newBench();
    bench.announce();
    expect(bench.journal().at(-1)).toMatchObject({ clk: 'synced', clkErrorMs: 50 });
    expect(bench.journal().at(-1)?.data).not.toHaveProperty('clk');
    bench.clock.jumpWall(HOUR_MS);
    bench.announce(ANNA, 'S', 'AC0012346');
    expect(bench.journal().at(-1)).toMatchObject({ clk: 'unsynced', clkErrorMs: null });
  });

  it('R25 a step of ten minutes is followed, a longer one is not, either way', () => {
    for (const way of [1, -1]) {
      const bench = newBench();
      bench.clock.jumpWall(way * 10 * MINUTE_MS);
      expect(state(bench)).toBe('synced');
      const before = bench.app.clock.wallMs();
      bench.clock.jumpWall(way * (10 * MINUTE_MS + 1));
      expect(state(bench)).toBe('unsynced');
      bench.wait(MINUTE_MS);
      const went = bench.app.clock.wallMs() - before;
      expect(went, 'time goes on as it did').toBe(way === 1 ? MINUTE_MS : 0);
    }
  });

  it('R25 neither time sync alone nor the cloud alone makes it believed again', () => {
    const bench = newBench();
    bench.clock.jumpWall(2 * HOUR_MS);
    bench.wait(HOUR_MS);
    expect(state(bench)).toBe('unsynced');
    bench.kiosk.timeSync.isSynced = false;
    bench.wait(LOOK_MS);
    bench.app.time.cloudSays(bench.clock.wallMs());
    expect(state(bench)).toBe('unsynced');
    bench.kiosk.timeSync.isSynced = true;
    bench.app.time.cloudSays(bench.clock.wallMs() + 61_000);
    bench.wait(LOOK_MS);
    expect(state(bench)).toBe('unsynced');
    bench.app.time.cloudSays(bench.clock.wallMs() + 59_000);
    expect(state(bench)).toBe('synced');
    expect(bench.app.clock.wallMs()).toBe(bench.clock.wallMs());
    expect(states(bench)).toEqual(['synced', 'unsynced', 'synced']);
  });

  it('R25 what the cloud said over an hour ago does not count', () => {
    const bench = newBench();
    bench.app.time.cloudSays(bench.clock.wallMs() + 2 * HOUR_MS);
    bench.wait(HOUR_MS + 1);
    bench.clock.jumpWall(2 * HOUR_MS);
    bench.wait(LOOK_MS);
    expect(state(bench)).toBe('unsynced');
  });

  it('R25 a technician sets it, but never below what was committed', () => {
    const bench = newBench();
    bench.kiosk.timeSync.isSynced = false;
    bench.clock.jumpWall(-3 * DAY_MS);
    bench.wait(LOOK_MS);
    const now = bench.app.clock.wallMs();
    expect(bench.app.time.setBy('T1', now - 1)).toEqual({ kind: 'too_early', floorMs: now });
    const wrongYear = now + 365 * DAY_MS;
    expect(bench.app.time.setBy('T1', wrongYear)).toEqual({ kind: 'far_ahead', floorMs: now });
    expect(state(bench)).toBe('unsynced');
    expect(bench.app.time.setBy('T1', now + 5_000)).toEqual({ kind: 'set' });
    bench.wait(1_000);
    expect(bench.app.clock.wallMs()).toBe(now + 6_000);
    expect(bench.app.clock.trust()).toEqual({ state: 'holdover', errorMs: 60_001 });
    expect(bench.rows('clock.set')).toMatchObject([{ cause: 'technician:T1' }]);
  });

  it('R25 time sync that comes back beside what a technician set needs the cloud', () => {
    const bench = newBench();
    bench.kiosk.timeSync.isSynced = false;
    bench.clock.jumpWall(-3 * DAY_MS);
    bench.wait(LOOK_MS);
    bench.app.time.setBy('T1', bench.app.clock.wallMs());
    bench.clock.jumpWall(3 * DAY_MS);
    bench.kiosk.timeSync.isSynced = true;
    bench.wait(LOOK_MS);
    expect(state(bench)).toBe('unsynced');
    bench.app.time.cloudSays(bench.clock.wallMs());
    expect(bench.app.clock.trust()).toEqual({ state: 'synced', errorMs: 50 });
  });
});

describe('the floor', () => {
  it('R25 wall time never falls below what was committed, whatever clocks and cuts do', () => {
    const bench = newBench();
    for (const step of [-MINUTE_MS, -HOUR_MS, -400 * DAY_MS, 0, -MINUTE_MS, 20 * DAY_MS, -DAY_MS]) {
      bench.clock.jumpWall(step);
      bench.restart();
      bench.announce(ANNA, 'S', `AC${bench.journal().length}`);
    }
    const times = bench.journal().map((row) => row.tsWall);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('R25 an idle kiosk stores it every five minutes', () => {
    const bench = newBench();
    bench.wait(HOUR_MS);
    const idle = bench.app.clock.wallMs();
    bench.clock.jumpWall(-DAY_MS);
    bench.restart();
    expect(bench.app.clock.wallMs()).toBeGreaterThan(idle - FLOOR_MS - LOOK_MS);
  });

  it('R25 after a start nobody vouches for the clock until time sync does', () => {
    const bench = newBench();
    bench.kiosk.timeSync.isSynced = false;
    bench.restart();
    expect(state(bench)).toBe('unsynced');
    // A clock without a battery stood still; the first word of time sync sets it.
    bench.clock.jumpWall(DAY_MS);
    bench.kiosk.timeSync.isSynced = true;
    bench.wait(LOOK_MS);
    expect(state(bench)).toBe('synced');
    expect(bench.app.clock.wallMs()).toBe(bench.clock.wallMs());
  });

  it('R25 a clock that runs years ahead at a start is not believed, and time sync sets it', () => {
    const bench = newBench();
    const before = bench.app.clock.wallMs();
    bench.kiosk.timeSync.isSynced = false;
    bench.clock.jumpWall(14 * 365 * DAY_MS);
    bench.restart(HOUR_MS);
    expect(state(bench)).toBe('unsynced');
    bench.wait(MINUTE_MS);
    const went = bench.app.clock.wallMs() - before;
    expect(went).toBeGreaterThanOrEqual(MINUTE_MS);
    expect(went).toBeLessThan(HOUR_MS);
    bench.restart();
    bench.clock.jumpWall(-14 * 365 * DAY_MS);
    bench.kiosk.timeSync.isSynced = true;
    bench.wait(LOOK_MS);
    expect(state(bench)).toBe('synced');
    expect(bench.app.clock.wallMs()).toBe(bench.clock.wallMs());
  });

  it('R25 a clock that says that the kiosk was off for days is taken, as unsynced', () => {
    const bench = newBench();
    bench.kiosk.timeSync.isSynced = false;
    bench.restart(10 * DAY_MS);
    expect(state(bench)).toBe('unsynced');
    expect(bench.app.clock.wallMs()).toBe(bench.clock.wallMs());
  });

  it('R25 a clock that stood still while it was off goes on from the last commit', () => {
    const bench = newBench();
    const before = bench.app.clock.wallMs();
    bench.kiosk.timeSync.isSynced = false;
    bench.clock.jumpWall(-50 * 365 * DAY_MS);
    bench.restart();
    bench.wait(HOUR_MS);
    expect(state(bench)).toBe('unsynced');
    expect(bench.app.clock.wallMs() - before).toBeGreaterThan(HOUR_MS - MINUTE_MS);
  });

  it('R25 a restart does not make a clock believed that had jumped', () => {
    const bench = newBench();
    bench.clock.jumpWall(DAY_MS);
    bench.wait(LOOK_MS);
    const before = bench.app.clock.wallMs();
    bench.restart();
    expect(state(bench)).toBe('unsynced');
    expect(bench.app.clock.wallMs() - before).toBeLessThan(MINUTE_MS);
  });

  it('R25 a synced clock that is behind what was committed is not called right', () => {
    const bench = newBench();
    bench.clock.jumpWall(-HOUR_MS);
    bench.restart();
    expect(state(bench)).toBe('unsynced');
    bench.app.time.cloudSays(bench.clock.wallMs());
    expect(state(bench), 'agreed on, but behind').toBe('unsynced');
    bench.wait(51 * MINUTE_MS);
    expect(state(bench)).toBe('synced');
    expect(bench.app.clock.trust().errorMs).toBeGreaterThan(8 * MINUTE_MS);
    bench.wait(10 * MINUTE_MS);
    expect(bench.app.clock.trust().errorMs).toBe(50);
  });
});

it('R25 with the clock lost, pickups by code and holds go on', async () => {
  const bench = newBench();
  const courier = await bench.courier();
  bench.clock.jumpWall(-30 * DAY_MS);
  const drop = bench.drop(courier);
  expect(state(bench)).toBe('unsynced');
  bench.wait(DAY_MS);
  const { countedMs } = bench.parcel(drop.parcel).hold;
  expect(Math.abs(countedMs - DAY_MS)).toBeLessThan(2 * FLOOR_MS);
  expect(bench.collect(bench.numbers()).kind).toBe('opening');
  bench.takes(drop.slot);
  bench.untilState(drop.slot, 'available');
  expect(bench.rows('parcel.retrieved')).toMatchObject([{ clk: 'unsynced', clkErrorMs: null }]);
});
