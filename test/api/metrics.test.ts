import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../sim/cloud/mosquitto.ts';
import { openApi } from '../../src/compose/api.ts';
import { createLog } from '../../src/platform/log.ts';
import { Bench, scratchFolder } from '../app/bench-kiosk.ts';
import { served } from './api-bench.ts';
import { lintNames, readExposition } from './exposition.ts';

async function figures(bench: Bench) {
  const { ask } = await served(bench);
  return async () => {
    const { status, body } = await ask('ro', 'GET', '/metrics');
    expect(status).toBe(200);
    const families = readExposition(body as string);
    const read = (name: string, labels: Record<string, string> = {}): number =>
      families
        .filter((family) => family.name === name)
        .flatMap(({ samples }) => samples)
        .filter((one) => Object.entries(labels).every(([key, is]) => one.labels[key] === is))
        .reduce((sum, { value }) => sum + value, 0);
    return { families, read };
  };
}

it('M15 the figures are in the format of Prometheus, named as it wants them', async () => {
  const bench = new Bench().start();
  bench.drop(await bench.courier());
  const { families } = await (await figures(bench))();
  expect(families.length).toBeGreaterThan(15);
  const empty = families.filter(({ samples }) => samples.length === 0);
  expect(empty.map(({ name }) => name)).toEqual(['lockerd_board_discards_total']);
  expect(lintNames(families)).toEqual([]);
});

it('M15 tells rates of storing and retrieving, and the use of each locker and size', async () => {
  const bench = new Bench().start();
  const ask = await figures(bench);
  const slots = bench.app.site.slots.length;
  expect((await ask()).read('lockerd_slots', { status: 'empty' })).toBe(slots);
  const { slot } = bench.drop(await bench.courier());
  const full = await ask();
  const { size } = bench.app.site.slots.find(({ id }) => id === slot) ?? { size: '' };
  const [locker = ''] = slot.split('/');
  expect(full.read('lockerd_slots', { locker, size, status: 'occupied' })).toBe(1);
  expect(full.read('lockerd_slots')).toBe(slots);
  expect(full.read('lockerd_events_total', { type: 'parcel.stored' })).toBe(1);
  expect(full.read('lockerd_parcels', { status: 'stored' })).toBe(1);
  const asked = full.read('lockerd_board_requests_total');
  bench.collect(bench.numbers());
  bench.takes(slot);
  bench.untilState(slot, 'available');
  const after = await ask();
  expect(after.read('lockerd_events_total', { type: 'parcel.retrieved' })).toBe(1);
  expect(after.read('lockerd_slots', { status: 'occupied' })).toBe(0);
  expect(after.read('lockerd_board_requests_total')).toBeGreaterThan(asked);
});

it('M15 a board that is gone and events that wait can be seen', async () => {
  const bench = new Bench().start();
  const ask = await figures(bench);
  expect((await ask()).read('lockerd_dark_slots')).toBe(0);
  bench.kiosk.port('main').unplug();
  bench.wait(10_000);
  const { read } = await ask();
  expect(read('lockerd_board_up')).toBe(0);
  expect(read('lockerd_dark_slots')).toBe(bench.app.site.slots.length);
  expect(read('lockerd_outbox_events')).toBe(bench.app.store.outbox.waiting().count);
});

it('M15 the loopback port has the figures and nothing else; one in use stops nobody', async () => {
  const bench = new Bench().start();
  const port = await freePort();
  const log = createLog('error', { write: (line) => void bench.logged.push(line) });
  const open = async () => {
    const api = await openApi(scratchFolder(), bench.app.tools, log, port);
    onTestFinished(() => api.close());
  };
  await open();
  const got = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(got.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  expect(readExposition(await got.text()).length).toBeGreaterThan(15);
  for (const path of ['/status', '/parcels', '/openapi.json']) {
    expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(404);
  }
  await open();
  expect(bench.logged.at(-1)).toContain('EADDRINUSE');
});
