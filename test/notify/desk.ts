import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { announced } from '../../sim/announced.ts';
import { Power } from '../../sim/power.ts';
import { type Random, seededRandom } from '../../sim/random.ts';
import { SimTimeSync } from '../../sim/time-sync.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { composeCore } from '../../src/compose/core.ts';
import { composeExpected } from '../../src/compose/expected.ts';
import { composeHolds } from '../../src/compose/holds.ts';
import type { Config } from '../../src/config/config.ts';
import { LostCode } from '../../src/control/lost-code.ts';
import type { NoticeRecord } from '../../src/control/notice-port.ts';
import type { Told } from '../../src/control/ports.ts';
import type { JournalRow } from '../../src/control/store-port.ts';
import type { ParcelRecord } from '../../src/domain/parcel.ts';
import type { Contact } from '../../src/domain/person.ts';
import type { SlotEventBody } from '../../src/domain/slot-events.ts';
import type { Message, Transport } from '../../src/notify/message.ts';
import type { Transports } from '../../src/notify/teller.ts';
import { createLog } from '../../src/platform/log.ts';
import { scratchFolder, siteConfig } from '../app/bench-kiosk.ts';

interface Options {
  readonly config?: Config;
  readonly random?: Random;
  /** Who carries messages; {@link Post} on every channel unless given. */
  readonly transports?: (clock: VirtualClock, power: Power) => Transports;
}

type Running = ReturnType<typeof compose>;

const ROWS_MAX = 100_000;
export const OPERATOR = 'operations@example.org';

/** The demo's site, whose operator has an address. */
export function deskConfig(change: Partial<Config['notices']> = {}): Config {
  const config = siteConfig();
  return { ...config, notices: { ...config.notices, operator: { email: OPERATOR }, ...change } };
}

/** A channel at the other end: it answers as it is told to, and keeps what it took. */
class Post implements Transport {
  readonly taken: { readonly to: string; readonly message: Message }[] = [];
  /** What it answers; null keeps everybody waiting. */
  fate: 'accepted' | 'refused' | 'later' | 'down' | null = 'accepted';
  /** How often it was tried, by the id of the message. */
  readonly tries = new Map<string, number>();

  send(to: string, message: Message, told: Told): void {
    this.tries.set(message.id, (this.tries.get(message.id) ?? 0) + 1);
    if (this.fate === null) return;
    if (this.fate === 'accepted') this.taken.push({ to, message });
    told(this.fate);
  }

  probe(answered: (ok: boolean) => void): void {
    answered(this.fate !== 'down');
  }

  /** The last number of this name that was taken: `Pickup code` or `Second number`. */
  number(name: string): string | undefined {
    const found = this.taken.map(({ message }) => message.text.match(`${name}: (\\d+)`)?.[1]);
    return found.filter((one) => one !== undefined).at(-1);
  }
}

/**
 * All of a kiosk that tells people, with its real records and on virtual time, and no wall: doors
 * are said to have moved. What days it takes, it takes at once.
 */
export class Desk {
  readonly clock = new VirtualClock();
  readonly timeSync = new SimTimeSync();
  readonly folder = scratchFolder();
  readonly logged: string[] = [];
  readonly posts = { sms: new Post(), email: new Post() };
  readonly config: Config;
  readonly #options: Options;
  readonly #random: Random;
  #power = new Power();
  #boots = 0;
  #running: Running | undefined;
  #parcels = 0;

  constructor(options: Options = {}) {
    this.#options = options;
    this.config = options.config ?? deskConfig();
    this.#random = options.random ?? seededRandom(1);
  }

  get core(): Running['core'] {
    return this.#now.core;
  }

  get lostCode(): LostCode {
    return this.#now.lostCode;
  }

  get database(): string {
    return join(this.folder, `lockerd-${this.#boots}.db`);
  }

  get #now(): Running {
    if (this.#running === undefined) throw new Error('nobody is at the desk');
    return this.#running;
  }

  start(): this {
    this.#power = new Power();
    const world = {
      clock: this.#power.clock(this.clock),
      timeSync: this.timeSync,
      random: this.#random,
      log: createLog('debug', { write: (line) => void this.logged.push(line) }),
      transports: this.#options.transports?.(this.clock, this.#power) ?? this.#posts(),
    };
    const keys = {
      path: join(this.folder, 'device.key'),
      audit: join(this.folder, 'device.audit.key'),
    };
    this.#running = compose({ ...this.config, database: { path: this.database }, keys }, world);
    return this;
  }

  /** Pulls the plug: what is on the disk is all that is left. */
  cut(): void {
    const { store } = this.core;
    this.#power.cut();
    const from = this.database;
    this.#boots += 1;
    for (const end of ['', '-wal']) {
      if (existsSync(from + end)) copyFileSync(from + end, this.database + end);
    }
    this.#running = undefined;
    // The dead program may be in the middle of a call now.
    this.clock.after('dead database', 0, () => store.close());
  }

  restart(): this {
    this.cut();
    this.clock.advance(1_000);
    return this.start();
  }

  stop(): void {
    const { core, holds } = this.#now;
    holds.stop();
    core.notices.stop();
    core.store.close();
    this.#running = undefined;
  }

  /** A parcel that a courier puts into a slot; into the first free one unless one is named. */
  drop(contact: Contact, slot = this.freeSlot()): string {
    const { core, expected } = this.#now;
    this.#parcels += 1;
    const label = `AC${10_000 + this.#parcels}`;
    const recipient = core.people.addCustomer(contact);
    const { id } = announced(expected, { carrier: 'ACME', label, recipient, size: 'S' });
    this.happens(slot, { type: 'RESERVE', parcel: id });
    this.opens(slot, 'drop');
    this.happens(slot, { type: 'DOOR_CLOSED', occupancy: 'unknown' });
    this.happens(slot, { type: 'LEFT_IT' });
    return id;
  }

  /** The recipient takes it, and the time in which the door may be opened again passes. */
  pickUp(parcel: string): void {
    const slot = this.parcel(parcel).slot ?? '';
    this.opens(slot, 'pickup');
    this.clock.advance(3_000);
    this.happens(slot, { type: 'DOOR_CLOSED', occupancy: 'unknown' });
    this.clock.advance(this.config.policy.graceSeconds * 1_000);
  }

  opens(slot: string, purpose: 'drop' | 'pickup'): void {
    this.happens(slot, { type: 'ARM', intent: this.core.recorder.newId(), purpose });
    this.happens(slot, { type: 'DOOR_OPENED' });
  }

  /** @throws when it means nothing to the slot as it is. */
  happens(slot: string, event: SlotEventBody): void {
    const { ignored, record } = this.core.supervisor.send(slot, event);
    if (ignored) throw new Error(`${event.type} in ${record.state}`);
  }

  freeSlot(): string {
    const free = this.core.supervisor.all().find(({ state }) => state === 'available');
    if (free === undefined) throw new Error('every slot is taken');
    return free.id;
  }

  parcel(id: string): ParcelRecord {
    const parcel = this.core.store.parcels.get(id);
    if (parcel === null) throw new Error(`no parcel ${id}`);
    return parcel;
  }

  /** All notices, oldest first. */
  notices(): NoticeRecord[] {
    return this.core.store.notices.list(null, ROWS_MAX).reverse();
  }

  waiting(): NoticeRecord[] {
    return this.notices().filter(({ state }) => state === 'waiting');
  }

  /** Rows of one type, oldest first. */
  rows(t: string): JournalRow[] {
    return this.core.store.journal.tail(ROWS_MAX).filter((row) => row.t === t);
  }

  #posts(): Transports {
    const behind = (channel: 'sms' | 'email'): Transport => {
      const power = this.#power;
      const post = this.posts[channel];
      return {
        send: (to, message, told) => {
          if (power.isOn) post.send(to, message, (fate, why) => power.isOn && told(fate, why));
        },
        probe: (answered) => post.probe((ok) => power.isOn && answered(ok)),
      };
    };
    return { sms: behind('sms'), email: behind('email') };
  }
}

function compose(config: Config, world: Parameters<typeof composeCore>[1]) {
  const core = composeCore(config, world);
  const { store, recorder, supervisor } = core;
  const expected = composeExpected(config, world, core);
  const holds = composeHolds(config, core, { isLost: () => false, watch: () => {} });
  store.transaction(() => recorder.started());
  for (const { id } of supervisor.all()) {
    supervisor.send(id, { type: 'BOOT', door: 'closed', occupancy: 'unknown' });
  }
  core.time.start();
  holds.start();
  core.notices.start();
  return { core, expected, holds, lostCode: new LostCode(core) };
}
