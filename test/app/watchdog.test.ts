import { expect, it } from 'vitest';
import { supervised } from '../../src/platform/systemd.ts';
import { Bench, type BenchOptions, MINUTE_MS, scratchFolder, siteConfig } from './bench-kiosk.ts';
import { NotifySocket } from './notify-socket.ts';

const LIMIT_MS = 30_000;
const US_PER_MS = 1_000;

/** A kiosk under a service manager that waits for beats. */
function watched(options: BenchOptions = {}) {
  const socket = new NotifySocket();
  const environment = { NOTIFY_SOCKET: socket.path, WATCHDOG_USEC: `${LIMIT_MS * US_PER_MS}` };
  const systemd = supervised(environment) ?? undefined;
  const bench = new Bench({ ...options, ...(systemd && { systemd }) });
  return { bench, socket };
}

/** Loses the timer by which a bus goes on to its next exchange. */
function wedgeBus({ clock }: Bench): void {
  const after = clock.after.bind(clock);
  clock.after = (name: string, delayMs: number, fire: () => void) =>
    after(name, delayMs, name.endsWith('next exchange') ? () => {} : fire);
}

it('D8 with all well the kiosk says that it is ready, beats evenly, and says its end', () => {
  const { bench, socket } = watched();
  bench.start();
  expect(socket.told()).toEqual(['READY=1']);
  bench.wait(2 * LIMIT_MS);
  const told = socket.told();
  expect(told).toEqual(Array(8).fill('WATCHDOG=1\nSTATUS=serving, 15 of 15 doors seen'));
  bench.stop();
  expect(socket.told()).toEqual(['STOPPING=1']);
  bench.wait(LIMIT_MS);
  expect(socket.told()).toEqual([]);
});

it('D8 with the bus wedged the beat stops, and says why', () => {
  const { bench, socket } = watched();
  bench.start();
  bench.wait(LIMIT_MS);
  expect(socket.beats()).toBe(4);
  wedgeBus(bench);
  bench.wait(2 * 7_500);
  socket.told();
  bench.wait(2 * LIMIT_MS);
  const told = socket.told();
  expect(told.length).toBeGreaterThan(4);
  for (const text of told)
    expect(text).toMatch(/^STATUS=not well: a bus has not moved for \d+ ms$/);
});

it('D8 a pulled adapter and dark boards are no reason for a restart: the beat goes on', () => {
  const { bench, socket } = watched();
  bench.start();
  bench.kiosk.port('main').unplug();
  bench.wait(LIMIT_MS);
  socket.told();
  bench.wait(2 * LIMIT_MS);
  const told = socket.told();
  expect(told.length).toBeGreaterThanOrEqual(7);
  expect(new Set(told)).toEqual(new Set(['WATCHDOG=1\nSTATUS=serving, 0 of 15 doors seen']));
});

it('D8 the journal says why a kiosk ended, and which doors it was watching', async () => {
  const { bench } = watched();
  bench.start();
  const courier = await bench.courier();
  const { slot } = bench.beginDrop(courier, bench.announce().id);
  bench.untilState(slot, 'open');
  bench.wait(5_000);
  bench.app.stop(() => {}, 'power failing');
  bench.wait(1_000);
  const again = new Bench({ folder: bench.folder, seed: 2 }).start();
  const [row] = again.rows('kiosk.stopped');
  expect(row?.data).toMatchObject({ why: 'power failing', watched: [{ slot, state: 'open' }] });
  again.stop();
});

it('D8 a copy that is asked for is made as soon as nobody is at a door', async () => {
  const config = { ...siteConfig(), backup: { dir: scratchFolder() } };
  const { bench } = watched({ config });
  bench.start();
  const { slot } = bench.beginDrop(await bench.courier(), bench.announce().id);
  bench.untilState(slot, 'open');
  bench.app.backups.soon();
  bench.wait(10 * MINUTE_MS);
  expect(bench.rows('backup.made')).toEqual([]);
  bench.kiosk.door(slot).push();
  bench.wait(10 * MINUTE_MS);
  await expect.poll(() => bench.rows('backup.made').length).toBe(1);
});
