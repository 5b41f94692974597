import { expect, it } from 'vitest';
import { CloudBench } from '../cloud/cloud-bench.ts';
import { cutFor } from '../cloud/pictures.ts';
import { until } from './client.ts';
import { BrokerBench } from './kiosk-bench.ts';
import { Mosquitto } from './mosquitto.ts';

const WEEK_MS = 7 * 86_400_000;
const CUT_MS = 15_000;
const BACK_WITHIN_MS = 40_000;

it('I4 I9 a broker that is away for 15 s costs no event, and every picture is right', async () => {
  const broker = await Mosquitto.start();
  const bench = await new BrokerBench(broker).start();
  await bench.drained();
  const { sess } = bench.view.birth ?? {};
  await broker.kill();
  bench.kiosk.door('LOCK1/2').force();
  await new Promise((resolve) => setTimeout(resolve, CUT_MS / 2));
  bench.kiosk.door('LOCK1/2').push();
  bench.kiosk.door('LOCK1/3').force();
  await new Promise((resolve) => setTimeout(resolve, CUT_MS / 2));
  await broker.up();
  bench.consumer.start();
  await until('there is a new session', () => bench.view.birth?.sess !== sess, BACK_WITHIN_MS);
  bench.consumer.present(true);
  await bench.drained(BACK_WITHIN_MS);
  const journal = bench.kiosk.app.store.journal.after(0, 100_000);
  expect(bench.view.events.map(({ id }) => id)).toEqual(journal.map(({ id }) => id));
  expect(journal.filter(({ t }) => t === 'slot.forced')).toHaveLength(2);
  const door = (slot: string) => bench.view.lockers.get('LOCK1')?.slots[slot]?.door;
  await until('the pictures are right', () => door('2') === 'closed' && door('3') === 'open');
  expect([...bench.view.alerts.keys()]).toEqual(
    expect.arrayContaining(['slot.LOCK1.2', 'slot.LOCK1.3']),
  );
});

it('I4 I9 a link that is cut for 7 days loses no event, and every picture is right', () => {
  cutFor(new CloudBench({ idlePollMs: 600_000 }).start(), WEEK_MS);
});
