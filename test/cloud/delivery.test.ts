import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../app/bench-kiosk.ts';
import { CloudBench } from './cloud-bench.ts';
import { expectWhole, write } from './events.ts';

describe('what the cloud hears', () => {
  it('I4 I9 has every event once and in order, and sees what the kiosk sees', async () => {
    const bench = new CloudBench().start();
    const { slot } = bench.drop(await bench.courier());
    bench.settle();
    const { view } = bench;
    expectWhole(bench);
    expect(view.repeated).toBe(0);
    bench.wait(2_000);
    const [locker = '', name = ''] = slot.split('/');
    const seen = view.lockers.get(locker)?.slots[name];
    expect(seen).toMatchObject({ state: 'occupied', door: 'closed', fault: null });
    expect(view.avail?.sizes.S).toMatchObject({ busy: 1 });
  });

  it('I4 forgets an event only when the consumer has acknowledged it, not the broker', () => {
    const bench = new CloudBench();
    bench.consumer.isSilent = true;
    bench.start();
    write(bench, 3_000);
    bench.wait(10_000);
    expect(bench.view.events.length).toBe(1_000);
    expect(bench.app.store.outbox.waiting().count).toBeGreaterThan(3_000);
    bench.broker.wipe();
    bench.consumer.isSilent = false;
    bench.consumer.present(true);
    bench.settle();
    expectWhole(bench);
  });

  it('I4 forgets what was acknowledged before the snapshots of a new connection are out', () => {
    const bench = new CloudBench().start();
    bench.settle();
    bench.consumer.answersAfterMs = 500;
    write(bench, 300);
    const last = bench.app.store.journal.head()?.seq ?? 0;
    bench.until('the consumer has them', () => bench.view.upto >= last);
    bench.broker.takeOver(bench.site);
    // The broker keeps the acknowledgement; from now on nothing is acknowledged a second time.
    bench.wait(1_000);
    bench.consumer.isSilent = true;
    bench.wait(10 * MINUTE_MS);
    expect(bench.app.store.outbox.after(0, 1)[0]?.seq ?? last + 1).toBeGreaterThan(last);
  });

  it('I4 a birth says all that was acknowledged before it', () => {
    const bench = new CloudBench().start();
    bench.settle();
    bench.consumer.isSilent = true;
    write(bench, 20);
    const upto = bench.app.store.journal.head()?.seq ?? 0;
    bench.until('the consumer has them', () => bench.view.upto >= upto);
    const ack = JSON.stringify({ v: 1, ep: bench.app.store.epoch, upto });
    bench.broker.publish({ topic: bench.topics.ack, payload: ack, qos: 1, retain: true });
    bench.consumer.send(bench.site, 'rebirth', {});
    bench.until('it is born again', () => bench.view.birth?.acked === upto, 10_000);
  });

  it('I4 keeps the events while nobody is there to take them', () => {
    const bench = new CloudBench().start();
    bench.settle();
    bench.consumer.present(false);
    bench.wait(1_000);
    const { upto } = bench.view;
    write(bench, 50);
    bench.wait(120_000);
    expect(bench.view.upto).toBe(upto);
    bench.consumer.present(true);
    bench.settle();
    expectWhole(bench);
  });

  it('I4 closes a gap by asking, and takes what comes twice once', () => {
    const bench = new CloudBench();
    bench.start();
    bench.settle();
    bench.broker.loses = (topic) => topic.endsWith('/evt');
    write(bench, 20);
    bench.wait(100);
    bench.broker.loses = () => false;
    write(bench, 20);
    bench.until('events came before those that are missing', () => bench.view.early.size > 0);
    bench.until('the gap is closed', () => bench.view.early.size === 0, 10_000);
    bench.settle();
    expectWhole(bench);
    const ep = bench.app.store.epoch;
    const again = bench.consumer.send(bench.site, 'replay', { ep, from: 1, to: 30 });
    expect(bench.result(again)).toMatchObject({ ok: true });
    bench.settle();
    expect(bench.view.repeated).toBeGreaterThanOrEqual(30);
    expectWhole(bench);
  });

  it('I4 an acknowledgement of another life, or of what was never sent, forgets nothing', () => {
    const bench = new CloudBench();
    bench.consumer.isSilent = true;
    bench.start();
    bench.wait(1_000);
    const { count } = bench.app.store.outbox.waiting();
    const ack = (ep: string, upto: number) => {
      const payload = JSON.stringify({ v: 1, ep, upto });
      bench.broker.publish({ topic: bench.topics.ack, payload, qos: 1, retain: true });
      bench.wait(1_000);
    };
    ack('0000000000000000', 3);
    ack(bench.app.store.epoch, 1_000_000);
    expect(bench.app.store.outbox.waiting().count).toBe(count);
    ack(bench.app.store.epoch, 3);
    expect(bench.app.store.outbox.waiting().count).toBe(count - 3);
  });

  it('I9 a broker that lost everything has the whole picture from the next birth', async () => {
    const bench = new CloudBench().start();
    bench.kiosk.door('LOCK1/2').force();
    const { slot } = bench.drop(await bench.courier());
    bench.until('the alarm came', () => bench.view.alerts.size > 0);
    bench.settle();
    bench.broker.wipe();
    expect(bench.broker.retained(bench.topics.avail)).toBeNull();
    bench.consumer.present(true);
    bench.wait(60_000);
    const [locker = '', name = ''] = slot.split('/');
    const picture = JSON.parse(bench.broker.retained(bench.topics.locker(locker)) ?? '{}');
    expect(picture.slots[name]).toMatchObject({ state: 'occupied' });
    expect(bench.broker.retained(bench.topics.avail)).not.toBeNull();
    expect(bench.broker.retained(bench.topics.alert('slot.LOCK1.2'))).not.toBeNull();
    expectWhole(bench);
  });

  it('I10 nothing that goes to the cloud names a person, a number or a code', async () => {
    const bench = new CloudBench();
    const texts: string[] = [];
    bench.broker.subscribe('#', ({ payload }) => texts.push(new TextDecoder().decode(payload)));
    bench.start();
    bench.drop(await bench.courier());
    const { code, second } = bench.numbers();
    bench.collect(bench.numbers());
    bench.settle();
    const all = texts.join('\n');
    for (const secret of [code, second, '2125550111', 'anna@']) expect(all).not.toContain(secret);
  });

  it('M19 says again what is free before the broker forgets it, while nothing happens', () => {
    const bench = new CloudBench({ idlePollMs: 600_000 }).start(3_600_000);
    const times: number[] = [];
    bench.broker.subscribe(bench.topics.avail, () => times.push(bench.clock.monoMs()));
    bench.wait(30 * 3_600_000);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(gaps.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...gaps)).toBeLessThan(24 * 3_600_000);
  });

  it('I13 sends availability at most once a second', () => {
    const bench = new CloudBench().start();
    bench.settle();
    let sent = 0;
    bench.broker.subscribe(bench.topics.avail, () => {
      sent += 1;
    });
    for (let time = 0; time < 40; time += 1) {
      const slot = `LOCK1/${1 + (time % 2)}`;
      const isBlocked = bench.slot(slot).bar !== null;
      bench.app.supervisor.send(slot, { type: isBlocked ? 'UNBLOCK' : 'BLOCK' });
      bench.wait(100);
    }
    bench.wait(2_000);
    expect(sent).toBeGreaterThan(2);
    expect(sent).toBeLessThanOrEqual(7);
  });
});
