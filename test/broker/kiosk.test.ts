import { describe, expect, it } from 'vitest';
import { until } from './client.ts';
import { BrokerBench } from './kiosk-bench.ts';
import { Mosquitto } from './mosquitto.ts';

const BACK_WITHIN_MS = 40_000;

function expectWhole({ view, kiosk }: BrokerBench): void {
  const journal = kiosk.app.store.journal.after(0, 100_000);
  expect(view.events.map(({ id }) => id)).toEqual(journal.map(({ id }) => id));
}

describe('a kiosk on Mosquitto, with certificates and the documented list of rights', () => {
  it('R22 I4 opens a door for a signed command and tells every event', async () => {
    const bench = await new BrokerBench(await Mosquitto.start()).start();
    expect(await bench.open('LOCK1/1')).toMatchObject({ ok: true, code: 'OPENED' });
    expect(await bench.open('LOCK1/1')).toMatchObject({ ok: true, code: 'ALREADY_OPEN' });
    await bench.drained();
    expectWhole(bench);
    const door = () => bench.view.lockers.get('LOCK1')?.slots['1']?.door;
    await until('the picture has it', () => door() === 'open');
  });

  it('I9 a broker that is killed and wiped costs no event, and has the picture again', async () => {
    const broker = await Mosquitto.start();
    const bench = await new BrokerBench(broker).start();
    await bench.drained();
    const { sess } = bench.view.birth ?? {};
    broker.wipe();
    bench.kiosk.app.supervisor.send('LOCK1/2', { type: 'BLOCK' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await broker.up();
    bench.consumer.start();
    await until('there is a new session', () => bench.view.birth?.sess !== sess, BACK_WITHIN_MS);
    bench.consumer.present(true);
    await bench.drained(BACK_WITHIN_MS);
    expectWhole(bench);
    const picture = () => bench.view.lockers.get('LOCK1')?.slots['2']?.fault;
    await until('the picture is there', () => picture() === 'blocked');
    expect(await bench.open('LOCK1/3')).toMatchObject({ ok: true, code: 'OPENED' });
  });

  it('5: what is no message of the contract kills nothing, and comes no second time', async () => {
    const bench = await new BrokerBench(await Mosquitto.start()).start();
    const { topics } = bench;
    for (const topic of [topics.ack, topics.keys, topics.down.replace('#', 'nonsense')]) {
      for (const payload of ['{', '[]', 'null', '\u0000', '{"v":1}']) {
        bench.wire.publish({ topic, payload, qos: 1, retain: false });
      }
    }
    bench.wire.publish({ topic: topics.command('slot.open'), payload: '{', qos: 1, retain: false });
    const { sess } = bench.view.birth ?? {};
    expect(await bench.open('LOCK1/4')).toMatchObject({ ok: true, code: 'OPENED' });
    expect(bench.view.birth?.sess).toBe(sess);
  });
});
