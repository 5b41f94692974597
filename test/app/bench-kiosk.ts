import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { families, type OpenBytePort } from '../../hardware/index.ts';
import { announced } from '../../sim/announced.ts';
import { EmbeddedKiosk } from '../../sim/embedded.ts';
import { Person } from '../../sim/person.ts';
import type { Power } from '../../sim/power.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import type { Wall } from '../../sim/wall.ts';
import type { App } from '../../src/app.ts';
import type { OpenBroker } from '../../src/cloud/broker.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Drop } from '../../src/control/deposit.ts';
import type { LostCodeAnswer } from '../../src/control/lost-code.ts';
import type { JournalRow } from '../../src/control/store-port.ts';
import type { ParcelRecord } from '../../src/domain/parcel.ts';
import type { Contact, PersonRecord } from '../../src/domain/person.ts';
import type { SlotRecord, SlotState } from '../../src/domain/slot.ts';
import type { Transports } from '../../src/notify/teller.ts';
import { createLog } from '../../src/platform/log.ts';
import type { Supervised } from '../../src/platform/systemd.ts';

export const CARRIER = 'ACME';
export const PIN = '271828';
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
const JOURNAL_MAX = 1_000_000;
/** Enough for a person to see a door open and to shut it. */
const HANDS = { afterMs: 1_500, closesAfterMs: 1_500 } as const;

export const ANNA: Contact = { phone: '+12125550111', email: 'anna@mail.example', language: 'en' };

export interface BenchOptions {
  readonly config?: Config;
  readonly clock?: VirtualClock;
  readonly folder?: string;
  readonly seed?: number;
  /** Bits per second of every wire. */
  readonly baud?: number;
  readonly openPort?: (wall: Wall, bus: string) => OpenBytePort;
  readonly openBroker?: (clock: VirtualClock) => OpenBroker;
  readonly transports?: (clock: VirtualClock, power: Power) => Transports;
  readonly systemd?: Supervised;
}

/** What the recipient was sent. */
export interface Sent {
  readonly code: string;
  readonly second: string;
}

interface Change {
  readonly occupancy?: boolean;
  readonly graceSeconds?: number;
  /** With seldom polls days of virtual time pass quickly. */
  readonly idlePollMs?: number;
}

const POLICY = { strategy: 'best-fit', holdDays: 5, reminderHours: 24 } as const;

/** The site of the demo under the policy of the product, with some things changed. */
export function siteConfig({
  occupancy = false,
  graceSeconds = 60,
  idlePollMs = 250,
}: Change = {}) {
  const path = new URL('../../sim/embedded.toml', import.meta.url).pathname;
  const config = loadConfig(path, families);
  const lockers = config.lockers.map((locker) => ({
    ...locker,
    slots: locker.slots.map((slot) => ({ ...slot, occupancy })),
  }));
  const buses = config.buses.map((bus) => ({ ...bus, idlePollMs }));
  const policy = { ...config.policy, ...POLICY, graceSeconds };
  return { ...config, buses, lockers, policy } satisfies Config;
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'lockerd-app-'));
}

/** A folder that is gone when the test is over. */
export function scratchFolder(): string {
  const folder = newFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A kiosk with its wall and its people on virtual time. */
export class Bench {
  readonly clock: VirtualClock;
  readonly kiosk: EmbeddedKiosk;
  readonly hands: Person;
  readonly folder: string;
  /** Every line that was logged, at the level `debug`. */
  readonly logged: string[] = [];

  constructor(options: BenchOptions = {}) {
    this.clock = options.clock ?? new VirtualClock();
    this.folder = options.folder ?? scratchFolder();
    this.hands = new Person(this.clock);
    this.kiosk = new EmbeddedKiosk({
      clock: this.clock,
      config: options.config ?? siteConfig(),
      folder: this.folder,
      seed: options.seed ?? 1,
      log: createLog('debug', { write: (line) => void this.logged.push(line) }),
      baud: options.baud ?? 115_200,
      ...(options.openPort && { openPort: options.openPort }),
      ...(options.transports && {
        transports: (power) => options.transports?.(this.clock, power) ?? {},
      }),
      ...(options.openBroker && { openBroker: options.openBroker(this.clock) }),
      ...(options.systemd && { systemd: options.systemd }),
    });
  }

  get app(): App {
    return this.kiosk.app;
  }

  /** Switches on and waits until the kiosk serves. */
  start(limitMs = MINUTE_MS): this {
    this.kiosk.start();
    this.until('the kiosk serves', () => this.kiosk.isServing, limitMs);
    return this;
  }

  /** Pulls the plug, waits, and switches on again. */
  restart(offMs = 1_000): this {
    this.cut();
    this.clock.advance(offMs);
    return this.start();
  }

  /** Pulls the plug. What the dead controller had open would otherwise pile up in long runs. */
  cut(): void {
    const dead = this.app;
    this.kiosk.cutPower();
    dead.store.close();
  }

  stop(): void {
    let stopped = false;
    this.app.stop(() => {
      stopped = true;
    });
    this.until('the kiosk has stopped', () => stopped);
  }

  wait(ms: number): void {
    this.clock.advance(ms);
  }

  until(what: string, isSo: () => boolean, limitMs = 5 * MINUTE_MS): void {
    if (this.clock.runUntil(isSo, limitMs)) return;
    throw new Error(`it never came to pass that ${what}; ${this.#snapshot()}`);
  }

  untilState(slot: string, state: SlotState, limitMs = 5 * MINUTE_MS): SlotRecord {
    this.until(`${slot} is ${state}`, () => this.slot(slot).state === state, limitMs);
    return this.slot(slot);
  }

  slot(id: string): SlotRecord {
    return this.app.supervisor.get(id);
  }

  parcel(id: string): ParcelRecord {
    const parcel = this.app.store.parcels.get(id);
    if (parcel === null) throw new Error(`no parcel ${id}`);
    return parcel;
  }

  journal(): JournalRow[] {
    return this.app.store.journal.tail(JOURNAL_MAX);
  }

  /** Rows of one type, oldest first. */
  rows(t: string): JournalRow[] {
    return this.journal().filter((row) => row.t === t);
  }

  /** How often locks of the wall were energised. */
  pulses(): number {
    return this.kiosk.wall.boards.reduce((sum, board) => sum + board.pulses.length, 0);
  }

  async courier(): Promise<PersonRecord> {
    const staff = await this.app.people.addCourier(CARRIER, PIN);
    const answer = await this.app.signIn.check(staff, PIN);
    if (answer.kind !== 'welcome') throw new Error('the courier was not let in');
    return answer.person;
  }

  /** Something lies in the slot, and nobody saw how it came there; for while the kiosk is off. */
  fill(slot: string, thing: string): void {
    const door = this.kiosk.door(slot);
    door.force();
    door.putIn(thing);
    door.push();
  }

  /** An announced parcel for somebody. */
  announce(contact: Contact = ANNA, size = 'S', label = 'AC0012345'): ParcelRecord {
    const recipient = this.app.people.addCustomer(contact);
    return announced(this.app, { carrier: CARRIER, label, recipient, size });
  }

  beginDrop(courier: PersonRecord, parcel: string, session = this.app.sessions.begin()): Drop {
    const start = this.app.deposit.begin(session, courier, { kind: 'announced', parcel });
    if (start.kind !== 'opening') throw new Error(`the drop ended with ${start.kind}`);
    return start.drop;
  }

  /** A whole drop, confirmed by the courier. */
  drop(courier: PersonRecord, parcel = this.announce().id): Drop {
    const drop = this.beginDrop(courier, parcel);
    this.hands.dropsParcel(this.kiosk.door(drop.slot), parcel, HANDS);
    this.until('the drop is closed', () => {
      const { state } = this.slot(drop.slot);
      return state === 'drop_unconfirmed' || state === 'occupied';
    });
    this.app.supervisor.send(drop.slot, { type: 'LEFT_IT' });
    this.app.sessions.end(drop.session);
    return drop;
  }

  /** The two numbers that were sent last. */
  numbers(): Sent {
    const code = lastMatch(this.kiosk.phone, /Pickup code: (\d+)/);
    const mail = [...this.kiosk.mailbox, ...this.kiosk.phone];
    return { code, second: lastMatch(mail, /Second number: (\d+)/) };
  }

  /** A recipient's hands at the door of a slot. */
  takes(slot: string): void {
    this.hands.takesParcel(this.kiosk.door(slot), HANDS);
  }

  /** Both numbers in a session of their own. */
  collect(sent: Sent, session = this.app.sessions.begin()) {
    return this.app.collect.begin(session, sent.code, sent.second);
  }

  /** Asks for new numbers, as somebody at a keypad does. */
  losesCode(phone = '12125550111', session = this.app.sessions.begin()): LostCodeAnswer {
    let given: LostCodeAnswer | null = null;
    this.app.lostCode.ask(session, phone, (answer) => {
      given = answer;
    });
    this.until('the asking is answered', () => given !== null);
    this.app.sessions.end(session);
    return given ?? { kind: 'cannot_send' };
  }

  #snapshot(): string {
    const busy = this.app.supervisor.all().filter((slot) => slot.state !== 'available');
    return busy.map((slot) => `${slot.id} ${slot.state} ${slot.bar?.reason ?? ''}`).join(', ');
  }
}

/** The files of a kiosk that has stopped, for another one to go on with. */
export function copyKiosk(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of ['lockerd.db', 'lockerd.db-wal', 'device.key', 'device.audit.key']) {
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
  }
}

function lastMatch(messages: readonly { readonly text: string }[], pattern: RegExp): string {
  const found = messages.map(({ text }) => pattern.exec(text)?.[1]).filter((one) => one);
  const last = found.at(-1);
  if (last === undefined) throw new Error(`no message has ${pattern}`);
  return last;
}
