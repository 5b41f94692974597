import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CloudPerson } from '../../sim/cloud/people-table.ts';
import { PeopleChunks, WHOLE_CHARS_MAX } from '../../src/cloud/people-chunks.ts';
import { CHANGE_BUDGET } from '../../src/domain/budget.ts';
import { CloudBench, PEOPLE_KEY } from './cloud-bench.ts';

const courier = (n: number): CloudPerson => ({
  ...{ id: `k_${n}`, role: 'courier', carrier: 'ACME' },
  signIn: { staff: `${670_000 + n}`, pin: '271828' },
});
const customer = (n: number): CloudPerson => ({
  ...{ id: `c_${n}`, role: 'customer' },
  contact: { phone: `+1212555${1_000 + n}`, email: null, language: 'en' },
});

/** What the operator's key has signed, and anybody can say again who heard it. */
class Repeater {
  readonly #bench: CloudBench;

  constructor(bench: CloudBench) {
    this.#bench = bench;
  }

  change(...put: readonly CloudPerson[]): string {
    const { view, site } = this.#bench;
    return JSON.stringify(
      view.people.change(put, [], { kiosk: site, box: this.#box, tells: true }),
    );
  }

  whole(partChars?: number): string[] {
    const { view, site } = this.#bench;
    const chunks = view.people.whole({ kiosk: site, box: this.#box, tells: true }, partChars);
    return chunks.map((chunk) => JSON.stringify(chunk));
  }

  say(payload: string, topic = this.#bench.topics.people): void {
    const sig = PEOPLE_KEY.sign(topic, payload);
    const signed = { topic, payload, kid: PEOPLE_KEY.kid, sig };
    this.#bench.broker.publish({ ...signed, qos: 1, retain: false });
  }

  sayWhole(chunks: readonly string[]): void {
    for (const chunk of chunks) this.say(chunk, this.#bench.topics.peopleFull);
  }

  get #box(): string {
    return this.#bench.view.birth?.box ?? '';
  }
}

const refusals = (bench: CloudBench): [unknown, number][] =>
  bench.rows('message.refused').map(({ data }) => [data.code, Number(data.refused)]);

describe('a flood of people', () => {
  it('R22 I13 a list that was taken once costs no hash when it is said again', async () => {
    const bench = new CloudBench().start();
    const repeater = new Repeater(bench);
    const [first, second] = [repeater.change(courier(1)), repeater.change(courier(2))];
    repeater.say(first);
    repeater.say(second);
    await bench.hashed(2);
    const whole = repeater.whole();
    repeater.sayWhole(whole);
    for (let times = 0; bench.rows('people.provisioned').length < 3; times += 1) {
      expect(times).toBeLessThan(500);
      await new Promise((resolve) => setTimeout(resolve, 10));
      bench.wait(10);
    }
    for (let times = 0; times < 50; times += 1) {
      repeater.say(first);
      repeater.say(second);
      repeater.sayWhole(whole);
    }
    // Whoever waited for a hash would wait for longer than this bench's clock stands still.
    repeater.say(repeater.change(customer(1)));
    bench.until('the next one is in force', () => bench.view.prov?.rev === 3);
    expect(bench.rows('people.provisioned')).toHaveLength(4);
    bench.wait(2 * 60_000);
    expect(refusals(bench).reduce((sum, [, count]) => sum + count, 0)).toBe(50);
    expect(refusals(bench).map(([code]) => code)).toContain('EXPIRED');
    bench.restart();
    repeater.sayWhole(repeater.whole());
    repeater.sayWhole(whole);
    bench.wait(60_000);
    expect(bench.rows('people.provisioned').at(-1)?.data).toMatchObject({ rev: 3 });
  });

  it('R22 I13 what waits is bounded, and what was turned away is asked for', async () => {
    const bench = new CloudBench().start();
    const repeater = new Repeater(bench);
    const changes = Array.from({ length: 12 }, (_, n) => repeater.change(courier(n)));
    for (const change of changes) repeater.say(change);
    bench.wait(1_000);
    expect(bench.view.asked).toEqual(['prov.sync']);
    await bench.hashed(8);
    expect(refusals(bench)).toContainEqual(['LIMIT', 1]);
    bench.wait(60_000);
    await bench.hashed(12);
    expect(bench.view.asked).toEqual(['prov.sync', 'prov.sync']);
    expect(bench.view.prov).toMatchObject({ count: 12, hash: bench.view.people.hash() });
  });

  it('I13 a whole of another hash is not even read, and one that is too large is dropped', () => {
    const bench = new CloudBench().start();
    const repeater = new Repeater(bench);
    const sha256 = createHash('sha256').update('[]').digest('hex');
    const chunk = { v: 1, rev: 1, i: 0, n: 1, sha256, part: '{"no": "list"}' };
    repeater.sayWhole([JSON.stringify(chunk)]);
    bench.until('it is refused', () => bench.view.prov?.status === 'refused');
    expect(bench.view.prov?.errors).toEqual(['rev 1: another sha256']);
    const part = 'x'.repeat(65_536);
    const parts = Array.from({ length: 64 }, (_, i) => ({ ...chunk, rev: 2, i, n: 64, part }));
    repeater.sayWhole(parts.map((one) => JSON.stringify(one)));
    bench.until('it is dropped', () => bench.view.prov?.errors[0]?.startsWith('rev 2') === true);
    expect(bench.view.prov?.errors).toEqual(['rev 2: more than 4000000 characters']);
  });

  it('I13 one whole is gathered at a time, and a part that comes again takes no room', () => {
    const chunks = new PeopleChunks();
    const part = 'x'.repeat(65_536);
    const of = { v: 1, n: 100, sha256: 'a'.repeat(64), part } as const;
    for (let times = 0; times < 1_000; times += 1) {
      expect(chunks.take({ ...of, rev: 1, i: 0 }, 0)).toBeNull();
    }
    const taken = Array.from({ length: 64 }, (_, i) => chunks.take({ ...of, rev: 2, i }, 0));
    expect(taken.indexOf('too large')).toBe(Math.floor(WHOLE_CHARS_MAX / part.length));
  });

  it('I13 a stolen people key leaves no more rows than its budget has', () => {
    const bench = new CloudBench().start();
    const repeater = new Repeater(bench);
    for (let n = 0; n < CHANGE_BUDGET.burst + 200; n += 1) {
      repeater.say(repeater.change());
      if (n % 100 === 0) bench.wait(20);
    }
    bench.wait(1_000);
    const rows = bench.rows('people.provisioned').length;
    expect(rows).toBeGreaterThanOrEqual(CHANGE_BUDGET.burst);
    expect(rows).toBeLessThan(CHANGE_BUDGET.burst + 5);
    expect(refusals(bench)[0]?.[0]).toBe('LIMIT');
    for (let rev = 1; rev <= CHANGE_BUDGET.burst + 200; rev += 1) {
      bench.consumer.setSettings(bench.site, rev, `{"holdDays":${rev % 2 === 0 ? 5 : 'x'}}`);
      if (rev % 100 === 0) bench.wait(20);
    }
    bench.wait(1_000);
    const [applied, refused] = [bench.rows('settings.applied'), bench.rows('settings.refused')];
    expect(applied.length + refused.length).toBeLessThan(CHANGE_BUDGET.burst + 5);
  });
});
