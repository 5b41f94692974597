import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { families } from '../../hardware/index.ts';
import { EmbeddedKiosk } from '../../sim/embedded.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { loadConfig } from '../../src/config/load.ts';
import { createLog } from '../../src/platform/log.ts';
import { fillDisk } from '../bad-disk/fill-disk.ts';

/**
 * A kiosk on a disk that fills up, in a process of its own (`full-disk.test.ts`): says in one line
 * of JSON what its people got. The folder to work in is its argument.
 */
const [folder = ''] = process.argv.slice(2);
const clock = new VirtualClock();
const path = new URL('../../sim/embedded.toml', import.meta.url).pathname;
const said: string[] = [];
const kiosk = new EmbeddedKiosk({
  clock,
  config: loadConfig(path, families),
  folder,
  seed: 1,
  log: createLog('warn', { write: (line) => void said.push(line) }),
  baud: 115_200,
});
kiosk.start();
clock.runUntil(() => kiosk.isServing, 60_000);
const { app } = kiosk;
const staff = await app.people.addCourier('ACME', '271828');
const answer = await app.signIn.check(staff, '271828');
if (answer.kind !== 'welcome') throw new Error('not let in');
const courier = answer.person;

function announced(label: string): string {
  const recipient = app.people.addCustomer({ phone: '+12125550111', email: null, language: 'en' });
  const wanted = { label, carrier: 'ACME', size: 'S', recipient };
  const booked = app.announcements.announce(wanted);
  if (booked.kind === 'refused') throw new Error(booked.why);
  return booked.parcel.id;
}

const begin = (parcel: string) =>
  app.deposit.begin(app.sessions.begin(), courier, { kind: 'announced', parcel });

/** A whole drop; gives slot and numbers. */
function stored(label: string) {
  const start = begin(announced(label));
  if (start.kind !== 'opening') throw new Error(start.kind);
  const { slot, parcel } = start.drop;
  visit(slot, () => kiosk.door(slot).putIn(parcel));
  app.supervisor.send(slot, { type: 'LEFT_IT' });
  app.sessions.end(start.drop.session);
  const [code = '', second = ''] = kiosk.phone.at(-1)?.text.match(/\d{6,}/g) ?? [];
  return { slot, code, second };
}

/** Somebody does something at a door that springs open, and shuts it. */
function visit(slot: string, hands: () => void): void {
  clock.runUntil(() => app.supervisor.get(slot).state === 'open', 60_000);
  clock.advance(3_000);
  hands();
  kiosk.door(slot).push();
  clock.runUntil(() => app.supervisor.get(slot).state !== 'open', 60_000);
}

/** What becomes of a parcel that somebody wants. */
function collected(parcel: ReturnType<typeof stored> | undefined): string {
  if (parcel === undefined) throw new Error('no parcel');
  const { slot, code, second } = parcel;
  const session = app.sessions.begin();
  const opened = app.collect.begin(session, code, second);
  if (opened.kind !== 'opening') return opened.kind;
  visit(slot, () => kiosk.door(slot).takeOut());
  app.sessions.end(session);
  clock.runUntil(() => app.supervisor.get(slot).state === 'available', 120_000);
  return app.supervisor.get(slot).state;
}

const FILLER = join(folder, 'filler');

const parcels = Array.from({ length: 4 }, (_, index) => stored(`AC001000${index}`));
const waiting = announced('AC0020000');
fillDisk(FILLER);
const sudden = collected(parcels[0]);
const refused = begin(waiting);
const then = parcels.slice(1).map(collected);
const still = begin(waiting);
rmSync(FILLER);
const again = begin(waiting);
process.stdout.write(
  `${JSON.stringify({ sudden, refused, then, still: still.kind, again: again.kind, said })}\n`,
);
app.stop(() => {});
clock.advance(10_000);
