import { describe, expect, it } from 'vitest';
import { ANNA, MINUTE_MS } from '../app/bench-kiosk.ts';
import { ToldByCloud } from './told-by-cloud.ts';

describe('numbers that were lost, where the cloud tells people', () => {
  it('M16 come anew through the cloud, which alone knows whose phone it is', async () => {
    const bench = new ToldByCloud();
    const { slot } = await bench.stored();
    bench.until('she is told', () => bench.told('STORED').length === 1);
    const old = bench.numbers();
    expect(bench.losesCode(ANNA.phone ?? '')).toEqual({ kind: 'noted' });
    expect(bench.view.asked).toContain('code.recover');
    bench.until('she has others', () => bench.told('CODE_REISSUED').length === 1);
    const fresh = bench.numbers();
    bench.wait(1_000);
    expect(bench.collect(old).kind).not.toBe('opening');
    expect(bench.collect(fresh).kind).toBe('opening');
    bench.takes(slot);
    bench.untilState(slot, 'available');
  });

  it('M16 R14 a phone of nobody gets the same answer, and a dead link says so', async () => {
    const bench = new ToldByCloud();
    await bench.stored();
    expect(bench.losesCode('+12125559999')).toEqual({ kind: 'noted' });
    bench.wait(MINUTE_MS);
    expect(bench.told('CODE_REISSUED')).toEqual([]);
    bench.consumer.mouth.isAway = true;
    expect(bench.losesCode(ANNA.phone ?? '')).toEqual({ kind: 'cannot_send' });
    bench.consumer.mouth.isAway = false;
    bench.broker.cut();
    bench.wait(MINUTE_MS);
    expect(bench.losesCode(ANNA.phone ?? '')).toEqual({ kind: 'cannot_send' });
  });

  it('M16 I13 nobody has the cloud look for phones beyond the kiosk’s budget', async () => {
    const bench = new ToldByCloud();
    bench.settle();
    const answers = Array.from({ length: 30 }, (_, n) => bench.losesCode(`+1212555${2_000 + n}`));
    expect(answers.filter(({ kind }) => kind === 'noted')).toHaveLength(10);
    expect(bench.view.asked.filter((kind) => kind === 'code.recover')).toHaveLength(10);
  });

  it('M16 I13 nor while its answers get lost', () => {
    const bench = new ToldByCloud();
    bench.settle();
    bench.consumer.mouth.isAway = true;
    const answers = Array.from({ length: 30 }, (_, n) => bench.losesCode(`+1212555${2_000 + n}`));
    expect(answers.filter(({ kind }) => kind === 'cannot_send')).toHaveLength(10);
    expect(answers.filter(({ kind }) => kind === 'wait')).toHaveLength(20);
    expect(bench.view.asked.filter((kind) => kind === 'code.recover')).toHaveLength(10);
  });

  it('M16 R14 are answered for after the same time, however long the cloud looks', async () => {
    const bench = new ToldByCloud(['sms', 'email', 'cloud']);
    await bench.stored();
    const took = [0, 1_000, 2_500, 10_000].map((lateMs) => {
      bench.consumer.mouth.lateMs = lateMs;
      const since = bench.clock.monoMs();
      expect(bench.losesCode(ANNA.phone ?? '')).toEqual({ kind: 'noted' });
      return Math.round(bench.clock.monoMs() - since);
    });
    expect(took).toEqual([3_000, 3_000, 3_000, 3_000]);
  });

  it('M16 come anew for whom the kiosk knows by a phone, and for whom the cloud does', async () => {
    const bench = new ToldByCloud();
    const { parcel } = await bench.stored();
    const own = bench.announce(ANNA, 'S', 'AC0099999');
    expect(own.recipient).not.toBe('c_anna');
    bench.drop(await bench.courier(), own.id);
    expect(bench.losesCode(ANNA.phone ?? '')).toEqual({ kind: 'noted' });
    bench.until('both have others', () => bench.told('CODE_REISSUED').length === 2);
    const told = bench.told('CODE_REISSUED').map((one) => one.parcel);
    expect(told.sort()).toEqual([parcel, own.id].sort());
  });

  it('M16 go by a way that works where the first ones do not, or are not promised', async () => {
    const bench = new ToldByCloud(['sms', 'email', 'cloud']);
    bench.drop(await bench.courier(), bench.announce().id);
    bench.until('she is told', () => bench.kiosk.phone.length === 1);
    bench.kiosk.isOnline = false;
    expect(bench.losesCode(ANNA.phone ?? '')).toEqual({ kind: 'noted' });
    bench.until('she has others', () => bench.told('CODE_REISSUED').length === 1, MINUTE_MS);
    bench.wait(1_000);
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
    bench.broker.cut();
    bench.wait(MINUTE_MS);
    const phones = [ANNA.phone ?? '', '+12125559999'];
    expect(phones.map((phone) => bench.losesCode(phone).kind)).toEqual(
      Array(2).fill('cannot_send'),
    );
  });
});
