import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenBytePort } from '../hardware/bus/byte-port.ts';
import { type App, startApp } from '../src/app.ts';
import type { OpenBroker } from '../src/cloud/broker.ts';
import type { Config } from '../src/config/config.ts';
import type { Log, Told } from '../src/control/ports.ts';
import type { SimClock } from './clock.ts';
import type { Door } from './door.ts';
import { MemoryPort } from './memory-port.ts';
import { Power } from './power.ts';
import { type Random, seededRandom } from './random.ts';
import { SimScanner } from './scanner.ts';
import { SimTimeSync } from './time-sync.ts';
import type { Wall } from './wall.ts';
import { wallOf } from './wall-of.ts';

/** A message as it arrived on somebody's phone or in somebody's mailbox. */
export interface Received {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** What the QR code beside the text shows. */
  readonly grant?: string;
}

type Transports = Parameters<typeof startApp>[1]['transports'];

interface EmbeddedOptions {
  readonly clock: SimClock;
  /** As loaded; the database is put into `folder`. */
  readonly config: Config;
  readonly folder: string;
  readonly seed: number;
  /** Where chance comes from; seeded by `seed` unless given. */
  readonly random?: Random;
  readonly log: Log;
  /** Bits per second of every wire; 0 takes no time. */
  readonly baud: number;
  /** How the controller opens a bus; in memory unless given. */
  readonly openPort?: (wall: Wall, bus: string) => OpenBytePort;
  /** The controller opens the config's ports itself, as serial devices; no power cut then. */
  readonly serial?: boolean;
  /** How the controller reaches the broker of its config. */
  readonly openBroker?: OpenBroker;
  /** The service manager that wants to hear of the controller, if one does. */
  readonly systemd?: Parameters<typeof startApp>[1]['systemd'];
  /** Real channels in the place of phones and mailboxes. */
  readonly transports?: (power: Power) => Transports;
  /** Called after each message that arrived. */
  readonly onMessage?: (message: Received, channel: 'sms' | 'email') => void;
}

/**
 * A whole kiosk in one process: the real controller on one side of the wires, a simulated wall on
 * the other, and the phone and mailbox of the people who are told.
 */
export class EmbeddedKiosk {
  readonly wall: Wall;
  readonly timeSync = new SimTimeSync();
  readonly scanner: SimScanner;
  readonly phone: Received[] = [];
  readonly mailbox: Received[] = [];
  /** While false, no message gets out, as with the network down. */
  isOnline = true;
  /** While true, messages are refused by a gateway that can be reached. */
  refusesMessages = false;
  /** While true, whoever carries messages does not answer. */
  isHanging = false;
  readonly #options: EmbeddedOptions;
  readonly #random: Random;
  readonly #ports = new Map<string, MemoryPort>();
  #boots = 0;
  #power = new Power();
  #app: App | undefined;
  #serving = false;

  constructor(options: EmbeddedOptions) {
    this.#options = options;
    this.scanner = new SimScanner(options.clock);
    this.#random = options.random ?? seededRandom(options.seed);
    this.wall = wallOf(options.config, { ...options, random: this.#random });
  }

  /** The controller that runs now. @throws when the power is off. */
  get app(): App {
    if (this.#app === undefined) throw new Error('the kiosk is off');
    return this.#app;
  }

  get isServing(): boolean {
    return this.#serving;
  }

  /** The wall's port of a bus, to unplug it. */
  port(bus: string): MemoryPort {
    const known = this.#ports.get(bus);
    if (known !== undefined) return known;
    const port = new MemoryPort(this.#options.clock, this.wall.bus(bus).wire);
    this.#ports.set(bus, port);
    return port;
  }

  /** Switches the kiosk on; it serves once its boards were read. */
  start(onServing?: () => void): void {
    const { clock, log, config, serial = false, onMessage = () => {} } = this.#options;
    const { openBroker, systemd } = this.#options;
    const power = new Power();
    this.#power = power;
    this.#serving = false;
    const world = {
      clock: power.clock(clock),
      timeSync: this.timeSync,
      random: this.#random,
      log,
      ...(!serial && { openPort: (port: string) => power.port(this.#open(port)) }),
      ...(openBroker && { openBroker: power.broker(openBroker) }),
      ...(systemd && { systemd }),
      transports: this.#options.transports?.(power) ?? {
        sms: this.#receiver('sms', power, onMessage),
        email: this.#receiver('email', power, onMessage),
      },
    };
    const paths = {
      database: { path: this.#database() },
      keys: { path: this.#file('device.key'), audit: this.#file('device.audit.key') },
    };
    this.#app = startApp({ ...config, ...paths }, world, () => {
      this.#serving = true;
      onServing?.();
    });
  }

  /**
   * Pulls the mains plug: nothing of the controller goes on, and the database is what the disk has.
   * Every commit is synced, so the file as it stands is what a real cut would leave.
   */
  cutPower(): void {
    if (this.#options.serial) throw new Error('a serial device is not on the power of this kiosk');
    this.#power.cut();
    this.#serving = false;
    const { store } = this.app;
    this.#app = undefined;
    const from = this.#database();
    this.#boots += 1;
    for (const end of ['', '-wal']) {
      if (existsSync(from + end)) copyFileSync(from + end, this.#database() + end);
    }
    for (const end of ['.ballast', '.backups']) {
      if (existsSync(from + end)) renameSync(from + end, this.#database() + end);
    }
    // The dead program may be in the middle of a call now.
    this.#options.clock.after('dead database', 0, () => {
      store.close();
      rmSync(from, { force: true });
    });
  }

  /** The database of a kiosk that is off is gone; the next start takes the newest copy of it. */
  loseDatabase(): void {
    for (const end of ['', '-wal']) rmSync(this.#database() + end, { force: true });
  }

  /** The door of a slot, by the slot's id. */
  door(slot: string): Door {
    const wired = this.wiring(slot);
    return this.wall.door(wired.board, wired.channel);
  }

  wiring(slot: string): { readonly board: string; readonly channel: number } {
    for (const locker of this.#options.config.lockers) {
      const found = locker.slots.find((one) => `${locker.id}/${one.id}` === slot);
      if (found !== undefined) return found;
    }
    throw new RangeError(`no slot "${slot}"`);
  }

  #open(bus: string): OpenBytePort {
    if (bus === this.#options.config.scanner.port) return this.scanner.open;
    const { openPort } = this.#options;
    return openPort === undefined ? this.port(bus).open : openPort(this.wall, bus);
  }

  #database(): string {
    return this.#file(this.#boots === 0 ? 'lockerd.db' : `lockerd-${this.#boots}.db`);
  }

  #file(name: string): string {
    mkdirSync(this.#options.folder, { recursive: true });
    return join(this.#options.folder, name);
  }

  #receiver(channel: 'sms' | 'email', power: Power, arrived: EmbeddedOptions['onMessage'] & {}) {
    const into = channel === 'sms' ? this.phone : this.mailbox;
    return {
      send: (to: string, sent: Omit<Received, 'to'>, told: Told): void => {
        const { subject, text, grant } = sent;
        const message = { to, subject, text, ...(grant !== undefined && { grant }) };
        // A program that lost its power in the middle of a call runs that call to its end.
        if (!power.isOn || this.isHanging) return;
        const isTaken = this.isOnline && !this.refusesMessages;
        if (isTaken) into.push(message);
        told(isTaken ? 'accepted' : 'down');
        if (isTaken) arrived(message, channel);
      },
      probe: (answered: (ok: boolean) => void): void => {
        if (!this.isHanging) answered(this.isOnline);
      },
    };
  }
}
