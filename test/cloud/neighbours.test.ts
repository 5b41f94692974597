import { expect, it } from 'vitest';
import type { Message } from '../../src/cloud/messages.ts';
import { topicsOf } from '../../src/cloud/topics.ts';
import { CARRIER, PIN } from '../app/bench-kiosk.ts';
import { Keys } from '../app/keys.ts';
import { CloudBench } from './cloud-bench.ts';

type Avail = Message<'avail'>;

/** A kiosk of which no slot can be used. */
async function atFullKiosk() {
  const bench = new CloudBench().start();
  for (const { id } of bench.app.supervisor.all()) {
    bench.app.supervisor.send(id, { type: 'BLOCK' });
  }
  bench.announce();
  const staff = await bench.app.people.addCourier(CARRIER, PIN);
  const keys = await new Keys(bench).signIn(staff);
  return { bench, keys };
}

/** Another kiosk says what is free there. */
function neighbour(bench: CloudBench, k: string, city: string, free: number): void {
  const said: Avail = { v: 1, k, rev: 1, city, sizes: { S: { free, busy: 0, oos: 0 } } };
  const payload = JSON.stringify(said);
  bench.broker.publish({ topic: topicsOf(k).avail, payload, qos: 1, retain: true });
}

it('M14 a courier before a full kiosk is told of the nearest site with room', async () => {
  const { bench, keys } = await atFullKiosk();
  neighbour(bench, 'FAR001', 'Elsewhere', 4);
  neighbour(bench, 'NEAR01', bench.view.avail?.city ?? '', 0);
  neighbour(bench, 'NEAR02', bench.view.avail?.city ?? '', 1);
  keys.type('1 12345 1');
  expect(keys.text()).toContain('No compartment that takes this parcel is free.');
  keys.shows('There is room at NEAR02');
});

it('M14 R24 without a link, or without room anywhere, the screen says what it can', async () => {
  const { bench, keys } = await atFullKiosk();
  neighbour(bench, 'NEAR01', bench.view.avail?.city ?? '', 0);
  keys.type('1 12345 1');
  bench.wait(5_000);
  expect(keys.text()).toContain('Please take the parcel along.');
  expect(keys.text()).not.toContain('There is room');
  neighbour(bench, 'NEAR01', bench.view.avail?.city ?? '', 3);
  bench.broker.cut();
  keys.type('# 12345 1');
  bench.wait(5_000);
  expect(keys.text()).toContain('Please take the parcel along.');
  expect(keys.text()).not.toContain('There is room');
});
