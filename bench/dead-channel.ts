import type { Told } from '../src/control/ports.ts';
import { gateway } from '../src/notify/gateway.ts';
import type { Message, Transport } from '../src/notify/message.ts';
import { freshFolder } from './folder.ts';
import { PickupSite, type Visit } from './pickup-site.ts';
import { atMost, ninetyNineOf100, type Row } from './row.ts';
import type { Say } from './say.ts';

const PICKUPS = 1_000;
/** What both walls hold at once. */
const BATCH_PICKUPS = 200;
const SLOWER_MAX = 1.1;
/** Nobody listens on the discard port of a machine today: every request is turned away. */
const DEAD_URL = 'http://127.0.0.1:9/messages';
const SERVICE = { method: 'POST', type: 'json', body: '{"to":"{to}","text":"{text}"}' } as const;
const DIALLING = { countryCode: '49', trunkPrefix: '0' };
/** In so many of them a dead channel is tried again: every 10 minutes at the least. */
const TURN_MS = 5_000;
const TURNS_MAX = 130;
const ROWS_MAX = 1_000_000;

/**
 * What somebody at the keypad waits for while text messages do not get out, beside a kiosk where
 * all is well: two whole kiosks, whose recipients come in turns, so that whatever else the machine
 * does is with both.
 */
export async function deadChannel(say: Say): Promise<Row[]> {
  const [well, ill] = [new Site('well'), new Site('ill')];
  for (const site of [well, ill]) await site.begin();
  const waits = { well: [] as number[], ill: [] as number[] };
  for (let done = 0; done < PICKUPS; done += BATCH_PICKUPS) {
    const [toWell, toIll] = [well.store(BATCH_PICKUPS), ill.store(BATCH_PICKUPS)];
    ill.isDead = true;
    for (let at = 0; at < BATCH_PICKUPS; at += 1) {
      waits.well.push(await well.pickUp(toWell[at]));
      waits.ill.push(await ill.pickUp(toIll[at]));
    }
    well.leave();
    ill.leave();
    say(`${done + BATCH_PICKUPS} pickups at each; ${ill.waiting()} notices wait`);
    await ill.comesBack(done / BATCH_PICKUPS + 1);
  }
  say('each time the alarm was raised, and all got out by itself afterwards');
  for (const site of [well, ill]) await site.stop();
  const [p99, limit] = [ninetyNineOf100(waits.ill), ninetyNineOf100(waits.well)];
  say(`99 of 100: ${p99.toFixed(2)} ms with a dead channel, ${limit.toFixed(2)} ms without`);
  return [atMost('last key to the door, a dead channel', p99, 'ms', limit * SLOWER_MAX)];
}

type Numbers = ReturnType<PickupSite['store']>;

class Site {
  isDead = false;
  readonly #site: PickupSite;
  #courier: Awaited<ReturnType<PickupSite['courier']>> | undefined;
  #visits: Visit[] = [];

  constructor(name: string) {
    this.#site = new PickupSite(freshFolder(`channel-${name}`), undefined, undefined, () => ({
      sms: this.#texts(),
      email: into(() => this.#site.kiosk.mailbox),
    }));
  }

  async begin(): Promise<void> {
    this.#courier = await this.#site.courier();
  }

  store(count: number): Numbers[] {
    const courier = this.#courier;
    if (courier === undefined) throw new Error('no courier has come');
    return Array.from({ length: count }, () => this.#site.store(courier));
  }

  /** From the last key, behind whatever else has its turn in the program, to the door. */
  async pickUp(numbers: Numbers | undefined): Promise<number> {
    if (numbers === undefined) throw new Error('nobody is left');
    const keyMs = performance.now();
    await new Promise((turn) => setImmediate(turn));
    const turnMs = performance.now() - keyMs;
    const visit = this.#site.collect(numbers);
    this.#visits.push(visit);
    return turnMs + visit.answerMs;
  }

  leave(): void {
    this.#site.end(this.#visits);
    this.#visits = [];
  }

  waiting(): number {
    const { notices } = this.#site.kiosk.app.store;
    return notices.queue().reduce((sum, { count }) => sum + count, 0);
  }

  /** @throws when it was not down so many times, or what waits does not get out by itself. */
  async comesBack(times: number): Promise<void> {
    const { journal } = this.#site.kiosk.app.store;
    const rows = (t: string): number => journal.tail(ROWS_MAX).filter((row) => row.t === t).length;
    if (rows('channel.down') !== times) throw new Error('nobody was told of the dead channel');
    this.isDead = false;
    for (let turn = 0; this.waiting() > 0; turn += 1) {
      if (turn > TURNS_MAX) throw new Error(`${this.waiting()} notices never got out`);
      this.#site.clock.advance(TURN_MS);
      await new Promise((over) => setImmediate(over));
    }
    if (rows('channel.up') !== times) throw new Error('the channel is not said to be back');
    this.#site.kiosk.phone.length = 0;
  }

  stop(): Promise<void> {
    return this.#site.stop();
  }

  #texts(): Transport {
    const phone = into(() => this.#site.kiosk.phone);
    const service = { ...SERVICE, url: DEAD_URL, headers: {} };
    let dead: Transport | undefined;
    const now = (): Transport => {
      if (!this.isDead) return phone;
      dead ??= gateway(service, DIALLING, this.#site.clock);
      return dead;
    };
    return {
      send: (...all) => now().send(...all),
      probe: (answered) => now().probe(answered),
    };
  }
}

/** Takes every message at once. */
const into = (box: () => { to: string; subject: string; text: string }[]): Transport => ({
  send: (to: string, { subject, text }: Message, told: Told) => {
    box().push({ to, subject, text });
    told('accepted');
  },
  probe: (answered) => answered(true),
});
