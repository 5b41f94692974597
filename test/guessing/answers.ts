import { EmbeddedKiosk } from '../../sim/embedded.ts';
import { Person } from '../../sim/person.ts';
import { RealClock, sleep } from '../../sim/real-clock.ts';
import { readConfig } from '../../src/app.ts';
import { checkDigit } from '../../src/domain/code.ts';
import type { Key } from '../../src/kiosk/screen.ts';
import type { Entry } from './world.ts';

/** Four kinds in so many rounds fit into the burst of the budget, and lock no second number. */
const ROUNDS = 5;
const LOOK_MS = 0.5;
const HANDS = { afterMs: 200, closesAfterMs: 2_500 } as const;
const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const PIN = '246810';

/**
 * From the last key to the answer on the screen, for each kind of wrong entry: medians in
 * milliseconds of a real kiosk in real time, with its hashes and synced commits (R14).
 */
export async function answersMs(folder: string): Promise<ReadonlyMap<string, number>> {
  const clock = new RealClock();
  const config = readConfig(new URL('../../sim/embedded.toml', import.meta.url).pathname);
  const kiosk = new EmbeddedKiosk({ clock, config, folder, seed: 1, log: QUIET, baud: 0 });
  await new Promise<void>((serving) => kiosk.start(serving));
  const [first, second, third] = [
    await stored(kiosk, 1),
    await stored(kiosk, 2),
    await stored(kiosk, 3),
  ];
  const kinds: Readonly<Record<string, (round: number) => Entry>> = {
    unknown: (round) => ({ code: wellFormed(900_000 + round), second: third.second }),
    'right with a wrong second': (round) => ({ ...first, second: unlike(first.second, round) }),
    "right with another parcel's second": () => ({ ...second, second: third.second }),
    'both wrong': (round) => ({ code: wellFormed(800_000 + round), second: '000000' }),
  };
  const times = new Map(Object.keys(kinds).map((kind) => [kind, [] as number[]]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [kind, make] of Object.entries(kinds)) {
      times.get(kind)?.push(await answerMs(kiosk, clock, make(round)));
    }
  }
  await new Promise<void>((stopped) => kiosk.app.stop(stopped));
  return new Map([...times].map(([kind, all]) => [kind, median(all)]));
}

/** Types an entry at a keypad of its own and waits for the sentence about it. */
async function answerMs(
  kiosk: EmbeddedKiosk,
  clock: RealClock,
  { code, second }: Entry,
): Promise<number> {
  const panel = kiosk.app.newPanel();
  for (const key of `1${code}${second}`) panel.press(key as Key);
  const sinceMs = clock.monoMs();
  const isAnswered = (): boolean => panel.screen().tone === 'warning';
  while (!isAnswered()) await sleep(LOOK_MS);
  const tookMs = clock.monoMs() - sinceMs;
  panel.stop();
  return tookMs;
}

/** Somebody's parcel, dropped, and its numbers. */
async function stored(kiosk: EmbeddedKiosk, number: number): Promise<Entry> {
  const { app } = kiosk;
  const clock = new RealClock();
  const phone = `+1212555010${number}`;
  const recipient = app.people.addCustomer({ phone, email: `${number}@x.example`, language: 'en' });
  const staff = await app.people.addCourier('ACME', PIN);
  const signed = await app.signIn.check(staff, PIN);
  if (signed.kind !== 'welcome') throw new Error('the courier was not let in');
  const announced = app.announcements.announce({
    ...{ carrier: 'ACME', label: `AC${10_000 + number}`, recipient, size: 'S' },
  });
  if (announced.kind !== 'announced') throw new Error(`not announced: ${announced.why}`);
  const session = app.sessions.begin();
  const { id: parcel } = announced.parcel;
  const start = app.deposit.begin(session, signed.person, { kind: 'announced', parcel });
  if (start.kind !== 'opening') throw new Error(`not dropped: ${start.kind}`);
  const { slot } = start.drop;
  new Person(clock).dropsParcel(kiosk.door(slot), 'a thing', HANDS);
  while (app.supervisor.get(slot).state !== 'drop_unconfirmed') await sleep(LOOK_MS);
  app.supervisor.send(slot, { type: 'LEFT_IT' });
  app.sessions.end(session);
  const [sms, mail] = [kiosk.phone.at(-1)?.text ?? '', kiosk.mailbox.at(-1)?.text ?? ''];
  const [code = '', second = ''] = [/code: (\d+)/.exec(sms)?.[1], /number: (\d+)/.exec(mail)?.[1]];
  return { code, second };
}

const wellFormed = (number: number): string => `${number}${checkDigit(String(number))}`;

function unlike(second: string, round: number): string {
  return String((Number(second) + 1 + round) % 1_000_000).padStart(6, '0');
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
