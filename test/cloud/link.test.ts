import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../sim/random.ts';
import { BackOff } from '../../src/cloud/back-off.ts';
import { CloudBench } from './cloud-bench.ts';

const AWAY_MS = 300_000;

describe('how long a kiosk stays away from a broker', () => {
  const gone = { why: 'unreachable', detail: '' } as const;

  it('7: doubles up to a minute, with full jitter', () => {
    const delays = (seed: number) => {
      const backOff = new BackOff(seededRandom(seed));
      return Array.from({ length: 12 }, () => backOff.after(gone, 0).delayMs);
    };
    const most = [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60].map((s) => s * 1_000);
    const runs = Array.from({ length: 200 }, (_, seed) => delays(seed));
    for (const [index, mostMs] of most.entries()) {
      const seen = runs.map((run) => run[index] ?? -1);
      expect(Math.max(...seen)).toBeLessThanOrEqual(mostMs);
      expect(Math.max(...seen)).toBeGreaterThan(mostMs * 0.9);
      expect(Math.min(...seen)).toBeLessThan(mostMs * 0.1);
    }
  });

  it('7: begins anew after a connection that was sound', () => {
    const backOff = new BackOff(seededRandom(1));
    for (let time = 0; time < 10; time += 1) backOff.after(gone, 0);
    const { delayMs } = backOff.after({ why: 'lost', detail: '' }, 60_000);
    expect(delayMs).toBeLessThanOrEqual(1_000);
  });

  it('1 9: keeps away for 5 min from who refuses, and from another of its name', () => {
    const backOff = new BackOff(seededRandom(1));
    const refused = backOff.after({ why: 'refused', detail: '' }, 0);
    expect(refused.alarm).toBe('link.refused');
    const taken = backOff.after({ why: 'taken_over', detail: '' }, 60_000);
    expect(taken.alarm).toBe('link.taken_over');
    expect(Math.min(refused.delayMs, taken.delayMs)).toBeGreaterThanOrEqual(AWAY_MS);
    const lost = { why: 'lost', detail: '' } as const;
    expect(backOff.after(lost, 100).alarm).toBeNull();
    expect(backOff.after(lost, 100).alarm).toBeNull();
    const third = backOff.after(lost, 100);
    expect(third.alarm).toBe('link.taken_over');
    expect(third.delayMs).toBeGreaterThanOrEqual(AWAY_MS);
  });
});

describe('the link', () => {
  it('says in order: birth, pictures, events', () => {
    const bench = new CloudBench();
    const order: string[] = [];
    bench.broker.subscribe('#', ({ topic, retained }) => {
      const [, , , direction, what = ''] = topic.split('/');
      if (direction === 'up' && !retained) order.push(what);
    });
    bench.start();
    bench.settle();
    const first = (what: string) => order.indexOf(what);
    expect(first('status')).toBe(0);
    expect(first('locker')).toBeGreaterThan(first('status'));
    expect(first('evt')).toBeGreaterThan(first('locker'));
    expect(first('evt')).toBeGreaterThan(first('avail'));
  });

  it('has a new session on each connection, and is born again when its old will is told', () => {
    const bench = new CloudBench().start();
    const first = bench.view.birth?.sess;
    bench.broker.cut();
    bench.wait(1_000);
    bench.broker.restore();
    bench.until('there is another session', () => bench.view.birth?.sess !== first);
    const second = bench.view.birth?.sess;
    bench.wait(60_000);
    expect(bench.view.status).toMatchObject({ state: 'ready', sess: second });
    const will = { v: 1, k: bench.site, state: 'lost', sess: first };
    const payload = JSON.stringify(will);
    bench.broker.publish({ topic: bench.topics.status, payload, qos: 1, retain: true });
    bench.until('the late will was told', () => bench.view.status?.state === 'lost');
    bench.until('it is born again', () => bench.view.status?.state === 'ready');
    expect(bench.view.status).toMatchObject({ sess: second });
  });

  it('tells its will when the plug is pulled, and says goodbye when it is stopped', () => {
    const bench = new CloudBench().start();
    bench.cut();
    bench.until('the will was told', () => bench.view.status?.state === 'lost');
    const other = new CloudBench().start();
    other.stop();
    other.wait(60_000);
    expect(other.view.status).toMatchObject({ state: 'offline', reason: 'stopped' });
  });

  it('9: backs off and raises an alarm when another client has its name', () => {
    const bench = new CloudBench().start();
    bench.broker.takeOver(bench.site);
    bench.wait(AWAY_MS - 1_000);
    expect(bench.app.store.kept.get('cloud.alerts')).toHaveProperty(['link.taken_over']);
    const { sess } = bench.view.birth ?? {};
    bench.until('it is back', () => bench.view.birth?.sess !== sess, AWAY_MS);
    bench.until('the alarm is told', () => bench.view.alerts.has('link.taken_over'));
    bench.until('the alarm is over', () => !bench.view.alerts.has('link.taken_over'));
  });

  it('11: a forbidden topic raises an alarm and is not tried again on this connection', () => {
    const bench = new CloudBench();
    bench.broker.forbidden = /\/evt$/;
    bench.start();
    bench.wait(10 * 60_000);
    expect(bench.view.alerts.has('link.forbidden')).toBe(true);
    expect(bench.broker.forbade).toBe(1);
    expect(bench.view.events).toHaveLength(0);
    expect(bench.app.store.outbox.waiting().count).toBeGreaterThan(0);
  });

  it('3: what the disk refuses to keep stays with the broker, and comes again', () => {
    const bench = new CloudBench().start();
    const { commands } = bench.app.store;
    const { put } = commands;
    let failures = 1;
    Object.assign(commands, {
      put: (record: Parameters<typeof put>[0]) => {
        failures -= 1;
        if (failures >= 0) throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' });
        put(record);
      },
    });
    const id = bench.consumer.send(bench.site, 'slot.block', { slot: 'LOCK1/3' });
    expect(bench.result(id)).toMatchObject({ ok: true, code: 'DONE' });
    expect(bench.slot('LOCK1/3').bar?.reason).toBe('blocked');
  });

  it('4: a command is acknowledged before it is carried out', () => {
    const bench = new CloudBench().start();
    const states: unknown[] = [];
    const { commands } = bench.app.store;
    const { put } = commands;
    Object.assign(commands, {
      put: (record: Parameters<typeof put>[0]) => {
        put(record);
        states.push([record.state, bench.broker.owed(bench.site)]);
      },
    });
    const id = bench.consumer.send(bench.site, 'slot.open', { slot: 'LOCK1/1' });
    bench.result(id);
    expect(states[0]).toEqual(['received', 1]);
    expect(states[1]).toEqual(['begun', 0]);
  });
});
