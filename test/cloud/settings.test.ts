import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newOperatorKey, type OperatorKey } from '../../sim/cloud/operator.ts';
import { DAY_MS } from '../../src/domain/hold.ts';
import { MINUTE_MS } from '../app/bench-kiosk.ts';
import { CloudBench, PEOPLE_KEY } from './cloud-bench.ts';

const GOOD = {
  holdDays: 6,
  reminderHours: 48,
  openingHours: ['mo-su 06:00-22:00'],
  telemetrySeconds: 10,
  texts: { en: 'Road works in front of the station until Friday' },
};

/** Wants settings, and waits until the kiosk has said what it made of them. */
function want(bench: CloudBench, rev: number, doc: object | string) {
  const said = bench.view.cfg;
  const text = typeof doc === 'string' ? doc : JSON.stringify(doc);
  bench.consumer.setSettings(bench.site, rev, text);
  bench.until('it is told', () => bench.view.cfg !== said);
  return bench.view.cfg;
}

const screenOf = (bench: CloudBench): string => {
  const panel = bench.app.newPanel();
  const text = panel.screen().lines.join('\n');
  panel.stop();
  return text;
};

describe('settings from the cloud', () => {
  it('R19 are in force at once, are told, and outlive a restart', async () => {
    const bench = new CloudBench().start();
    expect(bench.view.cfg).toMatchObject({ rev: 0, status: 'none', hash: null });
    const said = want(bench, 3, GOOD);
    const hash = createHash('sha256').update(JSON.stringify(GOOD)).digest('hex');
    expect(said).toMatchObject({ rev: 3, status: 'ok', count: 5, hash, errors: [] });
    const { parcel } = bench.drop(await bench.courier());
    const { hold } = bench.parcel(parcel);
    expect(hold).toMatchObject({ totalMs: 6 * DAY_MS, remindBeforeMs: 2 * DAY_MS });
    expect(screenOf(bench)).toContain('Road works');
    bench.restart();
    bench.until('it is born again', () => bench.view.birth?.cfgRev === 3);
    expect(screenOf(bench)).toContain('Road works');
    const telemetry = bench.view.telemetry;
    bench.wait(11_000);
    expect(bench.view.telemetry).not.toBe(telemetry);
  });

  it('M10 messages name the opening hours that are in force', async () => {
    const bench = new CloudBench().start();
    want(bench, 1, { openingHours: ['mo-su 09:00-21:30'] });
    bench.drop(await bench.courier());
    expect(bench.kiosk.phone.at(-1)?.text).toContain('21:30');
  });

  it('R19 B7 the site that closes stops the counting of holds', async () => {
    const bench = new CloudBench({ idlePollMs: 30_000 }).start(5 * MINUTE_MS);
    const { parcel } = bench.drop(await bench.courier());
    bench.wait(10 * MINUTE_MS);
    // It is evening at the site.
    want(bench, 1, { openingHours: ['mo-su 09:00-10:00'] });
    bench.wait(MINUTE_MS);
    const { countedMs } = bench.parcel(parcel).hold;
    bench.wait(60 * MINUTE_MS);
    expect(bench.parcel(parcel).hold.countedMs).toBe(countedMs);
    want(bench, 2, {});
    bench.wait(60 * MINUTE_MS);
    expect(bench.parcel(parcel).hold.countedMs).toBeGreaterThan(countedMs + 50 * MINUTE_MS);
  });

  it.each([
    [{ holdDays: 9 }, 'holdDays: allowed is a whole number from 3 to 7'],
    [{ reminderHours: 72 }, 'reminderHours: allowed is a whole number from 1 to 71'],
    [{ openingHours: ['always'] }, 'openingHours.0: allowed are days and hours'],
    [{ texts: { en: '\u001b[2J' } }, 'texts.en: allowed is one line of text'],
    [{ holdDays: 5, commandKey: 'x' }, 'only holdDays, reminderHours'],
    [{ broker: 'mqtts://elsewhere:8883' }, 'are set from afar'],
    ['{', 'it is not JSON'],
  ])('refuses %j as a whole, says why, and keeps the last good ones', (doc, why) => {
    const bench = new CloudBench().start();
    want(bench, 1, GOOD);
    const said = want(bench, 2, doc);
    expect(said).toMatchObject({ rev: 1, status: 'refused' });
    expect(said?.errors[0]).toContain(`rev 2: ${why.startsWith('are') ? 'only' : why}`);
    bench.restart();
    bench.until('it is told again', () => bench.view.cfg?.status === 'refused');
    expect(screenOf(bench)).toContain('Road works');
    expect(bench.rows('settings.applied')).toHaveLength(1);
    expect(bench.rows('settings.refused').length).toBeLessThanOrEqual(2);
    expect(want(bench, 3, { holdDays: 4 })).toMatchObject({ rev: 3, status: 'ok', errors: [] });
  });

  it('R22 take the people key alone, and nothing that is older or was changed on the way', () => {
    const bench = new CloudBench().start();
    want(bench, 5, GOOD);
    const send = (key: OperatorKey, rev: number, doc: string, about = doc) => {
      const sha256 = createHash('sha256').update(about).digest('hex');
      const payload = JSON.stringify({ v: 1, rev, sha256, doc });
      const topic = bench.topics.desired;
      const sig = key.sign(topic, payload);
      bench.broker.publish({ topic, payload, qos: 1, retain: true, kid: key.kid, sig });
      bench.wait(61_000);
      return bench.view.cfg;
    };
    expect(send(newOperatorKey(), 6, '{}')).toMatchObject({ rev: 5, status: 'ok' });
    expect(send(bench.consumer.key, 6, '{}')).toMatchObject({ rev: 5, status: 'ok' });
    expect(bench.view.refused.map(({ d }) => d.code)).toEqual(['BAD_SIGNATURE', 'BAD_SIGNATURE']);
    expect(send(PEOPLE_KEY, 4, '{"holdDays":3}')).toMatchObject({ rev: 5, status: 'ok' });
    const changed = send(PEOPLE_KEY, 6, '{"holdDays":3}', '{}');
    expect(changed).toMatchObject({ rev: 5, status: 'refused', errors: ['rev 6: another sha256'] });
    expect(send(PEOPLE_KEY, 7, '{}')).toMatchObject({ rev: 7, status: 'ok', count: 0 });
  });
});
