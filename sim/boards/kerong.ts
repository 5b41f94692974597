import type { Timer } from '../../hardware/bus/clock.ts';
import { KerongDecoder } from '../../hardware/wire/kerong/decoder.ts';
import type { FrameShape } from '../../hardware/wire/kerong/frame.ts';
import type { Door } from '../door.ts';
import { type BoardFault, Faults } from '../faults.ts';
import { Coil } from './coil.ts';
import { Inputs } from './inputs.ts';
import type { BoardEvent, BoardSetup, Pulse, SimBoard } from './sim-board.ts';

/** Time from the end of a request to the start of its reply. */
const TURNAROUND_MS = 5;
/** Time from power on until the board hears. */
const START_UP_MS = 50;
/** Silence after which half a frame is dropped. */
const GAP_MS = 20;
/** Time from a moved contact to a report of it. */
const REPORT_MS = 15;
/** Nobody publishes the maker's; this is the controller's default. */
const FACTORY_PULSE_MS = 300;
const PULSES_WITNESSED = 1_024;

/** What a board is told. */
export type Command =
  | { readonly kind: 'status' }
  /** `channel` from 1; a board need not have it. */
  | { readonly kind: 'unlock'; readonly channel: number }
  | { readonly kind: 'set time'; readonly pulseMs: number };

/** What is particular to one family. */
export interface Firmware {
  readonly family: string;
  readonly shape: FrameShape;
  /** What a good frame tells the board at `address`, if anything. */
  command(frame: Uint8Array, address: number): Command | undefined;
  reading(address: number, hooks: readonly boolean[], items: readonly boolean[]): Uint8Array;
  /** An unasked report that the contact of `channel` moved; absent on boards that send none. */
  change?(
    address: number,
    channel: number,
    hooks: readonly boolean[],
    items: readonly boolean[],
  ): Uint8Array;
}

/**
 * A Kerong board, as far as drivers show what it does. Settings, besides those of its family:
 * `afterUnlock` 'ready' (default) or 'busy', which one driver reports: it takes no second unlock
 * before any other command. A set pulse time is lost with the power.
 */
export class KerongBoard implements SimBoard {
  readonly id: string;
  readonly family: string;
  readonly address: number;
  readonly doors: readonly Door[];
  readonly faults: Faults<BoardFault>;
  readonly pulses: Pulse[] = [];

  readonly #setup: BoardSetup;
  readonly #firmware: Firmware;
  readonly #coils: readonly Coil[];
  readonly #inputs: Inputs;
  readonly #watchers: ((event: BoardEvent) => void)[] = [];
  #decoder: KerongDecoder;
  #heardMs = 0;
  #boot = 1;
  #hears = true;
  /** Steps when the board loses its power, so that nothing of before happens afterwards. */
  #life = 0;
  #pulseMs = FACTORY_PULSE_MS;
  #unlocks = 0;
  #busy = false;

  constructor(setup: BoardSetup, firmware: Firmware) {
    this.#setup = setup;
    this.#firmware = firmware;
    this.id = setup.id;
    this.family = firmware.family;
    this.address = setup.address;
    this.doors = setup.doors;
    this.faults = new Faults(setup.random);
    this.#decoder = new KerongDecoder(firmware.shape);
    this.#coils = setup.doors.map((door) => new Coil(door, setup.clock));
    this.#inputs = new Inputs(setup.doors);
    if (setup.settings.code77 === 'report') this.#reportChanges();
  }

  hear(bytes: Uint8Array): void {
    if (!this.#hears) return;
    const nowMs = this.#setup.clock.monoMs();
    if (nowMs - this.#heardMs > GAP_MS) this.#decoder.gap();
    this.#heardMs = nowMs;
    for (const decoded of this.#decoder.push(bytes)) {
      if ('frame' in decoded) this.#frame(decoded.frame);
    }
  }

  powerOff(): void {
    this.#life += 1;
    this.#hears = false;
    this.#decoder = new KerongDecoder(this.#firmware.shape);
    this.#pulseMs = FACTORY_PULSE_MS;
    this.#busy = false;
    for (const coil of this.#coils) coil.off();
    this.#tell({ kind: 'power off' });
  }

  powerOn(): void {
    // A second start without a stop would leave two lives running.
    this.#life += 1;
    this.#boot = (this.#boot + 1) & 0xffff;
    this.#later('board starts', START_UP_MS, () => {
      this.#hears = true;
      this.#tell({ kind: 'started', boot: this.#boot });
    });
  }

  reset(): void {
    this.powerOff();
    this.powerOn();
  }

  watch(watcher: (event: BoardEvent) => void): void {
    this.#watchers.push(watcher);
  }

  #frame(frame: Uint8Array): void {
    const command = this.#firmware.command(frame, this.address);
    if (!command || !this.#hears) return;
    if (this.faults.strikes('stuck')) {
      this.#hears = false;
      this.#tell({ kind: 'stuck' });
      return;
    }
    if (command.kind === 'unlock') this.#unlock(command.channel);
    else this.#busy = false;
    if (command.kind === 'set time') this.#pulseMs = command.pulseMs;
    const answers = this.#setup.settings.unlockAnswer === 'status';
    if (command.kind === 'status' || (command.kind === 'unlock' && answers)) this.#answer();
  }

  /** The bits are those of the time at which the reply begins. */
  #answer(): void {
    this.#later('board replies', TURNAROUND_MS, () => {
      this.#setup.say(this.#firmware.reading(this.address, this.#inputs.contacts(), this.#items()));
    });
  }

  #items(): readonly boolean[] {
    return this.#setup.occupancy ? this.#inputs.occupied() : [];
  }

  #unlock(channel: number): void {
    this.#unlocks += 1;
    const coil = this.#coils[channel - 1];
    const isTaken = this.#busy || this.#coils.some((other) => other.isOn);
    if (coil === undefined || isTaken) return;
    this.#busy = this.#setup.settings.afterUnlock === 'busy';
    const pulseMs = this.#pulseMs;
    const atMs = this.#setup.clock.monoMs();
    const pulse = { atMs, channel, pulseMs, requestId: this.#unlocks, boot: this.#boot };
    this.pulses.push(pulse);
    if (this.pulses.length > PULSES_WITNESSED) this.pulses.shift();
    coil.on();
    this.#later('pulse ends', pulseMs, () => coil.off());
    if (this.faults.strikes('reset')) {
      this.#later('supply dips', this.#setup.random.int(pulseMs), () => this.reset());
    }
    this.#tell({ kind: 'pulse', ...pulse });
  }

  #reportChanges(): void {
    this.doors.forEach((door, index) => {
      let last = door.contact.read();
      door.watch(() => {
        const now = door.contact.read();
        if (now === last) return;
        last = now;
        this.#later('board reports', REPORT_MS, () => this.#report(index + 1));
      });
    });
  }

  #report(channel: number): void {
    const { address } = this;
    const items = this.#items();
    const report = this.#firmware.change?.(address, channel, this.#inputs.contacts(), items);
    if (report !== undefined && this.#hears) this.#setup.say(report);
  }

  #later(name: string, delayMs: number, act: () => void): Timer {
    const life = this.#life;
    return this.#setup.clock.after(name, delayMs, () => {
      if (life === this.#life) act();
    });
  }

  #tell(event: BoardEvent): void {
    for (const watcher of this.#watchers) watcher(event);
  }
}
