import { describe, expect, it } from 'vitest';
import { newOperatorKey } from '../../sim/cloud/operator.ts';
import { REMOTE_BUDGET } from '../../src/domain/budget.ts';
import { CloudBench } from './cloud-bench.ts';

const SLOT = 'LOCK1/1';

function aSlot(bench: CloudBench): string {
  return bench.app.supervisor.all()[0]?.id ?? SLOT;
}

describe('a remote open', () => {
  it('R22 opens the door once, by the right of the command, and says what was seen', () => {
    const bench = new CloudBench().start();
    const slot = aSlot(bench);
    const id = bench.consumer.send(bench.site, 'slot.open', { slot });
    expect(bench.result(id)).toMatchObject({ ok: true, code: 'OPENED', slot, grade: 'sensed' });
    expect(bench.pulses()).toBe(1);
    const [armed] = bench.rows('intent.armed');
    expect(armed?.data).toMatchObject({ authority: `command:${id}`, purpose: 'service' });
    expect(bench.rows('command.finished').map(({ cause }) => cause)).toEqual([`cmd:${id}`]);
  });

  it('R5 R22 says once that an open is under way, after its pulse and before its end', () => {
    const bench = new CloudBench().start();
    const slot = aSlot(bench);
    const { view, consumer } = bench;
    const id = consumer.send(bench.site, 'slot.open', { slot });
    bench.until('it is under way', () => view.progress.length > 0);
    expect(bench.pulses()).toBe(1);
    expect(consumer.resultOf(bench.site, id)).toBeNull();
    expect(bench.result(id).code).toBe('OPENED');
    const said = { t: 'command.progress', cause: `cmd:${id}` };
    const d = { cmd: id, type: 'slot.open', ok: true, code: 'UNDER_WAY', slot };
    expect(view.progress).toMatchObject([{ ...said, d }]);
    expect(bench.result(consumer.send(bench.site, 'slot.open', { slot })).code).toBe(
      'ALREADY_OPEN',
    );
    bench.settle();
    expect(view.progress).toHaveLength(1);
  });

  it('R22 a door that is open already is ALREADY_OPEN, a success without a pulse', () => {
    const bench = new CloudBench().start();
    const slot = aSlot(bench);
    bench.result(bench.consumer.send(bench.site, 'slot.open', { slot }));
    const again = bench.consumer.send(bench.site, 'slot.open', { slot });
    expect(bench.result(again)).toMatchObject({ ok: true, code: 'ALREADY_OPEN' });
    expect(bench.pulses()).toBe(1);
  });

  it('R22 I5 the same command again gives the same result, byte for byte, and no pulse', () => {
    const bench = new CloudBench().start();
    const slot = aSlot(bench);
    const now = bench.clock.wallMs();
    const id = '0190b3f1-7c2e-7a44-8b1d-2f6f9e1c0a01';
    const text = JSON.stringify({
      ...{ v: 1, id, t: 'slot.open', k: bench.site, sess: bench.view.birth?.sess },
      ts: new Date(now).toISOString(),
      exp: new Date(now + 30_000).toISOString(),
      d: { slot },
    });
    for (let times = 0; times < 3; times += 1) {
      bench.consumer.sendText(bench.site, 'slot.open', text);
      bench.result(id);
      bench.wait(1_000);
    }
    const results = bench.view.results.get(id) ?? [];
    expect(results.length).toBeGreaterThanOrEqual(3);
    expect(new Set(results).size).toBe(1);
    expect(bench.pulses()).toBe(1);
    bench.consumer.sendText(bench.site, 'slot.open', text.replace('"v":1', '"v":1,"x":1'));
    bench.until('it is refused', () => bench.view.refused.length > 0);
    expect(bench.view.refused[0]?.d.code).toBe('CONFLICT');
    expect(bench.pulses()).toBe(1);
  });

  it('R22 I6 does nothing when it comes late, is kept, or is for another session', () => {
    const bench = new CloudBench().start();
    const slot = aSlot(bench);
    const { site, consumer } = bench;
    const exp = new Date(bench.clock.wallMs() - 1).toISOString();
    const late = consumer.send(site, 'slot.open', { slot }, { exp });
    expect(bench.result(late).code).toBe('EXPIRED');
    const sess = '0190b3f1-7c2e-7a44-8b1d-2f6f9e1c0a02';
    const foreign = consumer.send(site, 'slot.open', { slot }, { sess });
    expect(bench.result(foreign).code).toBe('BAD_SESSION');
    const endless = consumer.send(site, 'slot.open', { slot }, { exp: '2099-01-01T00:00:00.000Z' });
    expect(bench.result(endless).code).toBe('LIMIT');
    expect(bench.pulses()).toBe(0);
  });

  it('R3a is BUSY with the intent that is in the way while somebody is served', async () => {
    const bench = new CloudBench().start();
    const courier = await bench.courier();
    const { slot } = bench.beginDrop(courier, bench.announce().id);
    const id = bench.consumer.send(bench.site, 'slot.open', { slot });
    const result = bench.result(id);
    expect(['BUSY', 'ALREADY_OPEN']).toContain(result.code);
    const block = bench.result(bench.consumer.send(bench.site, 'slot.block', { slot }));
    expect(block).toMatchObject({ ok: false, code: 'BUSY' });
    expect(block.ref).toBe(bench.slot(slot).intent);
  });

  it('R22 holds the slot against what the sender saw of it', () => {
    const bench = new CloudBench().start();
    const slot = aSlot(bench);
    const { rev } = bench.slot(slot);
    const other = bench.consumer.send(bench.site, 'slot.open', { slot, ifSlotRev: rev + 1 });
    expect(bench.result(other).code).toBe('PRECONDITION');
    const same = bench.consumer.send(bench.site, 'slot.open', { slot, ifSlotRev: rev });
    expect(bench.result(same).code).toBe('OPENED');
  });

  it('R6 one burst for a door that does not move, and the result says so', () => {
    const bench = new CloudBench().start();
    const slot = aSlot(bench);
    bench.kiosk.door(slot).jam();
    const id = bench.consumer.send(bench.site, 'slot.open', { slot });
    expect(bench.result(id)).toMatchObject({ ok: false, code: 'NO_CHANGE', slot });
    expect(bench.pulses()).toBe(3);
    const [, name = ''] = slot.split('/');
    bench.until('an alert stands', () => bench.view.alerts.size > 0);
    expect([...bench.view.alerts.values()][0]).toMatchObject({ what: 'jammed', slot });
    expect(bench.view.alerts.has(`slot.LOCK1.${name}`)).toBe(true);
  });

  it('R22 gets exactly one result when the plug is pulled while it is carried out', () => {
    for (const cutAfterMs of [6, 12, 20, 60, 200, 500, 1_500]) {
      const bench = new CloudBench().start();
      const slot = aSlot(bench);
      const id = bench.consumer.send(bench.site, 'slot.open', { slot });
      bench.wait(cutAfterMs);
      bench.restart();
      const result = bench.result(id, 5 * 60_000);
      bench.settle(5 * 60_000);
      expect(bench.pulses()).toBeLessThanOrEqual(1);
      expect(new Set(bench.view.results.get(id)).size).toBe(1);
      expect(
        bench.rows('command.finished').filter(({ cause }) => cause === `cmd:${id}`),
      ).toHaveLength(1);
      expect(['OPENED', 'UNKNOWN', 'BAD_SESSION']).toContain(result.code);
    }
  });
});

describe('the budget for what comes from afar', () => {
  it('R23 I7 pays for opens and is not refilled by a restart', () => {
    const bench = new CloudBench().start();
    const { burst } = REMOTE_BUDGET;
    const slots = bench.app.supervisor.all().map(({ id }) => id);
    const codes: string[] = [];
    for (let opened = 0; opened < burst + 2; opened += 1) {
      const slot = slots[opened % slots.length] ?? '';
      if (bench.slot(slot).door === 'open') bench.kiosk.door(slot).push();
      bench.wait(2_000);
      codes.push(bench.result(bench.consumer.send(bench.site, 'slot.open', { slot })).code);
    }
    expect(codes.filter((code) => code === 'OPENED')).toHaveLength(burst);
    expect(codes.slice(burst)).toEqual(['BUDGET', 'BUDGET']);
    bench.restart();
    bench.until('there is a new session', () => bench.view.status?.state === 'ready');
    bench.wait(1_000);
    const slot = slots[5] ?? '';
    bench.kiosk.door(slot).push();
    bench.wait(1_000);
    const after = bench.result(bench.consumer.send(bench.site, 'slot.open', { slot }));
    expect(after.code).toBe('BUDGET');
  });

  it('R23 lockdown ends opens from afar and is not left from afar; pickups go on', async () => {
    const bench = new CloudBench().start();
    const courier = await bench.courier();
    bench.drop(courier);
    const { consumer, site } = bench;
    const lock = consumer.send(site, 'kiosk.mode', { mode: 'lockdown' });
    expect(bench.result(lock)).toMatchObject({ ok: true });
    const start = bench.app.deposit.begin(bench.app.sessions.begin(), courier, {
      ...{ kind: 'announced', parcel: bench.announce().id },
    });
    expect(start).toMatchObject({ kind: 'not_now', why: 'closed' });
    const open = consumer.send(site, 'slot.open', { slot: 'LOCK1/5' });
    expect(bench.result(open).code).toBe('LOCKDOWN');
    const leave = consumer.send(site, 'kiosk.mode', { mode: 'serve' });
    expect(bench.result(leave).code).toBe('LOCKDOWN');
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
  });
});

describe('a hostile cloud', () => {
  it('R22 I6 forged and malformed messages open nothing, take no ids and fill no disk', () => {
    const bench = new CloudBench().start();
    const slot = aSlot(bench);
    bench.settle();
    const rows = bench.journal().length;
    const thief = newOperatorKey();
    const topic = bench.topics.command('slot.open');
    const order = {
      ...{ v: 1, id: '0190b3f1-7c2e-7a44-8b1d-2f6f9e1c0a03', t: 'slot.open', k: bench.site },
      ts: new Date(bench.clock.wallMs()).toISOString(),
      exp: new Date(bench.clock.wallMs() + 30_000).toISOString(),
      ...{ sess: bench.view.birth?.sess, d: { slot } },
    };
    const good = JSON.stringify(order);
    const texts = [good, '', '{', '[]', '"x"', 'null', JSON.stringify({ ...order, d: {} })];
    for (let time = 0; time < 500; time += 1) {
      const payload = texts[time % texts.length] ?? '';
      const sig = thief.sign(topic, payload);
      const message = { topic, payload, qos: 1, retain: false, sig } as const;
      bench.broker.publish({ ...message, kid: thief.kid });
      bench.broker.publish({ ...message, kid: bench.consumer.key.kid });
      bench.broker.publish({ topic, payload, qos: 1, retain: false });
    }
    bench.broker.publish({ topic, payload: 'x'.repeat(120_000), qos: 1, retain: false });
    bench.wait(50_000);
    expect(bench.pulses()).toBe(0);
    expect(bench.app.store.commands.get(order.id)).toBeNull();
    expect(bench.rows('message.refused')).toHaveLength(1);
    expect(bench.view.refused).toHaveLength(1);
    expect(bench.journal().length - rows).toBeLessThan(5);
    bench.wait(60_000);
    const id = bench.consumer.send(bench.site, 'slot.open', { slot });
    expect(bench.result(id).code).toBe('OPENED');
  });

  it('R22 a signed command that the broker kept is dropped and reported', () => {
    const bench = new CloudBench().start();
    const slot = aSlot(bench);
    bench.broker.cut();
    const topic = bench.topics.command('slot.open');
    const payload = JSON.stringify({
      ...{ v: 1, id: '0190b3f1-7c2e-7a44-8b1d-2f6f9e1c0a04', t: 'slot.open', k: bench.site },
      ts: new Date(bench.clock.wallMs()).toISOString(),
      exp: new Date(bench.clock.wallMs() + 3_600_000).toISOString(),
      ...{ sess: bench.view.birth?.sess, d: { slot } },
    });
    const { kid } = bench.consumer.key;
    bench.broker.restore();
    bench.broker.publish({
      ...{ topic, payload, qos: 1, retain: true, kid },
      sig: bench.consumer.key.sign(topic, payload),
    });
    bench.broker.wipeSessions();
    bench.until('it is reported', () => bench.view.refused.length > 0);
    expect(bench.view.refused[0]?.d.code).toBe('RETAINED');
    expect(bench.pulses()).toBe(0);
  });

  it('R22 a type that nobody knows is answered UNSUPPORTED', () => {
    const bench = new CloudBench().start();
    const id = '0190b3f1-7c2e-7a44-8b1d-2f6f9e1c0a05';
    const text = JSON.stringify({
      ...{ v: 1, id, t: 'slot.paint', k: bench.site, d: {} },
      ts: new Date(bench.clock.wallMs()).toISOString(),
      exp: new Date(bench.clock.wallMs() + 30_000).toISOString(),
    });
    bench.consumer.sendText(bench.site, 'slot.paint', text);
    expect(bench.result(id)).toMatchObject({ ok: false, code: 'UNSUPPORTED' });
  });
});
