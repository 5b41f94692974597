import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Power } from '../../sim/power.ts';
import type { VirtualClock } from '../../sim/virtual-clock.ts';
import { gateway } from '../../src/notify/gateway.ts';
import type { Transport } from '../../src/notify/message.ts';
import { smtp } from '../../src/notify/smtp.ts';
import type { Transports } from '../../src/notify/teller.ts';
import { Bench, HOUR_MS, MINUTE_MS, siteConfig } from '../app/bench-kiosk.ts';
import { MailBox, SmsGateway, TLS } from './servers.ts';

const STEP_MS = 20_000;
const OPERATOR = 'operations@example.org';

/** A kiosk on virtual time that sends through real servers; calls back round each answer. */
async function postOffice(moment: () => void = () => {}) {
  const mail = await new MailBox().listen();
  const texts = await new SmsGateway().listen();
  const transports = (clock: VirtualClock, power: Power): Transports => {
    const email = smtp({
      ...{ host: 'localhost', port: mail.port, security: 'tls', ca: TLS.cert, login: mail.login },
      ...{ from: { name: 'Locker', address: 'locker@example.org' }, kiosk: 'LOC001' },
    });
    const url = `http://127.0.0.1:${texts.port}/`;
    const body = '{"to":"{to}","text":"{text}"}';
    const headers = { 'Idempotency-Key': '{id}' };
    const service = { url, method: 'POST', type: 'json', body, headers } as const;
    const sms = gateway(service, { countryCode: '1', trunkPrefix: '' }, clock);
    return { email: watched(email, power, moment), sms: watched(sms, power, moment) };
  };
  const site = siteConfig({ graceSeconds: 10, idlePollMs: 30_000 });
  const config = { ...site, notices: { ...site.notices, operator: { email: OPERATOR } } };
  const bench = new Bench({ config, transports }).start();
  return { bench, mail, texts };
}

/** What a dead program is answered, it does not hear. */
function watched(transport: Transport, power: Power, moment: () => void): Transport {
  return {
    probe: transport.probe,
    send(to, message, told) {
      moment();
      if (!power.isOn) return;
      transport.send(to, message, (fate, why) => {
        if (power.isOn) moment();
        if (!power.isOn) return;
        told(fate, why);
        moment();
      });
    },
  };
}

/** Lets virtual time pass while real sockets have theirs. */
async function passes(bench: Bench, ms: number, stepMs = STEP_MS): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    bench.wait(Math.min(left, stepMs));
    await new Promise((done) => setTimeout(done, 3));
  }
}

async function until(bench: Bench, isSo: () => boolean, what: string): Promise<void> {
  for (let step = 0; step < 600; step += 1) {
    if (isSo()) return;
    await passes(bench, 1_000, 1_000);
  }
  throw new Error(`it never came to pass that ${what}`);
}

const waiting = (bench: Bench): number =>
  bench.app.store.notices.queue().reduce((sum, { count }) => sum + count, 0);

async function dropsFor(bench: Bench, number: number): Promise<string> {
  const courier = await bench.courier();
  const [phone, email] = [`+1212555${1000 + number}`, `p${number}@example.org`];
  const contact = { phone, email, language: 'en' };
  return bench.drop(courier, bench.announce(contact, 'S', `AC${10_000 + number}`).id).parcel;
}

const accepted = (bench: Bench, parcel: string) =>
  bench.app.store.notices.of(parcel).filter(({ state }) => state === 'accepted');

it('M13 R19 I10 refused, slow, down for hours, back: each is told as due, really', async () => {
  const { bench, mail, texts } = await postOffice();
  const good = await dropsFor(bench, 1);
  await until(bench, () => waiting(bench) === 0, 'both numbers are out');
  expect(
    accepted(bench, good)
      .map(({ channel }) => channel)
      .sort(),
  ).toEqual(['email', 'sms']);

  // An address that is refused for good: new numbers, both over the one channel that is left.
  mail.moods.set('p2@example.org', 550);
  const refused = await dropsFor(bench, 2);
  await until(bench, () => waiting(bench) === 0, 'the other channel has it');
  const last = texts.distinct.at(-1)?.body ?? '';
  expect(last).toMatch(/Pickup code: \d+\\nSecond number: \d+/);
  expect(bench.parcel(refused)).toMatchObject({ policy: 'code', hold: { told: true } });
  expect(mail.mails.filter(({ to }) => to === 'p2@example.org')).toEqual([]);

  // Both channels are gone for five hours, one silent at first.
  texts.mood = 'silent';
  const late = await dropsFor(bench, 3);
  await until(bench, () => accepted(bench, late).length === 1, 'the e-mail is out');
  await Promise.all([mail.close(), texts.close()]);
  await passes(bench, 5 * HOUR_MS, 5 * MINUTE_MS);
  expect(bench.rows('channel.down').map(({ data }) => data.channel)).toContain('sms');
  texts.mood = 'takes';
  await Promise.all([mail.listen(), texts.listen()]);
  await passes(bench, 30 * MINUTE_MS);
  await until(bench, () => waiting(bench) === 0, 'all is out again');
  expect(accepted(bench, late).length).toBeGreaterThan(1);
  await dropsFor(bench, 4);
  await until(bench, () => waiting(bench) === 0, 'the next parcel is told');
  expect(bench.rows('channel.up').map(({ data }) => data.channel)).toContain('sms');

  // What the store calls accepted the servers have, each once by its id. Beside that they have only
  // what was replaced because its answer came too late.
  const { notices } = bench.app.store;
  const had = new Set([
    ...mail.distinct.map(({ id }) => id.replace('@LOC001.lockerd', '')),
    ...texts.distinct.map(({ headers }) => `${headers['idempotency-key']}`),
  ]);
  const ids = notices.list('accepted', 500).map(({ id }) => id);
  expect(ids.filter((id) => !had.has(id))).toEqual([]);
  const more = [...had].filter((id) => !ids.includes(id)).map((id) => notices.get(id));
  expect(more.filter((one) => one?.state !== 'void')).toEqual([]);
  bench.stop();
  secretsNowhere(bench, mail, texts);
});

/** I10: codes, second numbers, addresses and phone numbers of everything that was sent. */
function secretsNowhere(bench: Bench, mail: MailBox, texts: SmsGateway): void {
  const bodies = [...mail.mails.map(({ raw }) => raw), ...texts.requests.map(({ body }) => body)];
  const numbers = bodies.flatMap((body) =>
    [...body.matchAll(/(?:code|number): (\d{6,7})/g)].map(([, digits = '']) => digits),
  );
  const people = [1, 2, 3, 4].flatMap((number) => [
    `1212555${1000 + number}`,
    `p${number}@example.org`,
  ]);
  expect(numbers.length).toBeGreaterThan(4);
  const files = readdirSync(bench.folder).filter((name) => name.startsWith('lockerd'));
  const kept = files.map((name) => readFileSync(join(bench.folder, name), 'latin1'));
  for (const secret of [...numbers, ...people]) {
    const alone = new RegExp(`(?<![0-9a-fA-F])${secret}(?![0-9a-fA-F])`);
    expect([bench.logged.join(''), ...kept].map((text) => alone.test(text))).not.toContain(true);
  }
}

it.each([0, 1, 2, 3, 4, 5])('M13 a cut at moment %i: none lost, none twice', async (at) => {
  let moments = 0;
  let cut = (): void => {};
  const office = await postOffice(() => {
    moments += 1;
    if (moments === at + 1) cut();
  });
  const { bench, mail, texts } = office;
  let isCut = false;
  cut = () => {
    isCut = true;
    bench.kiosk.cutPower();
  };
  const courier = await bench.courier();
  const contact = { phone: '+12125550111', email: 'anna@example.org', language: 'en' };
  const { id } = bench.announce(contact);
  const drop = bench.beginDrop(courier, id);
  bench.hands.dropsParcel(bench.kiosk.door(drop.slot), id, { afterMs: 500, closesAfterMs: 2_500 });
  for (let step = 0; step < 200 && !isCut; step += 1) await passes(bench, 1_000, 1_000);
  expect(isCut).toBe(true);
  bench.start();
  await until(bench, () => accepted(bench, id).length === 2, 'both numbers are out');
  expect([mail.distinct.length, texts.distinct.length]).toEqual([1, 1]);
  expect(waiting(bench)).toBe(0);
  // What came twice has one id, by which whoever carries it drops it.
  expect(mail.mails.length + texts.requests.length).toBeLessThanOrEqual(4);
});
