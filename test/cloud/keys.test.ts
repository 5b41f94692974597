import { expect, it } from 'vitest';
import { newOperatorKey, type OperatorKey } from '../../sim/cloud/operator.ts';
import { CloudBench, ROOT_KEY } from './cloud-bench.ts';

function rotate(bench: CloudBench, root: OperatorKey, rev: number, next: OperatorKey): void {
  const { kid, publicKey: key } = next;
  const payload = JSON.stringify({ v: 1, rev, keys: [{ role: 'command', kid, key }] });
  const topic = bench.topics.keys;
  const signed = { kid: root.kid, sig: root.sign(topic, payload) };
  bench.broker.publish({ topic, payload, qos: 1, retain: true, ...signed });
  bench.wait(1_000);
}

it('R22 the root key rotates the command key, for good; a stolen command key does not', () => {
  const bench = new CloudBench().start();
  const { consumer, site } = bench;
  const [first, next] = [consumer.key, newOperatorKey()];
  rotate(bench, first, 1, next);
  expect(bench.rows('keys.rotated')).toHaveLength(0);
  rotate(bench, ROOT_KEY, 2, next);
  expect(bench.rows('keys.rotated')).toHaveLength(1);
  rotate(bench, ROOT_KEY, 1, first);
  expect(bench.rows('keys.rotated')).toHaveLength(1);
  bench.restart();
  bench.wait(70_000);
  const refused = bench.view.refused.length;
  consumer.send(site, 'rebirth', {});
  bench.until('the old key is refused', () => bench.view.refused.length > refused);
  expect(bench.view.refused.at(-1)?.d.code).toBe('BAD_SIGNATURE');
  consumer.key = next;
  expect(bench.result(consumer.send(site, 'rebirth', {}))).toMatchObject({ ok: true });
});
