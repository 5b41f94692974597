import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createTransport } from 'nodemailer';
import { seededRandom } from '../sim/random.ts';
import { type Core, composeCore } from '../src/compose/core.ts';
import type { OwnChannel } from '../src/control/ports.ts';
import type { Contact } from '../src/domain/person.ts';
import { compose, type Place } from '../src/notify/compose.ts';
import { gateway } from '../src/notify/gateway.ts';
import type { Message } from '../src/notify/message.ts';
import { smtp } from '../src/notify/smtp.ts';
import { systemClock } from '../src/platform/clock.ts';
import { createLog } from '../src/platform/log.ts';
import { systemTimeSync } from '../src/platform/time-sync.ts';
import { storedParcel } from './filled-store.ts';
import { freshFolder } from './folder.ts';
import { Peer } from './peer.ts';
import type { PostCount, PostPorts } from './post-child.ts';
import { residentMb } from './proc.ts';
import { atLeast, atMost, type Row } from './row.ts';
import type { Say } from './say.ts';
import { siteConfig } from './site-file.ts';

const NOTICES = 10_000;
/** A server that is near, and quick: from farther away, waiting is all there is. */
const ANSWER_MS = 20;
/** Of what the library alone reaches with as many messages under way. */
const SHARE_MIN = 0.8;
/** The code is warm, and connections are open, after this. */
const WARM_MS = 5_000;
/** Ten thousand messages would be more, were they all in memory. */
const GROWTH_MB_MAX = 20;
/** As the kiosk has them: the window of a channel, and the connections to a mail server. */
const WINDOW = 8;
const CONNECTIONS = 4;
const LOOK_MS = 500;
const BUS = { family: 'line', baud: 115_200, channels: 16, boards: 1, port: 'bus0' } as const;
const TLS = readFileSync(new URL('../test/notify/tls/server.crt', import.meta.url), 'utf8');
const VALUES = { ref: 'ABC234', code: '1234567', second: '654321', daysLeft: 5 };
const NAMES = { sms: 'text messages', email: 'e-mails' } as const;

/** A long queue to a channel that is back, and the same messages by the library alone. */
export async function notices(say: Say): Promise<Row[]> {
  let heard: (said: PostPorts | PostCount) => void = () => {};
  const next = <T>(): Promise<T> =>
    new Promise((resolve) => {
      heard = (said) => resolve(said as T);
    });
  const ready = next<PostPorts>();
  const post = new Peer<PostPorts | PostCount>('bench/post-child.ts', [`${ANSWER_MS}`], (said) =>
    heard(said),
  );
  const ports = await ready;
  try {
    const rows: Row[] = [];
    for (const channel of ['sms', 'email'] as const) {
      say(`${NOTICES} ${NAMES[channel]}, each answered after ${ANSWER_MS} ms`);
      rows.push(...(await drained(channel, ports, say)));
    }
    const counted = next<PostCount>();
    post.tell({});
    const { mails, texts } = await counted;
    if (mails !== 2 * NOTICES || texts !== 2 * NOTICES) {
      throw new Error(`${mails} e-mails and ${texts} text messages arrived, not ${2 * NOTICES}`);
    }
    return rows;
  } finally {
    await post.stop();
  }
}

async function drained(channel: OwnChannel, ports: PostPorts, say: Say): Promise<Row[]> {
  const core = openKiosk(channel, ports);
  queue(core, channel);
  const fromMs = performance.now();
  core.notices.start();
  let [warm, peak] = [0, 0];
  while (core.store.notices.nextDueMono(channel) !== null) {
    await new Promise((done) => setTimeout(done, LOOK_MS));
    collect();
    peak = Math.max(peak, residentMb(process.pid));
    if (performance.now() - fromMs < WARM_MS) warm = peak;
  }
  const own = perSecond(performance.now() - fromMs);
  core.notices.stop();
  const accepted = core.store.notices.list('accepted', NOTICES + 1).length;
  core.store.close();
  if (accepted !== NOTICES) throw new Error(`${accepted} of ${NOTICES} notices were accepted`);
  const peer = perSecond(await (channel === 'sms' ? fetchAll(ports) : mailAll(ports)));
  say(`${own.toFixed(0)} per s, the library alone ${peer.toFixed(0)}: ${(own / peer).toFixed(2)}`);
  return [
    atLeast(`${NOTICES} queued ${NAMES[channel]}`, own, 'per s', peer * SHARE_MIN),
    atMost(`memory that ${NOTICES} ${NAMES[channel]} take`, peak - warm, 'MB', GROWTH_MB_MAX),
  ];
}

/** Else the figure would be how long the collector lets things lie. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

const perSecond = (tookMs: number): number => (NOTICES * 1_000) / tookMs;

const contactOf = (index: number): Contact => ({
  phone: `+49170${String(index).padStart(7, '0')}`,
  email: `customer${index}@example.org`,
  language: 'en',
});

/** The records of a kiosk with this one channel, on the disk, by the clock on the wall. */
function openKiosk(channel: OwnChannel, ports: PostPorts): Core {
  const folder = freshFolder(`notices-${channel}`);
  const config = siteConfig({ folder, buses: [BUS], idlePollMs: 250, graceSeconds: 60 });
  const clock = systemClock();
  const dialling = { countryCode: '49', trunkPrefix: '0' };
  const transports =
    channel === 'sms'
      ? { sms: gateway({ ...SERVICE, url: urlOf(ports) }, dialling, clock) }
      : { email: smtp({ ...serverOf(ports), security: 'tls', from: FROM, kiosk: 'BENCH' }) };
  const world = { clock, timeSync: systemTimeSync(), random: seededRandom(1), transports };
  return composeCore(config, { ...world, log: createLog('error') });
}

/** One notice with numbers for each of so many recipients, as after weeks without the channel. */
function queue({ store, people, notices }: Core, channel: OwnChannel): void {
  store.transaction(() => {
    for (let index = 0; index < NOTICES; index += 1) {
      const recipient = people.addCustomer(contactOf(index));
      const parcel = { ...storedParcel(`L1/${index}`), recipient };
      store.parcels.put(parcel);
      notices.queue(parcel, 'STORED', channel, VALUES);
    }
  });
}

const SERVICE = {
  method: 'POST',
  type: 'json',
  body: '{"to":"{to}","text":"{text}"}',
  headers: { 'Idempotency-Key': '{id}' },
} as const;
const FROM = { name: 'Bench', address: 'locker@example.org' };
const urlOf = ({ texts }: PostPorts): string => `http://127.0.0.1:${texts}/messages`;
const serverOf = ({ mail }: PostPorts) => ({
  ...{ host: 'localhost', port: mail, ca: TLS },
  login: { user: 'locker', pass: 'open sesame' },
});

/** What the kiosk says of its notices, word for word. */
function messageOf(index: number, channel: OwnChannel): Message {
  const place: Place = {
    ...{ name: 'Bench', address: 'Market Square 5', city: 'Lindau', timeZone: 'Europe/Berlin' },
    ...{ helpPhone: '+49 8382 123456', holdDays: 7, openingHours: [], language: 'en' },
    ...{ codes: 'code+otp', qr: 'replaces-code' },
  };
  const id = `peer-${index}`;
  const contact = contactOf(index);
  return compose({ id, kind: 'STORED', channel, contact, values: VALUES }, place);
}

async function fetchAll(ports: PostPorts): Promise<number> {
  return inParallel(WINDOW, async (index) => {
    const { id, text } = messageOf(index, 'sms');
    const answer = await fetch(urlOf(ports), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'Idempotency-Key': id },
      body: JSON.stringify({ to: contactOf(index).phone, text }),
    });
    await answer.body?.cancel();
  });
}

async function mailAll(ports: PostPorts): Promise<number> {
  const { host, port, ca, login } = serverOf(ports);
  const pool = { pool: true, maxConnections: CONNECTIONS, secure: true } as const;
  const transporter = createTransport({ ...pool, host, port, auth: login, tls: { ca } });
  const took = await inParallel(WINDOW, async (index) => {
    const { id, subject, text, html } = messageOf(index, 'email');
    const to = contactOf(index).email ?? '';
    const mail = { from: FROM, to, subject, text, messageId: `<${id}@BENCH.lockerd>` };
    await transporter.sendMail({ ...mail, ...(html !== undefined && { html }) });
  });
  transporter.close();
  return took;
}

/** The time for all of them, with so many at once. */
async function inParallel(most: number, work: (index: number) => Promise<void>): Promise<number> {
  const fromMs = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < NOTICES) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: most }, lane));
  return performance.now() - fromMs;
}
