import { statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { routesOf } from '../../src/api/routes.ts';
import type { Event, Shown, Slot, Status } from '../../src/api/shapes.ts';
import { openApi } from '../../src/compose/api.ts';
import { socketPath } from '../../src/config/socket-path.ts';
import { createLog } from '../../src/platform/log.ts';
import type { Bench } from '../app/bench-kiosk.ts';
import { apiBench, streamOf } from './api-bench.ts';

/** What cannot be asked without. */
const QUERIES: Readonly<Record<string, string>> = {
  '/people': '/people?role=courier',
  '/report': '/report?from=0',
};

it('M2 every reply has the shape that its route names', async () => {
  const { bench, ask } = await apiBench();
  const parcel = await stored(bench);
  const { ref, slot } = bench.parcel(parcel);
  const filled = (path: string): string =>
    (QUERIES[path] ?? path)
      .replace(':locker/:slot', `${slot}`)
      .replace(/:(?:name|ref)$/, ref)
      .replace(':name', ref);
  const gets = routesOf(bench.app.tools).filter((one) => one.method === 'GET' && 'once' in one);
  expect(gets.length).toBeGreaterThan(7);
  for (const { path, role, reply } of gets) {
    const { status, body } = await ask(role, 'GET', filled(path));
    expect([path, status]).toEqual([path, 200]);
    expect(() => reply.parse(body), path).not.toThrow();
  }
});

it('M2 R24 says how the kiosk is doing, slots and queue included', async () => {
  const { bench, ask } = await apiBench();
  await stored(bench);
  const status = (await ask('ro', 'GET', '/status')).body as Status;
  expect(status).toMatchObject({ kiosk: bench.app.site.kiosk, serving: true, openDoors: [] });
  expect(status.parcels).toEqual({ stored: 1 });
  const busy = Object.values(status.sizes).reduce((sum, { occupied }) => sum + occupied, 0);
  expect(busy).toBe(1);
  expect(status.queue.count).toBe(bench.app.store.outbox.waiting().count);
});

it('D7 whoever has the panel’s socket can press keys and nothing else', async () => {
  const { bench, ask } = await apiBench();
  const routes = routesOf(bench.app.tools);
  const others = routes.filter(({ role }) => role !== 'panel');
  for (const { method, path } of others) {
    const { status, body } = await ask('panel', method, path);
    expect([path, status]).toEqual([path, 404]);
    expect(body).toMatchObject({ error: { code: 'NO_ROUTE' } });
  }
  for (const role of ['ro', 'ctl'] as const) {
    expect((await ask(role, 'POST', '/panels/1/keys', { key: '1' })).status).toBe(404);
  }
});

it('D6 a panel shows its screen at each change, and ends with its stream', async () => {
  const { bench, folder, ask } = await apiBench();
  const stream = streamOf(folder, 'panel', '/screen');
  const { panel, screen } = await stream.next<Shown>();
  expect(screen.title).toBe(bench.app.site.name);
  const key = screen.choices[0]?.key;
  expect((await ask('panel', 'POST', `/panels/${panel}/keys`, { key })).status).toBe(200);
  expect((await stream.next<Shown>()).screen).not.toEqual(screen);
  stream.close();
  const isGone = async () =>
    (await ask('panel', 'POST', `/panels/${panel}/keys`, { key })).status === 404;
  await expect.poll(isGone).toBe(true);
});

it('M15 the stream of events goes on after a row, each row once', async () => {
  const { bench, folder } = await apiBench();
  const stream = streamOf(folder, 'ro', '/events/stream?after=1');
  expect((await stream.next<Event>()).seq).toBe(2);
  const { journal } = bench.app.store;
  const before = journal.head()?.seq ?? 0;
  for (let seq = 3; seq <= before; seq += 1) expect((await stream.next<Event>()).seq).toBe(seq);
  await stored(bench);
  expect((await stream.next<Event>()).seq).toBe(before + 1);
  stream.close();
});

it('B10 the stream of slots shows a door as it moves', async () => {
  const { bench, folder } = await apiBench();
  const stream = streamOf(folder, 'ro', '/slots/stream');
  const all = await stream.next<Slot[]>();
  expect(all.every(({ door }) => door === 'closed')).toBe(true);
  await stored(bench);
  let seen = await stream.next<Slot[]>();
  while (!seen.some(({ door }) => door === 'open')) seen = await stream.next<Slot[]>();
  stream.close();
});

it('D7 bad requests are told what was wrong, what came, and what is allowed', async () => {
  const { ask } = await apiBench();
  const bad = [
    ['ro', 'GET', '/events?limit=0', '"limit" is "0"'],
    ['ro', 'GET', '/events?colour=red', 'Unrecognized key: "colour"'],
    ['ro', 'GET', '/parcels?status=lost', '"status" is "lost"'],
    ['panel', 'POST', '/panels/1/keys', '"key" is missing'],
  ] as const;
  for (const [role, method, path, message] of bad) {
    const { status, body } = await ask(role, method, path, method === 'POST' ? {} : undefined);
    expect([path, status]).toEqual([path, 400]);
    expect(JSON.stringify(body).replaceAll('\\"', '"')).toContain(message);
  }
  expect((await ask('ro', 'GET', '/slots/LOCK001/77')).status).toBe(404);
  expect((await ask('ro', 'GET', '/parcels/NOPE')).status).toBe(404);
});

it('D7 M9 no refused PIN, staff number or lease is repeated, a mistyped key or not', async () => {
  const { ask } = await apiBench();
  const bad = [
    ['/leases', { staff: 135791, pin: 135792 }, '"staff" is refused: '],
    ['/leases', { staff: '135791' }, '"pin" is missing: '],
    ['/couriers', { lease: 'L', carrier: 'ACME', pin: '13579' }, 'at least 6 digits'],
    ['/couriers', { lease: 13579, carrier: 'ACME', pin: '135791' }, '"lease" is refused: '],
    ['/leases', { staff: '135791', pin: '135792', pinn: '135793' }, 'Unrecognized key: "pinn"'],
  ] as const;
  for (const [path, body, message] of bad) {
    const refused = await ask('ctl', 'POST', path, body);
    expect([path, refused.status]).toEqual([path, 400]);
    const said = JSON.stringify(refused.body).replaceAll('\\"', '"');
    expect(said).toContain(message);
    expect(said).not.toContain('1357');
  }
});

it('D7 sockets are for owner and group alone, and replace those of a killed daemon', async () => {
  const { bench, folder } = await apiBench();
  for (const role of ['panel', 'ro', 'ctl'] as const) {
    expect(statSync(socketPath(folder, role)).mode & 0o777).toBe(0o660);
  }
  const second = await openApi(folder, bench.app.tools, createLog('error', { write: () => {} }));
  await second.close();
});

/** A parcel lies in a slot; gives its id. */
async function stored(bench: Bench): Promise<string> {
  return bench.drop(await bench.courier()).parcel;
}
