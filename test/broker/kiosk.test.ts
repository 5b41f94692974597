import { describe, expect, it } from 'vitest';
import { until } from './client.ts';
import { BrokerBench, KIOSK } from './kiosk-bench.ts';
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
    await broker.wipe();
    bench.kiosk.app.supervisor.send('LOCK1/2', { type: 'BLOCK' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await broker.up();
    await until('there is a new session', () => bench.view.birth?.sess !== sess, BACK_WITHIN_MS);
    await bench.again();
    await bench.drained(BACK_WITHIN_MS);
    expectWhole(bench);
    const picture = () => bench.view.lockers.get('LOCK1')?.slots['2']?.fault;
    await until('the picture is there', () => picture() === 'blocked');
    expect(await bench.open('LOCK1/3')).toMatchObject({ ok: true, code: 'OPENED' });
  });

  it.each([
    { when: 'accepted, nothing sent', row: 'command.accepted', pulsed: 0, code: 'BAD_SESSION' },
    { when: 'armed, nothing sent', row: 'intent.armed', pulsed: 0, code: 'UNKNOWN' },
    { when: 'pulsed, nothing answered', row: null, pulsed: 1, code: 'OPENED' },
    { when: 'opened, no result kept', row: 'slot.opened', pulsed: 1, code: 'OPENED' },
    { when: 'result kept, not told', row: 'command.finished', pulsed: 1, code: 'OPENED' },
  ])('R22 I2 says once what became of a command in which its power was cut: $when', async (cut) => {
    const bench = await new BrokerBench(await Mosquitto.start()).start();
    const { kiosk, consumer } = bench;
    const pulses = () => kiosk.wall.boards.reduce((sum, board) => sum + board.pulses.length, 0);
    let isCut = false;
    const pull = () => {
      if (isCut) return;
      isCut = true;
      kiosk.cutPower();
    };
    kiosk.app.store.journal.onCommitted((rows) => {
      if (rows.some(({ t }) => t === cut.row)) pull();
    });
    const id = consumer.send(KIOSK, 'slot.open', { slot: 'LOCK1/5' });
    await until('the moment is there', () => isCut || (cut.row === null && pulses() === 1));
    pull();
    expect(consumer.resultOf(KIOSK, id)).toBeNull();
    // A lock that was pulsed opens whether or not anybody watches.
    const door = kiosk.door('LOCK1/5');
    if (cut.pulsed > 0) await until('the door has moved', () => door.isOpen);
    kiosk.start();
    await until('there is a result', () => consumer.resultOf(KIOSK, id) !== null, BACK_WITHIN_MS);
    expect(consumer.resultOf(KIOSK, id)?.code).toBe(cut.code);
    await bench.drained(BACK_WITHIN_MS);
    expect(pulses()).toBe(cut.pulsed);
    const ends = bench.view.events.filter(({ t, cause }) => {
      return t === 'command.finished' && cause === `cmd:${id}`;
    });
    expect(ends).toHaveLength(1);
    expect(new Set(bench.view.results.get(id)).size).toBe(1);
    expectWhole(bench);
  });

  it('I4 a broker over its quota loses what it acknowledged, and no event is lost', async () => {
    const bench = await new BrokerBench(
      await Mosquitto.start('\nmax_queued_messages 5\nmax_inflight_messages 1\n'),
    ).start();
    await bench.drained();
    const { supervisor } = bench.kiosk.app;
    bench.wire.pause();
    for (let times = 0; times < 40; times += 1) {
      for (const type of ['BLOCK', 'UNBLOCK'] as const) supervisor.send('LOCK1/6', { type });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await bench.wire.resume();
    await bench.again();
    await bench.drained(BACK_WITHIN_MS);
    expectWhole(bench);
  });

  it('I4 a broker that is killed and comes back as it was costs nothing', async () => {
    const broker = await Mosquitto.start();
    const bench = await new BrokerBench(broker).start();
    const { sess } = bench.view.birth ?? {};
    await broker.kill();
    bench.kiosk.app.supervisor.send('LOCK1/2', { type: 'BLOCK' });
    await broker.up();
    await until('there is a new session', () => bench.view.birth?.sess !== sess, BACK_WITHIN_MS);
    await bench.again();
    await bench.drained(BACK_WITHIN_MS);
    expectWhole(bench);
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
