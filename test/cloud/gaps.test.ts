import { expect, it } from 'vitest';
import { CloudBench } from './cloud-bench.ts';
import { cutFor, expectTrue } from './pictures.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SLOTS = ['LOCK1/1', 'LOCK1/2', 'LOCK1/3'];
const SOON_MS = 2_000;

it.each([
  ['15 s', 15_000],
  ['1 h', HOUR_MS],
])('I4 I9 a link that is cut for %s loses no event, and every picture is right', (_for, cutMs) => {
  cutFor(new CloudBench({ idlePollMs: 1_000 }).start(), cutMs);
});

it.each([
  ['5 s', 5_000],
  ['40 s', 40_000],
  ['10 min', 10 * MINUTE_MS],
])('R21 a port that is away for %s: answers at once, polls soon, opens nothing', (_for, awayMs) => {
  const bench = new CloudBench().start();
  const [slot = '', other = ''] = SLOTS;
  const port = bench.kiosk.port('main');
  const { consumer, site } = bench;
  port.unplug();
  const ids: string[] = [];
  for (const share of [0, 0.5, 0.99]) {
    bench.wait(share === 0 ? 1 : awayMs * (share === 0.5 ? 0.5 : 0.49));
    const id = consumer.send(site, 'slot.open', { slot });
    expect(bench.result(id, SOON_MS)).toMatchObject({ ok: false, code: 'DARK', slot });
    ids.push(id);
  }
  expect(bench.slot(slot).board).toBe('dark');
  port.replug();
  bench.until('the board is read', () => bench.slot(slot).board === 'ok', SOON_MS);
  bench.wait(MINUTE_MS);
  expect(bench.pulses()).toBe(0);
  for (const id of ids) expect(new Set(bench.view.results.get(id)).size).toBe(1);
  const open = consumer.send(site, 'slot.open', { slot: other });
  expect(bench.result(open).code).toBe('OPENED');
  expect(bench.pulses()).toBe(1);
  expectTrue(bench);
});

it('R21 a command that waits for its turn when the port goes is answered and forgotten', () => {
  const bench = new CloudBench().start();
  const [first = '', second = ''] = SLOTS;
  const ids = [first, second].map((slot) => bench.consumer.send(bench.site, 'slot.open', { slot }));
  bench.until('the first is pulsed', () => bench.pulses() === 1);
  bench.kiosk.port('main').unplug();
  const [, waited = ''] = ids;
  expect(bench.result(waited, SOON_MS)).toMatchObject({ ok: false });
  bench.wait(5_000);
  bench.kiosk.port('main').replug();
  bench.wait(MINUTE_MS);
  expect(bench.pulses()).toBe(1);
  expectTrue(bench);
});

it('R24 R20 no broker, no port, every board dead at start: it serves, and says so', () => {
  const bench = new CloudBench();
  bench.broker.cut();
  bench.kiosk.port('main').unplug();
  for (const board of bench.kiosk.wall.boards) board.powerOff();
  bench.kiosk.start();
  bench.until('it serves', () => bench.kiosk.isServing, 10_000);
  expect(bench.app.tools.status()).toMatchObject({ serving: true, darkSlots: 15 });
  const events = () => bench.journal().map(({ t }) => t);
  expect(events()).toContain('port.health');
  expect(bench.app.tools.status().queue.count).toBeGreaterThan(0);
  bench.broker.restore();
  bench.consumer.start();
  bench.until('the cloud hears of it', () => bench.view.avail !== null, 2 * MINUTE_MS);
  for (const { free } of Object.values(bench.view.avail?.sizes ?? {})) expect(free).toBe(0);
  bench.until('every slot has an alert', () => bench.view.alerts.size === 15);
  bench.kiosk.port('main').replug();
  bench.wait(5_000);
  expect(bench.slot('LOCK1/1').board).toBe('dark');
  for (const board of bench.kiosk.wall.boards) board.powerOn();
  bench.until('its boards are back', () => bench.slot('LOCK1/1').board === 'ok', MINUTE_MS);
  expect(bench.pulses()).toBe(0);
  bench.until('no alert is left', () => bench.view.alerts.size === 0);
  expectTrue(bench);
});
