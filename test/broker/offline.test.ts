import { describe, expect, it } from 'vitest';
import { ANNA, DAY_MS, HOUR_MS, MINUTE_MS } from '../app/bench-kiosk.ts';
import { CloudBench } from '../cloud/cloud-bench.ts';
import { expectWhole, write } from '../cloud/events.ts';

const DAYS = 7;
const EVENTS = 10_000;
/** I9: once the connection is there, the cloud sees what the kiosk sees within this time. */
const SEEN_WITHIN_MS = MINUTE_MS;

/** What the cloud shows of each slot, and what the kiosk itself believes. */
function expectSeen(bench: CloudBench): void {
  for (const slot of bench.app.supervisor.all()) {
    const [locker = '', name = ''] = slot.id.split('/');
    const seen = bench.view.lockers.get(locker)?.slots[name];
    expect(seen).toMatchObject({ rev: slot.rev, door: slot.door, fault: slot.bar?.reason ?? null });
  }
}

/** One parcel dropped and collected, and a day's worth of other events. */
async function day(bench: CloudBench, n: number): Promise<void> {
  const courier = await bench.courier();
  const { slot } = bench.drop(courier, bench.announce(ANNA, 'S', `AC001${1_000 + n}`).id);
  if (n % 2 === 0) {
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
    bench.takes(slot);
    bench.untilState(slot, 'available');
  }
  write(bench, EVENTS / DAYS);
  if (n === 3) bench.restart();
  bench.wait(DAY_MS);
}

describe('seven days without a link', () => {
  it('R24 I4 I9 I11 drain in order, none missing, none twice; an open is quick', async () => {
    const bench = new CloudBench({ idlePollMs: 600_000 }).start(HOUR_MS);
    bench.settle();
    const { upto } = bench.view;
    bench.broker.cut();
    for (let n = 0; n < DAYS; n += 1) await day(bench, n);
    const { count, oldestWall } = bench.app.store.outbox.waiting();
    expect(count).toBeGreaterThan(EVENTS);
    expect(bench.clock.wallMs() - (oldestWall ?? 0)).toBeGreaterThan((DAYS - 1) * DAY_MS);
    expect(bench.view.upto).toBe(upto);
    bench.broker.restore();
    bench.until('it drains', () => bench.view.upto > upto + 500, HOUR_MS);
    const began = bench.clock.monoMs();
    expectSeen(bench);
    const id = bench.consumer.send(bench.site, 'slot.open', { slot: 'LOCK1/15' });
    expect(bench.result(id, 2_000).code).toBe('OPENED');
    expect(bench.view.upto).toBeLessThan(EVENTS);
    bench.settle(10 * MINUTE_MS);
    expect(bench.clock.monoMs() - began).toBeLessThan(SEEN_WITHIN_MS);
    expectWhole(bench);
    expect(bench.view.repeated).toBe(0);
    expect(bench.view.events.at(upto + 20)?.hist).toBe(true);
  });

  it('R24 I4 a broker that is wiped in the middle costs a repetition and no more', async () => {
    const bench = new CloudBench().start();
    const { consumer, site, broker, view } = bench;
    consumer.changePeople(site, [{ id: 'c_anna', role: 'customer', contact: ANNA }]);
    bench.until('she is known', () => view.prov?.rev === 1);
    bench.kiosk.door('LOCK1/2').force();
    bench.until('there is an alert', () => view.alerts.size > 0);
    broker.cut();
    write(bench, 3_000);
    broker.restore();
    bench.until('it drains', () => view.upto > 1_000);
    consumer.changePeople(site, [], ['c_anna']);
    broker.wipe();
    // What the broker kept is gone with it: presence, acknowledgement, pictures, alerts.
    consumer.present(true);
    bench.settle();
    bench.wait(SEEN_WITHIN_MS);
    expectWhole(bench);
    expectSeen(bench);
    expect(view.birth?.ep).toBe(bench.app.store.epoch);
    expect(view.prov).toMatchObject({ rev: 2, count: 0, hash: view.people.hash() });
    for (const topic of [bench.topics.avail, bench.topics.prov, bench.topics.ack]) {
      expect(broker.retained(topic)).not.toBeNull();
    }
    expect(broker.retained(bench.topics.alert('slot.LOCK1.2'))).not.toBeNull();
  });

  it('R24 I4 a consumer with bad manners has every event once all the same', () => {
    const bench = new CloudBench();
    const { mouth } = bench.consumer;
    [mouth.repeats, mouth.reorders, mouth.lateMs] = [true, true, 3_000];
    bench.start();
    write(bench, 1_000);
    bench.until('half of it came', () => bench.view.upto > 500, 10 * MINUTE_MS);
    mouth.isAway = true;
    bench.wait(10 * MINUTE_MS);
    mouth.isAway = false;
    bench.settle(HOUR_MS);
    expectWhole(bench);
  });
});
