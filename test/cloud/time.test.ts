import { expect, it } from 'vitest';
import { newOperatorKey } from '../../sim/cloud/operator.ts';
import { HOUR_MS } from '../app/bench-kiosk.ts';
import { CloudBench } from './cloud-bench.ts';

it('R25 asks the cloud for the time while nobody vouches for it, and believes a jump then', () => {
  const bench = new CloudBench().start();
  bench.wait(1_000);
  expect(bench.view.asked).toEqual([]);
  bench.clock.jumpWall(3 * HOUR_MS);
  bench.wait(31_000);
  expect(bench.app.clock.trust().state).toBe('unsynced');
  bench.consumer.mouth.isAway = true;
  bench.until('it asks', () => bench.view.asked.includes('time'), HOUR_MS);
  bench.wait(60_000);
  expect(bench.app.clock.trust().state).toBe('unsynced');
  bench.consumer.mouth.isAway = false;
  bench.until('the clock is believed', () => bench.app.clock.trust().state === 'synced', HOUR_MS);
  expect(bench.app.clock.wallMs()).toBeCloseTo(bench.clock.wallMs(), -2);
});

it('R25 R22 an answer that is forged, late, or to no question says nothing', () => {
  const bench = new CloudBench().start();
  bench.consumer.mouth.isAway = true;
  bench.clock.jumpWall(3 * HOUR_MS);
  const ids: string[] = [];
  bench.broker.subscribe(bench.topics.req('time'), ({ payload }) => {
    ids.push(JSON.parse(new TextDecoder().decode(payload)).id);
  });
  bench.until('it asks', () => ids.length > 0, HOUR_MS);
  const answer = (re: string, key = bench.consumer.key) => {
    const topic = bench.topics.reply('time');
    const ts = new Date(bench.clock.wallMs()).toISOString();
    const id = '0190b3f1-7c2e-7a44-8b1d-2f6f9e1c0a20';
    const payload = JSON.stringify({ v: 1, id, t: 'time', re, d: { ts } });
    const sig = key.sign(topic, payload);
    bench.broker.publish({ topic, payload, qos: 1, retain: false, kid: key.kid, sig });
    bench.wait(1_000);
    return bench.app.clock.trust().state;
  };
  const [asked = ''] = ids;
  expect(answer(asked, newOperatorKey())).toBe('unsynced');
  expect(answer('0190b3f1-7c2e-7a44-8b1d-2f6f9e1c0a21')).toBe('unsynced');
  bench.wait(20_000);
  expect(answer(asked)).toBe('unsynced');
  bench.until('it asks again', () => ids.length > 1, HOUR_MS);
  expect(answer(ids.at(-1) ?? '')).toBe('synced');
});
