import { KerongDecoder } from '../../hardware/wire/kerong/decoder.ts';
import type { FrameShape } from '../../hardware/wire/kerong/frame.ts';
import { Coil } from './coil.ts';
import { Inputs } from './inputs.ts';
import { PoweredBoard } from './powered-board.ts';
import type { BoardSetup } from './sim-board.ts';

/** Time from the end of a request to the start of its reply. */
const TURNAROUND_MS = 5;
/** Silence after which half a frame is dropped. */
const GAP_MS = 20;
/** Time from a moved contact to a report of it. */
const REPORT_MS = 15;
/** Nobody publishes the maker's; this is the controller's default. */
const FACTORY_PULSE_MS = 300;

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
export class KerongBoard extends PoweredBoard {
  readonly family: string;
  readonly #firmware: Firmware;
  readonly #coils: readonly Coil[];
  readonly #inputs: Inputs;
  #decoder: KerongDecoder;
  #heardMs = 0;
  #pulseMs = FACTORY_PULSE_MS;
  #unlocks = 0;
  #busy = false;

  constructor(setup: BoardSetup, firmware: Firmware) {
    super(setup);
    this.#firmware = firmware;
    this.family = firmware.family;
    this.#decoder = new KerongDecoder(firmware.shape);
    this.#coils = setup.doors.map((door) => new Coil(door, setup.clock));
    this.#inputs = new Inputs(setup.doors);
    if (setup.settings.code77 === 'report') this.#reportChanges();
  }

  override hear(bytes: Uint8Array): void {
    if (!this.hears) return;
    const nowMs = this.setup.clock.monoMs();
    if (nowMs - this.#heardMs > GAP_MS) this.#decoder.gap();
    this.#heardMs = nowMs;
    for (const decoded of this.#decoder.push(bytes)) {
      if ('frame' in decoded) this.#frame(decoded.frame);
    }
  }

  protected override lose(): void {
    this.#decoder = new KerongDecoder(this.#firmware.shape);
    this.#pulseMs = FACTORY_PULSE_MS;
    this.#busy = false;
    for (const coil of this.#coils) coil.off();
  }

  #frame(frame: Uint8Array): void {
    const command = this.#firmware.command(frame, this.address);
    if (!command || !this.hears) return;
    if (this.hangs()) return;
    if (command.kind === 'unlock') this.#unlock(command.channel);
    else this.#busy = false;
    if (command.kind === 'set time') this.#pulseMs = command.pulseMs;
    const answers = this.setup.settings.unlockAnswer === 'status';
    if (command.kind === 'status' || (command.kind === 'unlock' && answers)) this.#answer();
  }

  /** The bits are those of the time at which the reply begins. */
  #answer(): void {
    this.later('board replies', TURNAROUND_MS, () => {
      this.setup.say(this.#firmware.reading(this.address, this.#inputs.contacts(), this.#items()));
    });
  }

  #items(): readonly boolean[] {
    return this.setup.occupancy ? this.#inputs.occupied() : [];
  }

  #unlock(channel: number): void {
    this.#unlocks += 1;
    const coil = this.#coils[channel - 1];
    const isTaken = this.#busy || this.#coils.some((other) => other.isOn);
    if (coil === undefined || isTaken) return;
    this.#busy = this.setup.settings.afterUnlock === 'busy';
    coil.on();
    this.later('pulse ends', this.#pulseMs, () => coil.off());
    this.pulsed({ channel, pulseMs: this.#pulseMs, requestId: this.#unlocks });
  }

  #reportChanges(): void {
    this.doors.forEach((door, index) => {
      let last = door.contact.read();
      door.watch(() => {
        const now = door.contact.read();
        if (now === last) return;
        last = now;
        this.later('board reports', REPORT_MS, () => this.#report(index + 1));
      });
    });
  }

  #report(channel: number): void {
    const { address } = this;
    const items = this.#items();
    const report = this.#firmware.change?.(address, channel, this.#inputs.contacts(), items);
    if (report !== undefined && this.hears) this.setup.say(report);
  }
}
