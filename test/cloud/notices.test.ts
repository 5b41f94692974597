import { describe, expect, it } from 'vitest';
import { ANNA, HOUR_MS, MINUTE_MS } from '../app/bench-kiosk.ts';
import { ToldByCloud } from './told-by-cloud.ts';

describe('people whom the cloud tells', () => {
  it('M10 M8 are sent both numbers sealed, can collect, and are told so', async () => {
    const bench = new ToldByCloud();
    const { slot, parcel } = await bench.stored();
    bench.until('she is told', () => bench.told('STORED').length === 1);
    const [told] = bench.told('STORED');
    expect(told).toMatchObject({ person: 'c_anna', parcel, to: ANNA.phone });
    expect(told?.said).toMatchObject({ contact: null, ref: bench.parcel(parcel).ref });
    expect(bench.kiosk.phone).toEqual([]);
    expect(bench.app.store.people.get('c_anna')).toMatchObject({ contact: null, phoneHash: null });
    expect(bench.collect(bench.numbers()).kind).toBe('opening');
    bench.takes(slot);
    bench.untilState(slot, 'available');
    bench.until('she is thanked', () => bench.told('RETRIEVED').length === 1);
  });

  it('R19 the hold begins when the cloud says that it has told, and not before', async () => {
    const bench = new ToldByCloud();
    bench.messenger.fate = 'later';
    const { parcel } = await bench.stored();
    bench.wait(10 * MINUTE_MS);
    expect(bench.parcel(parcel).hold).toMatchObject({ told: false });
    bench.messenger.fate = 'accepted';
    bench.until('the hold runs', () => bench.parcel(parcel).hold.told, HOUR_MS);
    expect(bench.told('STORED')).toHaveLength(1);
  });

  it.each([
    ['the consumer repeats that it is there', (bench: ToldByCloud) => bench.consumer.present(true)],
    [
      'the consumer comes and goes',
      (bench: ToldByCloud) => {
        bench.consumer.present(false);
        bench.wait(1_000);
        bench.consumer.present(true);
      },
    ],
  ])('M13 later is later, though %s', async (_, happens) => {
    const bench = new ToldByCloud();
    bench.messenger.fate = 'later';
    await bench.stored();
    for (let times = 0; times < 30; times += 1) {
      happens(bench);
      bench.wait(10_000);
    }
    expect(bench.rows('notice.failed')).toEqual([]);
    const asked = bench.view.asked.filter((kind) => kind === 'notice');
    expect(asked.length).toBeLessThan(16);
    bench.messenger.fate = 'accepted';
    bench.until('she is told', () => bench.told('STORED').length === 1, 10 * MINUTE_MS);
  });

  it('M13 M15 what the cloud refuses for good is the operator’s to look at', async () => {
    const bench = new ToldByCloud();
    bench.messenger.fate = 'refused';
    const { parcel } = await bench.stored();
    bench.until('it is given up', () => bench.rows('notice.failed').length > 0);
    expect(bench.rows('notice.failed')[0]).toMatchObject({
      parcel,
      data: { channel: 'cloud', kind: 'STORED', why: 'REFUSED' },
    });
    expect(bench.parcel(parcel).hold.told).toBe(false);
  });

  it('M13 R24 wait without a link, and are told once, within a minute of its return', async () => {
    const bench = new ToldByCloud();
    bench.broker.cut();
    bench.wait(MINUTE_MS);
    bench.drop(await bench.courier(), bench.announce().id);
    bench.wait(2 * HOUR_MS);
    expect(bench.messenger.told).toEqual([]);
    expect(bench.rows('channel.down')[0]?.data).toEqual({ channel: 'cloud', why: 'no cloud' });
    bench.broker.restore();
    bench.until('it is born again', () => bench.app.store.outbox.waiting().count === 0);
    bench.until('she is told', () => bench.told('STORED').length === 1, MINUTE_MS);
    // Whom the courier named by phone, the cloud cannot know: the phone goes with it, sealed.
    expect(bench.told('STORED')[0]).toMatchObject({ to: ANNA.phone, said: { contact: ANNA } });
    bench.wait(10 * MINUTE_MS);
    expect(bench.told('STORED')).toHaveLength(1);
  });

  it('M13 once, when the answer is lost and the notice is sent again', async () => {
    const bench = new ToldByCloud();
    bench.messenger.isMute = true;
    const { parcel } = await bench.stored();
    bench.wait(10 * MINUTE_MS);
    expect(bench.parcel(parcel).hold.told).toBe(false);
    bench.messenger.isMute = false;
    bench.until('the answer is there', () => bench.parcel(parcel).hold.told, HOUR_MS);
    expect(bench.told('STORED')).toHaveLength(1);
    const tries = bench.wire.filter((line) => line.includes('/up/req/notice'));
    expect(tries.length).toBeGreaterThan(1);
  });

  it('M13 go by text message, with other numbers, when the cloud is away for long', async () => {
    const bench = new ToldByCloud(['cloud', 'sms', 'email']);
    bench.broker.cut();
    const { id: parcel } = bench.announce();
    bench.drop(await bench.courier(), parcel);
    bench.wait(HOUR_MS);
    expect(bench.messenger.told).toEqual([]);
    expect(bench.kiosk.phone.at(-1)?.text).toContain('Pickup code');
    expect(bench.parcel(parcel).hold.told).toBe(true);
  });

  it('M10 reach whom the kiosk itself cannot, where others get text messages', async () => {
    const bench = new ToldByCloud(['sms', 'email', 'cloud']);
    await bench.stored();
    bench.until('she is told', () => bench.told('STORED').length === 1);
    bench.drop(await bench.courier(), bench.announce({ ...ANNA, phone: '+12125550199' }).id);
    bench.until('he is told', () => bench.kiosk.phone.length === 1);
    expect(bench.told('STORED')).toHaveLength(1);
    expect(bench.kiosk.mailbox).toHaveLength(1);
  });

  it('I10 leave no code, second number, phone or address on wire, log or journal', async () => {
    const bench = new ToldByCloud();
    await bench.stored();
    bench.until('she is told', () => bench.told('STORED').length === 1);
    const unnamed = bench.announce({ ...ANNA, phone: '+12125550199' }, 'S', 'AC0099999');
    bench.drop(await bench.courier(), unnamed.id);
    bench.until('both are told', () => bench.told('STORED').length === 2);
    bench.losesCode(ANNA.phone ?? '');
    bench.until('anew', () => bench.told('CODE_REISSUED').length === 1);
    bench.settle();
    const secrets = bench.messenger.told.flatMap(({ said }) => {
      const { code, second, grant } = said;
      return [code, second, grant, said.contact?.phone, said.contact?.email];
    });
    const named = [...secrets, ANNA.phone, '2125550111', '2125550199', ANNA.email, 'anna@'];
    const canaries = named.filter((one) => one != null);
    expect(canaries.length).toBeGreaterThan(10);
    const places = [
      ...bench.wire,
      ...bench.logged,
      ...bench.journal().map((row) => JSON.stringify(row)),
    ];
    expect(places.length).toBeGreaterThan(50);
    for (const canary of canaries) {
      expect(places.filter((text) => text.includes(canary))).toEqual([]);
    }
  });
});

describe('alerts about telling people', () => {
  const alertOf = (bench: ToldByCloud, id: string) => bench.view.alerts.get(id)?.what;

  it('M13 stand while nobody could be told of a parcel, and are then deleted', async () => {
    const bench = new ToldByCloud();
    bench.messenger.fate = 'refused';
    const { slot, parcel } = await bench.stored();
    const id = `untold.${slot.replace('/', '.')}`;
    bench.until('the cloud is alarmed', () => alertOf(bench, id) === 'untold');
    expect(bench.view.alerts.get(id)).toMatchObject({ slot });
    bench.restart();
    bench.until('it still is', () => alertOf(bench, id) === 'untold');
    bench.messenger.fate = 'accepted';
    expect(bench.kiosk.app.tools.notices.renew(bench.parcel(parcel), 'test')).toBe(true);
    bench.until('it is resolved', () => alertOf(bench, id) === undefined);
    expect(bench.broker.retained(bench.topics.alert(id))).toBeNull();
  });

  it('M13 stand while a channel is down, also over a restart', async () => {
    const bench = new ToldByCloud(['sms', 'cloud']);
    bench.consumer.present(false);
    await bench.stored();
    bench.until('the cloud is alarmed', () => alertOf(bench, 'channel.cloud') === 'channel.down');
    bench.restart();
    bench.consumer.present(true);
    bench.until('it is resolved', () => alertOf(bench, 'channel.cloud') === undefined);
    expect(bench.broker.retained(bench.topics.alert('channel.cloud'))).toBeNull();
    bench.until('she is told', () => bench.told('STORED').length === 1);
  });
});
