import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { Power } from '../../sim/power.ts';
import type { VirtualClock } from '../../sim/virtual-clock.ts';
import { gateway } from '../../src/notify/gateway.ts';
import type { Transport } from '../../src/notify/message.ts';
import { smtp } from '../../src/notify/smtp.ts';
import type { Transports } from '../../src/notify/teller.ts';
import { HOUR_MS, MINUTE_MS, scratchFolder } from '../app/bench-kiosk.ts';
import { Desk, OPERATOR } from './desk.ts';
import { MailBox, SmsGateway, TLS } from './servers.ts';

const STEP_MS = 60_000;

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
  const desk = new Desk({ transports }).start();
  return { desk, mail, texts };
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
async function passes(desk: Desk, ms: number, stepMs = STEP_MS): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    desk.clock.advance(Math.min(left, stepMs));
    await new Promise((done) => setTimeout(done, 3));
  }
}

async function until(desk: Desk, isSo: () => boolean, what: string): Promise<void> {
  for (let step = 0; step < 600; step += 1) {
    if (isSo()) return;
    await passes(desk, 1_000, 1_000);
  }
  throw new Error(`it never came to pass that ${what}`);
}

const dropsFor = (desk: Desk, number: number): string => {
  const [phone, email] = [`+1212555${1000 + number}`, `p${number}@example.org`];
  return desk.drop({ phone, email, language: 'en' });
};

const accepted = (desk: Desk, parcel: string) =>
  desk.core.store.notices.of(parcel).filter(({ state }) => state === 'accepted');

const isOut = (desk: Desk) => () => desk.waiting().length === 0;

it('M13 R19 I10 refused, slow, down for hours, back: each is told as due, really', async () => {
  const { desk, mail, texts } = await postOffice();
  const good = dropsFor(desk, 1);
  await until(desk, isOut(desk), 'both numbers are out');
  const channels = accepted(desk, good).map(({ channel }) => channel);
  expect(channels.sort()).toEqual(['email', 'sms']);

  // An address that is refused for good: new numbers, both over the one channel that is left.
  mail.moods.set('p2@example.org', 550);
  const refused = dropsFor(desk, 2);
  await until(desk, isOut(desk), 'the other channel has it');
  const last = texts.distinct.at(-1)?.body ?? '';
  expect(last).toMatch(/Pickup code: \d+\\nSecond number: \d+/);
  expect(desk.parcel(refused)).toMatchObject({ policy: 'code', hold: { told: true } });
  expect(mail.mails.filter(({ to }) => to === 'p2@example.org')).toEqual([]);

  // Both channels are gone for five hours, one silent at first.
  texts.mood = 'silent';
  const late = dropsFor(desk, 3);
  await until(desk, () => accepted(desk, late).length === 1, 'the e-mail is out');
  secretsNowhere(desk, mail, texts);
  await Promise.all([mail.close(), texts.close()]);
  await passes(desk, 5 * HOUR_MS, 5 * MINUTE_MS);
  expect(desk.rows('channel.down').map(({ data }) => data.channel)).toContain('sms');
  secretsNowhere(desk, mail, texts);
  texts.mood = 'takes';
  await Promise.all([mail.listen(), texts.listen()]);
  await passes(desk, 15 * MINUTE_MS);
  await until(desk, isOut(desk), 'all is out again');
  expect(accepted(desk, late).length).toBeGreaterThan(1);
  dropsFor(desk, 4);
  await until(desk, isOut(desk), 'the next parcel is told');
  expect(desk.rows('channel.up').map(({ data }) => data.channel)).toContain('sms');

  // What the store calls accepted the servers have, each once by its id. Beside that they have only
  // what was replaced because its answer came too late.
  const { notices } = desk.core.store;
  const had = new Set([
    ...mail.distinct.map(({ id }) => id.replace('@LOC001.lockerd', '')),
    ...texts.distinct.map(({ headers }) => `${headers['idempotency-key']}`),
  ]);
  const ids = notices.list('accepted', 500).map(({ id }) => id);
  expect(ids.filter((id) => !had.has(id))).toEqual([]);
  const more = [...had].filter((id) => !ids.includes(id)).map((id) => notices.get(id));
  expect(more.filter((one) => one?.state !== 'void')).toEqual([]);
  // What is done has wiped what it said, and the operator was told by the way that was left.
  const sealed = notices.list(null, 500).filter((one) => one.sealed !== null);
  expect(sealed).toEqual([]);
  expect(mail.mails.map(({ to }) => to)).toContain(OPERATOR);
  secretsNowhere(desk, mail, texts);
  desk.stop();
  secretsNowhere(desk, mail, texts);
});

/**
 * I10: codes, second numbers, grants, addresses and phone numbers of all that was sent stand in no
 * log line, in no file beside the database, and in no value of any table.
 */
function secretsNowhere(desk: Desk, mail: MailBox, texts: SmsGateway): void {
  const bodies = [...mail.mails.map(({ raw }) => raw), ...texts.requests.map(({ body }) => body)];
  const numbers = bodies.flatMap((body) =>
    [...body.matchAll(/(?:code|number): (\d{6,7})/g)].map(([, digits = '']) => digits),
  );
  const people = [1, 2, 3, 4].flatMap((number) => [
    `1212555${1000 + number}`,
    `p${number}@example.org`,
  ]);
  expect(numbers.length).toBeGreaterThan(4);
  const files = readdirSync(desk.folder).filter((name) => name.startsWith('lockerd'));
  expect(files.length).toBeGreaterThan(0);
  const kept = files.map((name) => readFileSync(join(desk.folder, name), 'latin1'));
  const places = [desk.logged.join(''), valuesOf(desk.database), ...kept];
  for (const secret of [...numbers, ...people, 'LK1:']) {
    const alone = new RegExp(`(?<![0-9a-fA-F])${secret}(?![0-9a-fA-F])`);
    expect(places.map((text) => alone.test(text))).not.toContain(true);
  }
}

/** Every value of every table, one per line; the program may still hold the file. */
function valuesOf(path: string): string {
  const copy = join(scratchFolder(), 'copy.db');
  for (const end of ['', '-wal']) {
    if (existsSync(path + end)) copyFileSync(path + end, copy + end);
  }
  const database = new Database(copy);
  const tables = database.pragma('table_list') as { name: string; type: string }[];
  const own = tables.filter(({ name, type }) => type === 'table' && !name.startsWith('sqlite_'));
  const rows = own.flatMap(({ name }) => database.prepare(`SELECT * FROM ${name}`).raw().all());
  database.close();
  return (rows as unknown[][]).flat().map(String).join('\n');
}

it.each([0, 1, 2, 3, 4, 5])('M13 a cut at moment %i: none lost, none twice', async (at) => {
  let moments = 0;
  let cut = (): void => {};
  const { desk, mail, texts } = await postOffice(() => {
    moments += 1;
    if (moments === at + 1) cut();
  });
  let isCut = false;
  cut = () => {
    isCut = true;
    desk.cut();
  };
  let parcel = '';
  desk.clock.after('a courier comes', 0, () => {
    parcel = dropsFor(desk, 1);
  });
  for (let step = 0; step < 200 && !isCut; step += 1) await passes(desk, 1_000, 1_000);
  expect(isCut).toBe(true);
  desk.start();
  await until(desk, () => accepted(desk, parcel).length === 2, 'both numbers are out');
  expect([mail.distinct.length, texts.distinct.length]).toEqual([1, 1]);
  expect(desk.waiting()).toEqual([]);
  // What came twice has one id, by which whoever carries it drops it.
  expect(mail.mails.length + texts.requests.length).toBeLessThanOrEqual(4);
});
