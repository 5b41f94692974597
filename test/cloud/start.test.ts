import { describe, expect, it } from 'vitest';
import { CloudBench } from './cloud-bench.ts';

/** What the kiosk has said on topics of its own, in order. */
function said(bench: CloudBench): { readonly what: string; readonly text: string }[] {
  const all: { what: string; text: string }[] = [];
  bench.broker.subscribe(bench.topics.down.replace('dn/#', 'up/#'), ({ topic, payload }) => {
    const text = new TextDecoder().decode(payload);
    all.push({ what: topic.slice(topic.indexOf('/up/') + 1), text });
  });
  return all;
}

describe('a kiosk that starts', () => {
  it('M19 says that it is there, and nothing else before its birth', () => {
    const bench = new CloudBench();
    const all = said(bench);
    bench.start();
    const [init, birth] = all.map(({ what, text }) => ({ what, ...JSON.parse(text) }));
    expect(init).toMatchObject({ what: 'up/status', state: 'init' });
    expect(birth).toMatchObject({ what: 'up/status', state: 'ready', sess: init.sess });
  });

  it('R22 keeps a command that comes then, and carries it out once it serves', () => {
    const bench = new CloudBench();
    bench.broker.latencyMs = 1;
    bench.consumer.start();
    bench.kiosk.start();
    bench.until('it is there', () => bench.view.status?.state === 'init');
    expect(bench.kiosk.isServing).toBe(false);
    const id = bench.consumer.send(bench.site, 'slot.block', { slot: 'LOCK1/1' });
    expect(bench.result(id).code).toBe('DONE');
    expect(bench.kiosk.isServing).toBe(true);
    expect(bench.rows('command.accepted')).toHaveLength(1);
    bench.settle();
    expect(bench.view.results.get(id)).toHaveLength(1);
  });

  it('M19 that is stopped before it serves says so itself', () => {
    const bench = new CloudBench();
    bench.consumer.start();
    bench.kiosk.start();
    bench.until('it is there', () => bench.view.status?.state === 'init');
    bench.stop();
    bench.wait(60_000);
    expect(bench.view.status?.state).toBe('offline');
  });
});
