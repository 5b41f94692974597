import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newOperatorKey } from '../../sim/cloud/operator.ts';
import { CloudBench, ROOT_KEY } from './cloud-bench.ts';

const EACH = 300;
const MINUTES = 5;
const NOISE = ['', '{', '[]', 'null', '{"v":1}', 'x'.repeat(16_000)];

const bytesOf = (bench: CloudBench): number =>
  ['lockerd.db', 'lockerd.db-wal'].reduce((sum, name) => {
    return sum + (statSync(join(bench.folder, name), { throwIfNoEntry: false })?.size ?? 0);
  }, 0);

/** Everything that comes down, and what a command type or an answer that nobody knows is called. */
function topicsDown({ topics }: CloudBench): string[] {
  const named = [topics.ack, topics.desired, topics.people, topics.peopleFull, topics.keys];
  const replies = ['time', 'notice', 'code.recover', 'gossip'].map(topics.reply);
  const commands = ['slot.open', 'replay', 'nothing'].map(topics.command);
  return [...named, ...replies, ...commands, topics.down.replace('#', 'elsewhere')];
}

/** What the journal, the disk, the log and the queue have more by. */
function grown(bench: CloudBench, flood: () => void) {
  bench.settle();
  bench.wait(60_000);
  const [rows, bytes, lines] = [bench.journal().length, bytesOf(bench), bench.logged.length];
  flood();
  bench.wait(60_000);
  return {
    rows: bench.journal().length - rows,
    bytes: bytesOf(bench) - bytes,
    lines: bench.logged.length - lines,
    waiting: bench.app.store.outbox.waiting().count,
  };
}

describe('a flood of messages', () => {
  it('R22 I13 that nobody signed leaves a row a minute, and nothing else grows', () => {
    const bench = new CloudBench().start();
    const forger = newOperatorKey();
    const topics = topicsDown(bench);
    let sent = 0;
    const more = grown(bench, () => {
      for (let minute = 0; minute < MINUTES; minute += 1) {
        for (let n = 0; n < EACH; n += 1) {
          const topic = topics[n % topics.length] ?? '';
          const payload = NOISE[Math.floor(n / topics.length) % NOISE.length] ?? '';
          const signed = { kid: forger.kid, sig: forger.sign(topic, payload) };
          bench.broker.publish({ topic, payload, qos: 1, retain: false, ...signed });
          sent += 1;
        }
        bench.wait(60_000);
      }
    });
    const refused = bench.rows('message.refused');
    expect(refused.length).toBeLessThanOrEqual(MINUTES + 3);
    const counted = refused.reduce((sum, { data }) => sum + Number(data.refused), 0);
    // An empty message deletes what is retained, and asks for nothing.
    expect(counted).toBeGreaterThan(sent / 2);
    expect(more.rows).toBeLessThanOrEqual(MINUTES * 2 + 4);
    expect(more.bytes).toBeLessThan(500_000);
    expect(more.lines).toBeLessThan(MINUTES * 10);
    expect(more.waiting).toBe(0);
    expect(bench.broker.owed(bench.site)).toBe(0);
    expect(bench.pulses()).toBe(0);
  });

  it('R22 I13 of keys, people and settings that were said before leaves nothing', () => {
    const bench = new CloudBench().start();
    const { topics, site, consumer } = bench;
    const said: { topic: string; payload: string; kid: string; sig: string }[] = [];
    const overhears = bench.broker.subscribe(topics.down, ({ topic, payload, kid, sig }) => {
      const text = new TextDecoder().decode(payload);
      if (kid !== null && sig !== null) said.push({ topic, payload: text, kid, sig });
    });
    const contact = { phone: '+12125550111', email: null, language: 'en' };
    consumer.changePeople(site, [{ id: 'c_1', role: 'customer', contact }]);
    consumer.setSettings(site, 1, '{"holdDays":6}');
    consumer.setSettings(site, 2, '{"holdDays":60}');
    const { kid, publicKey: key } = newOperatorKey();
    const keys = JSON.stringify({ v: 1, rev: 1, keys: [{ role: 'command', kid, key }] });
    bench.until('all that is in force', () => bench.view.cfg?.status === 'refused');
    const signed = { kid: ROOT_KEY.kid, sig: ROOT_KEY.sign(topics.keys, keys) };
    bench.broker.publish({ topic: topics.keys, payload: keys, qos: 1, retain: true, ...signed });
    bench.until('the keys are there', () => bench.rows('keys.rotated').length === 1);
    expect(said.map(({ topic }) => topic)).toContain(topics.people);
    overhears();
    const more = grown(bench, () => {
      for (let n = 0; n < EACH; n += 1) {
        for (const one of said) bench.broker.publish({ ...one, qos: 1, retain: false });
        bench.wait(100);
      }
    });
    expect(bench.rows('keys.rotated')).toHaveLength(1);
    expect(more.rows).toBeLessThanOrEqual(8);
    expect(more.bytes).toBeLessThan(500_000);
    expect(more.waiting).toBe(0);
  });

  it('I13 of results that a deaf broker never takes stays under the limit of the link', () => {
    const bench = new CloudBench().start();
    bench.settle();
    const { consumer, site } = bench;
    const id = consumer.send(site, 'slot.block', { slot: 'LOCK1/1' });
    bench.result(id);
    const told = () => bench.view.results.get(id)?.length ?? 0;
    const before = told();
    const order = bench.app.store.commands.get(id)?.payload ?? '';
    for (let n = 0; n < 2_000; n += 1) consumer.sendText(site, 'slot.block', order);
    bench.broker.latencyMs = 60_000;
    bench.wait(10);
    bench.broker.latencyMs = 5;
    bench.wait(5 * 60_000);
    const packets = told() - before;
    expect(packets).toBeGreaterThan(8);
    expect(packets).toBeLessThanOrEqual(256 + 8 + 40);
  });
});
