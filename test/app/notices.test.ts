import { join } from 'node:path';
import { expect, it } from 'vitest';
import { announced } from '../../sim/announced.ts';
import { seededRandom } from '../../sim/random.ts';
import { type App, startApp } from '../../src/app.ts';
import type { Transport } from '../../src/notify/message.ts';
import { createLog } from '../../src/platform/log.ts';
import {
  ANNA,
  Bench,
  CARRIER,
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  PIN,
  siteConfig,
} from './bench-kiosk.ts';

/** Days pass quickly when idle boards are polled seldom. */
const CONFIG = siteConfig({ graceSeconds: 10, idlePollMs: 30_000 });
const HANDS = { afterMs: 200, closesAfterMs: 2_300 } as const;

/** A kiosk on the bench's wall whose e-mail is accepted only while `mail.works`. */
function startWithMail(bench: Bench) {
  const texts: string[] = [];
  const mail = { works: false, sent: [] as string[] };
  const sms: Transport = {
    send: (_to, message, told) => {
      texts.push(message.subject);
      told('accepted');
    },
    probe: (answered) => answered(true),
  };
  const email: Transport = {
    send: (_to, message, told) => {
      if (mail.works) mail.sent.push(message.id);
      told(mail.works ? 'accepted' : 'down');
    },
    probe: (answered) => answered(mail.works),
  };
  let serving = false;
  const paths = {
    database: { path: join(bench.folder, 'lockerd.db') },
    keys: {
      path: join(bench.folder, 'device.key'),
      audit: join(bench.folder, 'device.audit.key'),
    },
  };
  const world = {
    clock: bench.clock,
    timeSync: bench.kiosk.timeSync,
    random: seededRandom(1),
    log: createLog('error', { write: () => {} }),
    openPort: (port: string) => bench.kiosk.port(port).open,
    transports: { sms, email },
  };
  const app = startApp({ ...CONFIG, ...paths }, world, () => {
    serving = true;
  });
  bench.until('the kiosk serves', () => serving);
  return { app, texts, mail };
}

/** Drops a parcel for somebody; the courier says nothing. */
async function drops(bench: Bench, app: App) {
  const staff = await app.people.addCourier(CARRIER, PIN);
  const answer = await app.signIn.check(staff, PIN);
  if (answer.kind !== 'welcome') throw new Error('not let in');
  return (contact: typeof ANNA, number: number): string => {
    const recipient = app.people.addCustomer(contact);
    const { id } = announced(app, {
      ...{ carrier: CARRIER, label: `AC${70_000 + number}`, recipient, size: 'S' },
    });
    const session = app.sessions.begin();
    const brought = { kind: 'announced', parcel: id } as const;
    const start = app.deposit.begin(session, answer.person, brought);
    if (start.kind !== 'opening') throw new Error(start.kind);
    bench.hands.dropsParcel(bench.kiosk.door(start.drop.slot), id, HANDS);
    bench.until('it is stored', () => app.supervisor.get(start.drop.slot).state === 'occupied');
    return id;
  };
}

it('R19 a notice is repeated until its channel accepts it, and then no more', async () => {
  const bench = new Bench({ config: CONFIG });
  const { app, mail } = startWithMail(bench);
  const drop = await drops(bench, app);
  const parcel = drop({ ...ANNA, phone: null }, 0);
  bench.wait(HOUR_MS);
  expect(app.store.parcels.get(parcel)?.hold.told).toBe(false);
  mail.works = true;
  bench.wait(15 * MINUTE_MS);
  expect(mail.sent).toHaveLength(1);
  expect(app.store.parcels.get(parcel)?.hold.told).toBe(true);
  expect(app.store.notices.get(mail.sent[0] ?? '')?.sealed).toBeNull();
  bench.wait(5 * HOUR_MS);
  expect(mail.sent).toHaveLength(1);
});

it('M13 a channel that is down does not keep messages from another one', async () => {
  const bench = new Bench({ config: CONFIG });
  const { app, texts } = startWithMail(bench);
  const drop = await drops(bench, app);
  for (let number = 0; number < 12; number += 1) {
    drop({ ...ANNA, phone: null, email: `p${number}@mail.example` }, number);
  }
  // Each of them is reminded and expires, by mail.
  bench.wait(7 * DAY_MS);
  expect(app.store.notices.waitingAfter('email', '', 100)).toHaveLength(12);
  for (let number = 20; number < 23; number += 1) {
    drop({ ...ANNA, email: null, phone: `+1212555${9_000 + number}` }, number);
  }
  bench.wait(HOUR_MS);
  expect(texts).toHaveLength(3);
});
