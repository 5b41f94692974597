import { describe, expect, it } from 'vitest';
import { ANNA, PIN } from '../app/bench-kiosk.ts';
import { until } from './client.ts';
import { BrokerBench, KIOSK } from './kiosk-bench.ts';
import { Mosquitto } from './mosquitto.ts';

const LABEL = 'AC0012345';
const HANDS = { afterMs: 200, closesAfterMs: 300 } as const;

describe('notices that the cloud tells, over Mosquitto', () => {
  it('M10 M8 R19 I10 sealed all the way, told once, and then the hold begins', async () => {
    const bench = await new BrokerBench(await Mosquitto.start(), ['cloud']).start();
    const { consumer, kiosk, view } = bench;
    const { messenger } = consumer;
    const wire: string[] = [];
    bench.wire.client.on('message', (topic, payload) => wire.push(`${topic} ${payload}`));
    consumer.changePeople(KIOSK, [{ id: 'c_anna', role: 'customer', contact: ANNA }]);
    await until('she is known', () => view.prov?.rev === 1);
    const d = { carrier: 'ACME', label: LABEL, size: 'S', recipient: 'c_anna' };
    const id = consumer.send(KIOSK, 'parcel.announce', d);
    await until('it is announced', () => consumer.resultOf(KIOSK, id) !== null);
    const parcel = consumer.resultOf(KIOSK, id)?.parcel ?? '';
    await bench.dropped(parcel, HANDS);
    const isTold = () => kiosk.app.store.parcels.get(parcel)?.hold.told === true;
    await until('the hold begins', isTold);
    expect(messenger?.told).toMatchObject([{ kind: 'STORED', person: 'c_anna', to: ANNA.phone }]);
    const { code = '', second = '' } = messenger?.told[0]?.said ?? {};
    const session = kiosk.app.sessions.begin();
    expect(kiosk.app.collect.begin(session, code, second).kind).toBe('opening');
    await bench.drained();
    const canaries = [code, second, ANNA.phone ?? '', ANNA.email ?? '', '2125550111', PIN];
    expect(canaries.every((canary) => canary.length >= 6)).toBe(true);
    expect(wire.some((line) => line.includes('/up/req/notice'))).toBe(true);
    for (const canary of canaries) {
      expect(wire.filter((line) => line.includes(canary))).toEqual([]);
    }
  });
});
