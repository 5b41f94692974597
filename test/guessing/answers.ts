import { LeapClock } from '../../bench/leap-clock.ts';
import type { SimClock } from '../../sim/clock.ts';
import { EmbeddedKiosk } from '../../sim/embedded.ts';
import { Person } from '../../sim/person.ts';
import { RealClock, sleep } from '../../sim/real-clock.ts';
import { readConfig } from '../../src/app.ts';
import { checkDigit } from '../../src/domain/code.ts';
import { keyOf } from '../../src/kiosk/keyboard.ts';
import type { Entry } from './world.ts';

/** So many rounds fit into the bursts of the budgets; then so much time brings them back. */
const ROUNDS_A_BURST = 5;
const REFILL_MS = 3 * 3_600_000;
const LOOK_MS = 0.5;
const PATIENCE_MS = 60_000;
const HANDS = { afterMs: 200, closesAfterMs: 2_500 } as const;
const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const PIN = '246810';

/** From the last key to the answer, try by try, and every text that was shown. */
export interface Answers {
  readonly ms: readonly number[];
  readonly texts: ReadonlySet<string>;
}

/** Time in which a kiosk answers, and which can leap so that budgets are full again. */
interface World {
  readonly clock: SimClock & { leap(ms: number): void };
  until(isSo: () => boolean): Promise<void>;
}

/** Computing takes no time at all: what is left is what the program waits. */
export function virtualWorld(): World {
  const clock = new LeapClock();
  const until = (isSo: () => boolean) => clock.until('it is answered', isSo, PATIENCE_MS);
  return { clock, until: async (isSo) => until(isSo) };
}

/** Hashes and synced commits take what they take. */
export function realWorld(): World {
  const clock = new LeapingRealClock();
  return {
    clock,
    until: async (isSo) => {
      while (!isSo()) await sleep(LOOK_MS);
    },
  };
}

class LeapingRealClock extends RealClock {
  #aheadMs = 0;

  override monoMs(): number {
    return super.monoMs() + this.#aheadMs;
  }

  override wallMs(): number {
    return super.wallMs() + this.#aheadMs;
  }

  leap(ms: number): void {
    this.#aheadMs += ms;
  }
}

/** What is typed at a whole kiosk by people who have no right, by its kind (R14, M16). */
export async function answers(
  folder: string,
  world: World,
  rounds: number,
): Promise<ReadonlyMap<string, Answers>> {
  const { clock } = world;
  const config = readConfig(new URL('../../sim/embedded.toml', import.meta.url).pathname);
  const kiosk = new EmbeddedKiosk({ clock, config, folder, seed: 1, log: QUIET, baud: 0 });
  kiosk.start();
  await world.until(() => kiosk.isServing);
  const first = await stored(kiosk, world, 1);
  const second = await stored(kiosk, world, 2);
  const third = await stored(kiosk, world, 3);
  const kinds: Readonly<Record<string, (round: number) => string>> = {
    'an unknown code': (round) => collects(wellFormed(900_000 + round), third.second),
    'a right code with a wrong second number': (round) =>
      collects(first.code, unlike(first.second, round)),
    "a right code with another parcel's second": (round) =>
      collects(second.code, round % 2 === 0 ? third.second : first.second),
    'both wrong': (round) => collects(wellFormed(800_000 + round), '000000'),
    'a lost code, of a phone with a parcel': () => `4${phoneOf(3)}#`,
    'a lost code, of another phone': (round) => `4${12_125_550_200 + round}#`,
  };
  const all = new Map(Object.keys(kinds).map((kind) => [kind, newAnswers()]));
  for (let round = 0; round < rounds; round += 1) {
    if (round % ROUNDS_A_BURST === 0) clock.leap(REFILL_MS);
    for (const [kind, keys] of Object.entries(kinds)) {
      const { ms, text } = await answer(kiosk, world, keys(round));
      all.get(kind)?.ms.push(ms);
      all.get(kind)?.texts.add(text);
    }
  }
  let isStopped = false;
  kiosk.app.stop(() => {
    isStopped = true;
  });
  await world.until(() => isStopped);
  return all;
}

const newAnswers = () => ({ ms: [] as number[], texts: new Set<string>() });
const collects = (code: string, second: string): string => `1${code}${second}`;

/** Types at a keypad of its own and waits for what is said to it. */
async function answer(kiosk: EmbeddedKiosk, { clock, until }: World, keys: string) {
  const panel = kiosk.app.newPanel();
  const typed = [...keys].map((char) => keyOf(char) ?? 'back');
  for (const key of typed.slice(0, -1)) panel.press(key);
  const sinceMs = clock.monoMs();
  for (const key of typed.slice(-1)) panel.press(key);
  const checking = JSON.stringify(panel.screen());
  await until(() => JSON.stringify(panel.screen()) !== checking);
  const ms = clock.monoMs() - sinceMs;
  const { ref: _ref, secondsLeft: _left, ...text } = panel.screen();
  panel.stop();
  return { ms, text: JSON.stringify(text) };
}

const phoneOf = (number: number): string => `1212555010${number}`;

/** Somebody's parcel, dropped, and its numbers. */
async function stored(kiosk: EmbeddedKiosk, world: World, number: number): Promise<Entry> {
  const { app } = kiosk;
  const contact = { phone: `+${phoneOf(number)}`, email: `${number}@x.example`, language: 'en' };
  const recipient = app.people.addCustomer(contact);
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
  new Person(world.clock).dropsParcel(kiosk.door(slot), 'a thing', HANDS);
  await world.until(() => app.supervisor.get(slot).state === 'drop_unconfirmed');
  app.supervisor.send(slot, { type: 'LEFT_IT' });
  app.sessions.end(session);
  await world.until(() => kiosk.mailbox.length === number);
  const [sms, mail] = [kiosk.phone.at(-1)?.text ?? '', kiosk.mailbox.at(-1)?.text ?? ''];
  const [code = '', second = ''] = [/code: (\d+)/.exec(sms)?.[1], /number: (\d+)/.exec(mail)?.[1]];
  return { code, second };
}

const wellFormed = (number: number): string => `${number}${checkDigit(String(number))}`;

function unlike(second: string, round: number): string {
  return String((Number(second) + 1 + round) % 1_000_000).padStart(6, '0');
}
