import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ANNA, HOUR_MS, MINUTE_MS } from '../app/bench-kiosk.ts';
import { CloudBench } from './cloud-bench.ts';

/** A failing card: the kiosk falls back to the copy, and a while later is connected again. */
function loseTheDatabase(bench: CloudBench): void {
  bench.stop();
  const file = openSync(join(bench.folder, 'lockerd.db'), 'r+');
  writeSync(file, Buffer.alloc(64_000, 0x5a), 0, 64_000, 100);
  closeSync(file);
  const { epoch } = bench.view;
  bench.start();
  bench.until('it is born anew', () => bench.view.epoch !== epoch);
}

/** Two parcels, and a copy of the database in which both lie there. */
async function twoParcels() {
  const bench = new CloudBench().start();
  const courier = await bench.courier();
  const drops = ['AC0010001', 'AC0010002'].map((label) => {
    const { slot, parcel } = bench.drop(courier, bench.announce(ANNA, 'S', label).id);
    return { slot, parcel, sent: bench.numbers() };
  });
  const [first, second] = drops;
  if (first === undefined || second === undefined) throw new Error('two were dropped');
  bench.settle();
  await bench.app.store.copy();
  return { bench, first, second };
}

describe('after a restore', () => {
  it('R31 the cloud confirms what lies where, and codes that were used stay used', async () => {
    const { bench, first, second } = await twoParcels();
    expect(bench.collect(first.sent).kind).toBe('opening');
    bench.takes(first.slot);
    bench.untilState(first.slot, 'available');
    bench.settle();
    loseTheDatabase(bench);
    bench.until('it was answered', () => bench.slot(second.slot).binding === 'known');
    expect(bench.view.asked).toContain('custody.sync');
    bench.wait(7 * MINUTE_MS);
    const pulses = bench.pulses();
    expect(bench.collect(first.sent).kind).not.toBe('opening');
    expect(bench.pulses()).toBe(pulses);
    expect(bench.slot(first.slot)).toMatchObject({ state: 'quarantined', binding: 'unverified' });
    expect(bench.parcel(first.parcel).status).toBe('retrieved');
    expect(bench.rows('custody.differs').map(({ slot }) => slot)).toEqual([first.slot]);
    bench.wait(7 * MINUTE_MS);
    expect(bench.collect(second.sent).kind).toBe('opening');
    bench.takes(second.slot);
    bench.untilState(second.slot, 'available');
  });

  it('R31 the cloud vouches for nothing that was done without a link', async () => {
    const { bench, first, second } = await twoParcels();
    bench.broker.cut();
    expect(bench.collect(first.sent).kind).toBe('opening');
    bench.takes(first.slot);
    bench.untilState(first.slot, 'available');
    bench.wait(HOUR_MS);
    bench.broker.restore();
    bench.broker.forbidden = /evt/;
    loseTheDatabase(bench);
    bench.wait(2 * MINUTE_MS);
    expect(bench.view.asked).toContain('custody.sync');
    for (const { slot } of [first, second]) expect(bench.slot(slot).binding).toBe('unverified');
  });

  it('R31 R2 the cloud lifts no bar that has another reason', async () => {
    const { bench, first, second } = await twoParcels();
    bench.app.supervisor.send(second.slot, { type: 'BLOCK' });
    bench.settle();
    await bench.app.store.copy();
    loseTheDatabase(bench);
    bench.until('it was answered', () => bench.slot(first.slot).binding === 'known');
    const { bar, binding } = bench.slot(second.slot);
    expect({ reason: bar?.reason, binding }).toEqual({ reason: 'blocked', binding: 'unverified' });
  });
});
