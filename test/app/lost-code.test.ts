import { describe, expect, it } from 'vitest';
import { Bench, DAY_MS, HOUR_MS, MINUTE_MS, siteConfig } from './bench-kiosk.ts';

const PHONE = '12125550111';

async function stored(bench = new Bench({ config: siteConfig({ idlePollMs: 1_000 }) }).start()) {
  const drop = bench.drop(await bench.courier());
  return { bench, ...drop, old: bench.numbers() };
}

const ask = (bench: Bench, phone = PHONE) => bench.losesCode(phone);

describe('M16 a lost code', () => {
  it('both numbers come anew, each its own way, and the old ones die', async () => {
    const { bench, old, slot } = await stored();
    expect(ask(bench)).toEqual({ kind: 'noted' });
    const fresh = bench.numbers();
    expect(fresh.code).not.toBe(old.code);
    expect(fresh.second).not.toBe(old.second);
    expect(bench.kiosk.phone.at(-1)?.text).not.toContain(fresh.second);
    expect(bench.collect(old).kind).toBe('wrong');
    expect(bench.collect({ code: fresh.code, second: old.second }).kind).toBe('wrong');
    expect(bench.collect(fresh)).toMatchObject({ kind: 'opening', slot });
    expect(JSON.stringify(bench.journal())).not.toContain(fresh.code);
  });

  it('the old numbers live until a channel has accepted the new ones, over a restart', async () => {
    const { bench, old } = await stored();
    bench.kiosk.refusesMessages = true;
    expect(ask(bench)).toEqual({ kind: 'noted' });
    bench.restart();
    bench.wait(MINUTE_MS);
    const hash = (): string | null => bench.parcel(parcelOf(bench)).codeHash;
    const before = hash();
    bench.kiosk.refusesMessages = false;
    bench.until('the channel is back', () => hash() !== before, HOUR_MS);
    expect(bench.collect(old).kind).toBe('wrong');
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
  });

  it('offline nothing is queued, no budget is spent, and the old code opens', async () => {
    const { bench, old } = await stored();
    bench.kiosk.isOnline = false;
    const rows = bench.journal().length;
    expect(ask(bench)).toEqual({ kind: 'cannot_send' });
    expect(ask(bench, '19995550000')).toEqual({ kind: 'cannot_send' });
    // R29: for each visit a row, to which the reference on its screen leads, and nothing more.
    const added = bench.journal().slice(rows);
    expect(added.map(({ t, data }) => [t, data])).toEqual([
      ['entry.refused', { refusal: 'CANNOT_SEND' }],
      ['entry.refused', { refusal: 'CANNOT_SEND' }],
    ]);
    expect(bench.collect(old).kind).toBe('opening');
  });

  it('R14 the answers stay the same, however often it is asked while none gets out', async () => {
    for (const outage of ['isOnline', 'refusesMessages'] as const) {
      const { bench } = await stored();
      bench.kiosk[outage] = outage === 'refusesMessages';
      const asked = ['19995550000', PHONE, '19995550000', PHONE].map((phone) => ask(bench, phone));
      expect(new Set(asked.map(({ kind }) => kind)).size, outage).toBe(1);
      bench.wait(HOUR_MS);
      bench.kiosk[outage] = outage !== 'refusesMessages';
      expect(ask(bench, '19995550000'), 'when it is back').toEqual({ kind: 'noted' });
    }
  });

  it('R14 a channel that hangs is given up after the same time for both', async () => {
    const { bench } = await stored();
    bench.kiosk.isHanging = true;
    const took = ['19995550000', PHONE].map((phone) => {
      const since = bench.clock.monoMs();
      expect(ask(bench, phone)).toEqual({ kind: 'cannot_send' });
      return bench.clock.monoMs() - since;
    });
    expect(took.map(Math.round)).toEqual([3_000, 3_000]);
  });

  it('the answer and what is written are the same for a phone that nobody here has', async () => {
    const { bench } = await stored();
    const rows = (): number => bench.rows('code.asked_anew').length;
    expect(ask(bench, '19995550000')).toEqual(ask(bench));
    expect(rows()).toBe(2);
    const [unknown, known] = bench.rows('code.asked_anew');
    expect(Object.keys(unknown?.data ?? {})).toEqual(Object.keys(known?.data ?? {}));
    expect(unknown?.parcel).toBe(known?.parcel);
  });

  it('three times a day for a parcel; the fourth sends nothing and says the same', async () => {
    const { bench } = await stored();
    const sent = (): number => bench.kiosk.phone.length;
    for (let time = 0; time < 3; time += 1) ask(bench);
    const after = sent();
    expect(ask(bench)).toEqual({ kind: 'noted' });
    expect(sent()).toBe(after);
    bench.restart();
    bench.clock.jumpWall(30 * DAY_MS);
    expect(ask(bench)).toEqual({ kind: 'noted' });
    expect(sent()).toBe(after);
    bench.wait(DAY_MS);
    ask(bench);
    expect(sent()).toBe(after + 1);
  });

  it('I7 never more than twenty an hour at a kiosk, over restarts and clock steps', () => {
    const bench = new Bench().start();
    let noted = 0;
    for (let minute = 0; minute < 60; minute += 1) {
      for (let time = 0; time < 3; time += 1) if (ask(bench).kind === 'noted') noted += 1;
      if (minute % 20 === 10) bench.clock.jumpWall(-HOUR_MS);
      if (minute === 30) bench.restart();
      bench.wait(MINUTE_MS);
    }
    expect(noted).toBeLessThanOrEqual(20);
    expect(noted).toBeGreaterThanOrEqual(19);
  });

  it('R3a while somebody is at the door, the numbers in use stay', async () => {
    const { bench, old, slot } = await stored();
    bench.collect(old);
    bench.untilState(slot, 'open');
    const sent = bench.kiosk.phone.length;
    expect(ask(bench)).toEqual({ kind: 'noted' });
    expect(bench.kiosk.phone).toHaveLength(sent);
  });

  it('R13 a new code ends the hour that wrong second numbers have cost', async () => {
    const { bench, old, parcel } = await stored();
    const wrong = ['000000', '111111', '222222', '333333', '444444', '555555', '666666'];
    for (const second of wrong.filter((one) => one !== old.second)) {
      bench.collect({ code: old.code, second });
    }
    expect(bench.collect(old).kind).toBe('wrong');
    ask(bench);
    expect(bench.parcel(parcel).secondMisses).toBe(0);
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
  });
});

function parcelOf(bench: Bench): string {
  const [parcel] = bench.app.store.parcels.stored();
  return parcel?.id ?? '';
}
