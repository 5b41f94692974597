import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newOperatorKey, type OperatorKey } from '../../sim/cloud/operator.ts';
import { COMMAND_BUDGET, REMOTE_BUDGET } from '../../src/domain/budget.ts';
import { HOUR_MS, MINUTE_MS } from '../app/bench-kiosk.ts';
import { CloudBench, PEOPLE_KEY } from '../cloud/cloud-bench.ts';

const SLOT = 'LOCK1/1';
const uuid = (n: number): string => `0190b3f1-7c2e-7a44-8b1d-${String(n).padStart(12, '0')}`;

/** Whatever somebody who can write to the broker sends, signed by whichever key they have. */
class Thief {
  readonly #bench: CloudBench;
  readonly #key: OperatorKey;
  #count = 0;

  constructor(bench: CloudBench, key: OperatorKey) {
    this.#bench = bench;
    this.#key = key;
  }

  /** An order as it would have to be, with some things changed. */
  order(t: string, d: object, change: object = {}): string {
    const { clock, site, view } = this.#bench;
    this.#count += 1;
    const now = clock.wallMs();
    return JSON.stringify({
      ...{ v: 1, id: uuid(this.#count), t, k: site, sess: view.birth?.sess },
      ts: new Date(now).toISOString(),
      exp: new Date(now + 30_000).toISOString(),
      ...{ d, ...change },
    });
  }

  /** Says a text on a topic, under a signature over `signed` and the text. */
  say(topic: string, payload: string, retain = false, signed = topic): void {
    const { kid } = this.#key;
    const sig = this.#key.sign(signed, payload);
    this.#bench.broker.publish({ topic, payload, qos: 1, retain, kid, sig });
  }

  send(t: string, d: object, change: object = {}): void {
    this.say(this.#bench.topics.command(t), this.order(t, d, change));
  }
}

/** Refused messages by what the journal says of them, and by what the cloud was told. */
function refused(bench: CloudBench) {
  const rows = bench.rows('message.refused').map(({ data }) => Number(data.refused));
  const told = bench.view.refused.map(({ d }) => d.refused ?? 0);
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  return { rows: rows.length, journalled: sum(rows), told: sum(told) };
}

function diskBytes({ folder }: CloudBench): number {
  return ['lockerd.db', 'lockerd.db-wal'].reduce((sum, name) => {
    return sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  }, 0);
}

describe('a hostile cloud without a key', () => {
  it('R22 I1 has every message counted, a row a minute, and opens nothing', () => {
    const bench = new CloudBench().start();
    const thief = new Thief(bench, newOperatorKey());
    const { topics } = bench;
    const texts = ['{', '[]', 'null', '"x"', '\u0000', 'x'.repeat(120_000), '{"v":1}'];
    const targets = ['people', 'peopleFull', 'keys', 'desired'] as const;
    let sent = 0;
    for (let minute = 0; minute < 5; minute += 1) {
      for (let n = 0; n < 200; n += 1) {
        thief.send('slot.open', { slot: SLOT });
        thief.say(topics.command('slot.open'), texts[n % texts.length] ?? '');
        thief.say(topics[targets[n % targets.length] ?? 'keys'], texts[n % texts.length] ?? '');
        thief.say(topics.reply('time'), texts[n % texts.length] ?? '');
        sent += 4;
      }
      bench.wait(MINUTE_MS);
    }
    bench.wait(2 * MINUTE_MS);
    const { rows, journalled, told } = refused(bench);
    expect({ journalled, told }).toEqual({ journalled: sent, told: sent });
    expect(rows).toBeLessThanOrEqual(8);
    expect(bench.pulses()).toBe(0);
    expect(bench.rows('command.accepted')).toEqual([]);
  });

  it('R22 I6 what was signed once opens nothing elsewhere, later, or after a restart', () => {
    const bench = new CloudBench({ idlePollMs: 600_000 }).start(HOUR_MS);
    const { topics, broker, clock } = bench;
    const taken: Parameters<typeof broker.publish>[0][] = [];
    broker.subscribe(topics.command('slot.open'), ({ topic, payload, kid, sig }) => {
      const text = new TextDecoder().decode(payload);
      taken.push({ topic, payload: text, qos: 1, retain: false, kid: `${kid}`, sig: `${sig}` });
    });
    const id = bench.consumer.send(bench.site, 'slot.open', { slot: SLOT });
    expect(bench.result(id).code).toBe('OPENED');
    bench.kiosk.door(SLOT).push();
    const [captured] = taken;
    if (captured === undefined) throw new Error('nothing was captured');
    const replay = (change: object = {}) => {
      broker.publish({ ...captured, ...change });
      bench.wait(MINUTE_MS);
      return bench.pulses();
    };
    expect(replay()).toBe(1);
    expect(replay({ topic: topics.command('slot.block') })).toBe(1);
    expect(replay({ payload: captured.payload.replace(SLOT, 'LOCK1/2') })).toBe(1);
    bench.restart();
    bench.wait(MINUTE_MS);
    expect(replay()).toBe(1);
    clock.jumpWall(-HOUR_MS);
    expect(replay()).toBe(1);
    bench.wait(4 * 24 * HOUR_MS);
    expect(bench.app.store.commands.get(id)).toBeNull();
    expect(replay()).toBe(1);
    expect(new Set(bench.view.results.get(id)).size).toBe(1);
    const other = new CloudBench({ idlePollMs: 600_000 }, 2).start(HOUR_MS);
    const foreign = captured.topic.replace(bench.site, 'LOC002');
    other.broker.publish({ ...captured, topic: foreign });
    other.broker.publish(captured);
    other.wait(MINUTE_MS);
    expect(other.pulses()).toBe(0);
  });

  it('R22 a kept order opens nothing, whoever signed it', () => {
    const bench = new CloudBench().start();
    const own = new Thief(bench, bench.consumer.key);
    const { topics } = bench;
    own.say(topics.command('slot.open'), own.order('slot.open', { slot: SLOT }), true);
    bench.broker.wipeSessions();
    bench.until('it is reported', () => bench.view.refused.length > 0);
    bench.wait(MINUTE_MS);
    expect(bench.rows('message.refused')[0]?.data).toMatchObject({ code: 'RETAINED' });
    expect(bench.pulses()).toBe(0);
  });
});

describe('a stolen command key', () => {
  it('R23 I7 opens as many doors as the budget has, in any hour, across restarts', () => {
    const bench = new CloudBench().start();
    const thief = new Thief(bench, bench.consumer.key);
    const slots = bench.app.supervisor.all().map(({ id }) => id);
    for (let minute = 0; minute < 60; minute += 1) {
      for (const slot of slots) {
        if (bench.slot(slot).door === 'open') bench.kiosk.door(slot).push();
      }
      for (const slot of slots) thief.send('slot.open', { slot });
      bench.wait(MINUTE_MS);
      if (minute % 20 === 10) {
        bench.restart();
        bench.until('it is born again', () => bench.view.status?.state === 'ready');
      }
    }
    const mostInAnHour = REMOTE_BUDGET.burst + HOUR_MS / REMOTE_BUDGET.refillMs;
    expect(bench.pulses()).toBeLessThanOrEqual(mostInAnHour);
    expect(bench.pulses()).toBeGreaterThanOrEqual(REMOTE_BUDGET.burst);
  });

  it('R22 I13 floods: the ledger takes what its budget has, disk and memory stay', () => {
    const bench = new CloudBench().start();
    bench.settle();
    const thief = new Thief(bench, bench.consumer.key);
    const before = diskBytes(bench);
    for (let n = 0; n < 5_000; n += 1) {
      thief.send('parcel.cancel', { parcel: 'x'.repeat(64) });
      if (n % 100 === 0) bench.wait(10);
    }
    bench.wait(MINUTE_MS);
    const accepted = bench.rows('command.accepted').length;
    expect(accepted).toBeGreaterThanOrEqual(COMMAND_BUDGET.burst);
    expect(accepted).toBeLessThan(COMMAND_BUDGET.burst + 20);
    bench.wait(2 * MINUTE_MS);
    expect(accepted + refused(bench).journalled).toBe(5_000);
    expect(diskBytes(bench) - before).toBeLessThan(12_000_000);
    bench.settle(10 * MINUTE_MS);
    const own = bench.consumer.send(bench.site, 'rebirth', {});
    bench.wait(MINUTE_MS);
    expect(new Set(bench.view.results.get(own)).size).toBe(1);
  });

  it('R22 I5 an id that was used for another order stands for the first one', () => {
    const bench = new CloudBench().start();
    const thief = new Thief(bench, bench.consumer.key);
    const id = bench.consumer.send(bench.site, 'slot.block', { slot: SLOT });
    expect(bench.result(id).code).toBe('DONE');
    thief.send('slot.open', { slot: SLOT }, { id });
    thief.send('slot.unblock', { slot: SLOT }, { id });
    bench.until('it is refused', () => bench.view.refused.length > 0);
    expect(bench.rows('message.refused')[0]?.data).toMatchObject({ code: 'CONFLICT' });
    expect(bench.slot(SLOT).bar?.reason).toBe('blocked');
    expect(bench.pulses()).toBe(0);
  });

  it('R23 names no other keys, no people, and does not end a lockdown', () => {
    const bench = new CloudBench().start();
    const thief = new Thief(bench, bench.consumer.key);
    const { kid, publicKey: key } = newOperatorKey();
    const keys = { v: 1, rev: 9, keys: [{ role: 'command', kid, key }] };
    thief.say(bench.topics.keys, JSON.stringify(keys));
    const courier = { op: 'put', id: 'k_1', role: 'courier', carrier: 'ACME', sealed: null };
    const ops = [{ ...courier, needsLowSlot: false }];
    thief.say(bench.topics.people, JSON.stringify({ v: 1, baseRev: 0, rev: 1, ops }));
    bench.app.modes.atKiosk('lockdown', 'test');
    thief.send('kiosk.mode', { mode: 'serve' });
    thief.send('slot.open', { slot: SLOT });
    bench.wait(MINUTE_MS);
    expect(bench.app.modes.mode).toBe('lockdown');
    expect(bench.rows('keys.rotated')).toEqual([]);
    expect(bench.view.prov).toMatchObject({ rev: 0, count: 0 });
    expect(bench.pulses()).toBe(0);
  });

  it('I13 asks for no more events at once than can be sent again in passing', () => {
    const bench = new CloudBench().start();
    const ep = bench.app.store.epoch;
    const all = bench.consumer.send(bench.site, 'replay', { ep, from: 1, to: 1_000_000 });
    expect(bench.result(all)).toMatchObject({ ok: false, code: 'LIMIT' });
  });
});

describe('a stolen people key', () => {
  it('R22 opens nothing, and gives no command', () => {
    const bench = new CloudBench().start();
    const thief = new Thief(bench, PEOPLE_KEY);
    thief.send('slot.open', { slot: SLOT });
    thief.send('kiosk.mode', { mode: 'lockdown' });
    thief.say(bench.topics.reply('time'), '{}');
    bench.wait(MINUTE_MS);
    expect(bench.pulses()).toBe(0);
    expect(bench.app.modes.mode).toBe('serve');
    expect(bench.rows('command.accepted')).toEqual([]);
  });

  it('M9 brings no code of a parcel that lies here to another phone', async () => {
    const bench = new CloudBench().start();
    const { consumer, site } = bench;
    const anna = { id: 'c_anna', role: 'customer' } as const;
    const contact = { phone: '+12125550111', email: null, language: 'en' };
    consumer.changePeople(site, [{ ...anna, contact }]);
    bench.until('she is known', () => bench.view.prov?.rev === 1);
    const d = { carrier: 'ACME', label: 'AC0012345', size: 'S', recipient: 'c_anna' };
    const { parcel = '' } = bench.result(consumer.send(site, 'parcel.announce', d));
    bench.drop(await bench.courier(), parcel);
    const stolen = { ...contact, phone: '+12125559999' };
    consumer.changePeople(site, [
      { ...anna, contact: stolen },
      { ...anna, id: 'c_x', contact },
    ]);
    consumer.changePeople(site, [{ ...anna, id: 'c_y', contact: stolen }], ['c_anna']);
    bench.until('it was taken', () => bench.view.prov?.rev === 3);
    for (const phone of [stolen.phone, contact.phone]) {
      bench.app.lostCode.ask(bench.app.sessions.begin(), phone, () => {});
    }
    bench.wait(MINUTE_MS);
    const sentTo = new Set(bench.kiosk.phone.map(({ to }) => to));
    expect([...sentTo]).toEqual([contact.phone]);
  });
});
