import { expect, it } from 'vitest';
import type { Evidence } from '../../src/api/shapes.ts';
import { Bench } from '../app/bench-kiosk.ts';
import { troubledPickup } from '../app/troubled-pickup.ts';
import { served } from './api-bench.ts';

async function evidence(bench: Bench, parcel: string): Promise<Evidence> {
  const { ask } = await served(bench);
  return (await ask('ro', 'GET', `/parcels/${parcel}/evidence`)).body as Evidence;
}

it('R30 B8 tells a jam, a power cut and a second try in order, each with its grade', async () => {
  const { bench, parcel } = await troubledPickup();

  const { rows } = await evidence(bench, parcel);
  const story = rows
    .map(({ t, grade }) => (grade === null ? t : `${t} ${grade}`))
    .filter((line) => /^(intent|pulse|slot\.(opened|closed)|parcel)/.test(line));
  const pulsed = ['intent.armed commanded', 'pulse.result acknowledged'];
  const moved = ['slot.opened sensed', 'slot.closed sensed'];
  const still = [...pulsed, 'intent.no_change'];
  expect(story).toEqual([
    ...['parcel.announced', ...pulsed, ...moved, 'parcel.stored asserted'],
    ...[...still, ...still, ...still],
    ...[...pulsed, ...moved, 'parcel.retrieved inferred'],
  ]);
  expect(new Set(rows.map(({ boot }) => boot)).size).toBe(2);
  expect(rows.every(({ hash }) => /^[0-9a-f]{64}$/.test(`${hash}`))).toBe(true);
});

it('R30 leaves out what happened to the slot before and after', async () => {
  const bench = new Bench().start();
  const courier = await bench.courier();
  const first = bench.drop(courier);
  bench.collect(bench.numbers());
  bench.takes(first.slot);
  bench.untilState(first.slot, 'available');
  const second = bench.drop(courier);
  expect(second.slot).toBe(first.slot);
  const { rows } = await evidence(bench, second.parcel);
  expect(rows.filter(({ t }) => t === 'slot.opened')).toHaveLength(1);
});
