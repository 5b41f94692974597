import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { Consumer } from '../sim/cloud/consumer.ts';
import { LocalBroker } from '../sim/cloud/local-broker.ts';
import { MqttWire } from '../sim/cloud/mqtt-wire.ts';
import { newOperatorKey } from '../sim/cloud/operator.ts';
import { RealClock, sleep } from '../sim/real-clock.ts';
import type { Config } from '../src/config/config.ts';
import { uuid7 } from '../src/control/recorder.ts';
import type { WallOrder, WallSaid } from './door-wall-child.ts';
import { freshFolder } from './folder.ts';
import { machineMs, Peer } from './peer.ts';
import type { KioskOrder, KioskSaid } from './remote-kiosk-child.ts';
import { type BenchSite, siteConfig, writeSiteFile, writeWallFile } from './site-file.ts';

const KIOSK = 'BENCH';
const LOCKER = 'L1';
const CHANNELS = 8;
const IDLE_POLL_MS = 250;
const WAIT_MS_MAX = 20_000;
/** The budget for opens from afar has one more after this time (R23). */
export const LEAP_MS = 360_000;

/** What came of one open from afar, in ms of the machine. */
export interface OpenTimes {
  readonly publishedMs: number;
  readonly unlockMs: number;
  readonly movedMs: number;
  readonly toldMs: number;
  readonly resultMs: number;
}

/**
 * A kiosk with relay boards at 9600 baud, a broker, and the operator's consumer, each in a process
 * of its own; only the consumer is in this one.
 */
export class RemoteSite {
  readonly folder: string;
  readonly config: Config;
  readonly boards: number;
  readonly #site: BenchSite;
  readonly #key = newOperatorKey();
  readonly #clock = new LeapingClock();
  readonly #said: Said = { unlocks: [], moves: [], events: [], results: new Map() };
  #wake: () => void = () => {};
  #broker: LocalBroker | undefined;
  #wall: Peer<WallSaid> | undefined;
  #kiosk: Peer<KioskSaid> | undefined;
  #wire: MqttWire | undefined;
  #consumer: Consumer | undefined;
  #isUp = { wall: false, kiosk: false };

  constructor(name: string, boards: number) {
    this.folder = freshFolder(name);
    this.boards = boards;
    const bus = { family: 'waveshare-relay-d', baud: 9_600, boards, channels: CHANNELS } as const;
    const port = join(this.folder, 'bus0');
    const pace = { idlePollMs: IDLE_POLL_MS, graceSeconds: 10 };
    this.#site = { folder: this.folder, buses: [{ ...bus, port }], ...pace };
    this.config = siteConfig(this.#site);
  }

  async start(): Promise<void> {
    const { folder } = this;
    this.#broker = await LocalBroker.start(join(folder, 'broker'));
    const { url } = this.#broker;
    const config = writeSiteFile(this.#site);
    appendFileSync(config, cloudSection(url, this.#key.publicKey));
    this.#wire = new MqttWire({ url, clientId: 'cloud' });
    // Before the consumer, whose checks of each message take time.
    this.#wire.client.prependListener('message', (topic, payload) => this.#hear(topic, payload));
    const newId = () => uuid7(this.#clock.wallMs(), randomBytes(10));
    this.#consumer = new Consumer({ wire: this.#wire, clock: this.#clock, key: this.#key, newId });
    this.#consumer.start();
    this.#wall = new Peer('bench/door-wall-child.ts', [writeWallFile(this.#site), folder], (said) =>
      this.#noteWall(said),
    );
    await this.#until('the wall stands', () => this.#isUp.wall);
    this.#kiosk = new Peer('bench/remote-kiosk-child.ts', [config], (said) =>
      this.#noteKiosk(said),
    );
    const isBorn = () => this.#view?.status?.state === 'ready' && this.#isUp.kiosk;
    await this.#until('the kiosk is born', isBorn);
  }

  async stop(): Promise<void> {
    await this.#kiosk?.stop();
    await this.#wall?.stop();
    this.#wire?.end();
    await this.#broker?.down();
  }

  /** `slot` counts from 0. Opens it by a signed command and shuts it again. */
  async open(slot: number): Promise<OpenTimes> {
    this.#forget();
    const publishedMs = machineMs();
    const id = this.#send('slot.open', slot);
    const { unlocks, moves, events, results } = this.#said;
    await this.#until('it opened and told so', () => {
      return results.has(id) && events.some(({ t }) => t === 'slot.opened') && moves.length > 0;
    });
    const times = {
      publishedMs,
      unlockMs: unlocks[0] ?? Number.NaN,
      movedMs: moves[0]?.atMs ?? Number.NaN,
      toldMs: events.find(({ t }) => t === 'slot.opened')?.atMs ?? Number.NaN,
      resultMs: results.get(id) ?? Number.NaN,
    };
    // While the coil is on, a door springs open again.
    await sleep(COIL_MS);
    await this.#shut(slot, 'slot.closed');
    return times;
  }

  /** Forces a door that nobody attends to; gives the time from its move to the cloud's knowing. */
  async force(slot: number): Promise<number> {
    this.#forget();
    this.#move(slot, 'force');
    const { moves, events } = this.#said;
    const told = () => events.find(({ t }) => t === 'slot.forced' || t === 'slot.opened');
    await this.#until('the forced door was told', () => told() !== undefined && moves.length > 0);
    const tookMs = (told()?.atMs ?? Number.NaN) - (moves[0]?.atMs ?? Number.NaN);
    await this.#shut(slot, null);
    return tookMs;
  }

  /** Milliseconds from the command to its result where nothing moves. */
  async block(slot: number, isBlock: boolean): Promise<number> {
    this.#forget();
    const publishedMs = machineMs();
    const id = this.#send(isBlock ? 'slot.block' : 'slot.unblock', slot);
    const { results } = this.#said;
    await this.#until('it was answered', () => results.has(id));
    return (results.get(id) ?? Number.NaN) - publishedMs;
  }

  /** So much later on all clocks, for budgets; then a time that has nothing to do with polls. */
  async leap(ms: number, random: number): Promise<void> {
    this.#kiosk?.tell({ leapMs: ms } satisfies KioskOrder);
    this.#clock.aheadMs += ms;
    await sleep(REST_MS + random * IDLE_POLL_MS);
  }

  get #view() {
    return this.#consumer?.kiosks.get(KIOSK);
  }

  #send(t: 'slot.open' | 'slot.block' | 'slot.unblock', slot: number): string {
    if (this.#consumer === undefined) throw new Error('the site was not started');
    return this.#consumer.send(KIOSK, t, { slot: `${LOCKER}/${slot + 1}` });
  }

  #move(slot: number, act: WallOrder['act']): void {
    const door = `bus0-${Math.floor(slot / CHANNELS) + 1}/${(slot % CHANNELS) + 1}`;
    this.#wall?.tell({ door, act } satisfies WallOrder);
  }

  async #shut(slot: number, told: string | null): Promise<void> {
    this.#move(slot, 'push');
    if (told === null) return sleep(2 * REST_MS);
    const { events } = this.#said;
    await this.#until('the shut door was told', () => events.some(({ t }) => t === told));
  }

  #forget(): void {
    for (const list of [this.#said.unlocks, this.#said.moves, this.#said.events]) list.length = 0;
  }

  #hear(topic: string, payload: Uint8Array): void {
    const atMs = machineMs();
    const rest = topic.slice(topic.lastIndexOf('/') + 1);
    if (rest !== 'evt' && rest !== 'res') return;
    const said = JSON.parse(Buffer.from(payload).toString('utf8'));
    if (rest === 'evt') {
      for (const { t } of [said].flat() as { t: string }[]) this.#said.events.push({ t, atMs });
    } else if (said.t === 'command.result' && !this.#said.results.has(said.d.cmd)) {
      this.#said.results.set(said.d.cmd, atMs);
    }
    this.#wake();
  }

  #noteWall(said: WallSaid): void {
    if (said === 'stands') this.#isUp.wall = true;
    else this.#said.moves.push(said);
    this.#wake();
  }

  #noteKiosk(said: KioskSaid): void {
    if (said === 'serves') this.#isUp.kiosk = true;
    else this.#said.unlocks.push(said.unlockAtMs);
    this.#wake();
  }

  async #until(what: string, isSo: () => boolean): Promise<void> {
    const endMs = machineMs() + WAIT_MS_MAX;
    while (!isSo()) {
      if (machineMs() > endMs) throw new Error(`it never came to pass that ${what}`);
      const woken = new Promise<void>((wake) => {
        this.#wake = wake;
      });
      await Promise.race([woken, sleep(LOOK_MS)]);
    }
  }
}

/** The pulse, and the rest of the supply behind it. */
const COIL_MS = 400;
const REST_MS = 300;
const LOOK_MS = 100;

interface Said {
  readonly unlocks: number[];
  readonly moves: { readonly atMs: number }[];
  readonly events: { readonly t: string; readonly atMs: number }[];
  readonly results: Map<string, number>;
}

class LeapingClock extends RealClock {
  aheadMs = 0;

  override wallMs(): number {
    return super.wallMs() + this.aheadMs;
  }
}

function cloudSection(broker: string, key: string): string {
  const keys = ['rootKey', 'commandKey', 'peopleKey'].map((role) => `${role} = "${key}"`);
  return `\n[cloud]\nbroker = "${broker}"\n${keys.join('\n')}\n`;
}
