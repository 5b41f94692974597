import type { Timer } from '../../hardware/bus/clock.ts';
import { crc16 } from '../../hardware/wire/crc16.ts';
import { encodeFrame } from '../../hardware/wire/waveshare-relay-d/frame.ts';
import { Coil } from './coil.ts';
import { Inputs } from './inputs.ts';
import { PoweredBoard } from './powered-board.ts';
import { ModbusRefusal, type RelayBank, readBits, writeRelay } from './relay-commands.ts';
import type { BoardSetup } from './sim-board.ts';

/** The rate from the factory, and there the silence of 3.5 characters that ends a frame. */
const FACTORY_BAUD = 9_600;
export const FRAME_END_MS = 4;
/** At high rates it gets no shorter. */
const FRAME_END_MS_MIN = 1.75;
const BITS_PER_BYTE = 10;
/** Sums of fractions are not exact. */
const SLACK_MS = 0.001;
/** Time from the end of a request, its silence included, to the start of its reply. */
export const TURNAROUND_MS = 2;
const RELAYS = 8;
/** More than this without a silence is no request. */
const FRAME_BYTES_MAX = 256;
/** An address, a function code, two data words and a checksum. */
const REQUEST_BYTES = 8;
/** What every board obeys, and none answers but for its own address. */
const BROADCAST = 0;
const ADDRESS_MAX = 255;
/** Holding registers: control mode of each relay, address, version of the firmware. */
const [MODE, ADDRESS, VERSION] = [0x1000, 0x4000, 0x8000];
/** Version 2.00. */
const FIRMWARE = 200;

/**
 * A Waveshare Modbus RTU Relay (D) with protocol V2
 * (hardware/wire/waveshare-relay-d/README.md). It obeys all that it understands: it keeps neither
 * to one lock at a time nor to the duty of a coil.
 */
export class WaveshareRelayD extends PoweredBoard implements RelayBank {
  readonly family = 'waveshare-relay-d';
  readonly #byteMs: number;
  readonly #frameEndMs: number;
  readonly #relays: readonly Relay[];
  readonly #inputs: Inputs;
  #pulseCount = 0;
  /** What came since the last silence. */
  #partial: number[] = [];
  #silence: Timer | undefined;
  #heardMs = Number.NEGATIVE_INFINITY;

  constructor(setup: BoardSetup) {
    super(setup);
    const doorsMax = setup.settings.inputs === 'doors-and-items' ? RELAYS / 2 : RELAYS;
    if (setup.doors.length > doorsMax) {
      throw new RangeError(`${setup.doors.length} doors on board '${setup.id}' of ${doorsMax}`);
    }
    const baud = setup.baud || FACTORY_BAUD;
    this.#byteMs = (BITS_PER_BYTE * 1_000) / baud;
    this.#frameEndMs = Math.max(FRAME_END_MS_MIN, (FRAME_END_MS * FACTORY_BAUD) / baud);
    this.#relays = Array.from({ length: RELAYS }, (_, index) => {
      const door = setup.doors[index];
      return new Relay(door && new Coil(door, setup.clock));
    });
    this.#inputs = new Inputs(setup.doors);
  }

  override hear(bytes: Uint8Array): void {
    if (!this.hears) return;
    const nowMs = this.setup.clock.monoMs();
    // The wire delivers with the last bit. Without a silence before the first one, this is the end
    // of what came before, and no request whatever it says.
    const beganMs = nowMs - bytes.length * this.#byteMs;
    const isNew = beganMs - this.#heardMs >= this.#frameEndMs - SLACK_MS;
    const before = isNew || this.#partial.length > 0 ? this.#partial : [0];
    this.#heardMs = nowMs;
    this.#partial = [...before, ...bytes].slice(0, FRAME_BYTES_MAX);
    this.#silence?.cancel();
    this.#silence = this.later('frame ends', this.#frameEndMs, () => {
      const frame = Uint8Array.from(this.#partial);
      this.#partial = [];
      this.#frame(frame);
    });
  }

  protected override lose(): void {
    this.#partial = [];
    for (const relay of this.#relays) relay.turn(false);
  }

  isOn(relay: number): boolean {
    return this.#relays[relay]?.isOn ?? false;
  }

  turn(relay: number, on: boolean, forMs?: number): void {
    this.#relays[relay]?.turn(on);
    if (on) this.#witness(relay + 1, forMs ?? Number.POSITIVE_INFINITY);
    if (forMs === undefined) return;
    const end = this.later('pulse ends', forMs, () => this.turn(relay, !on));
    this.#relays[relay]?.willTurn(end);
  }

  #frame(bytes: Uint8Array): void {
    // A checksum over a message and its own checksum leaves nothing.
    if (bytes.length !== REQUEST_BYTES || crc16(bytes) !== 0) return;
    const [address = 0, code = 0] = bytes;
    if (address !== this.address && address !== BROADCAST) return;
    if (this.hangs()) return;
    const reply = this.#answer(code, bytes.subarray(2, 6));
    const asksAddress = code === 3 && bytes[2] === ADDRESS >> 8;
    if (address === BROADCAST && !asksAddress) return;
    const frame = encodeFrame({ address, ...reply });
    this.later('board replies', TURNAROUND_MS, () => this.setup.say(frame));
  }

  #answer(code: number, words: Uint8Array): { code: number; data: readonly number[] } {
    const [at, value] = [word(words, 0), word(words, 2)];
    try {
      return { code, data: this.#obey(code, at, value) ?? [...words] };
    } catch (error) {
      if (!(error instanceof ModbusRefusal)) throw error;
      return { code: code | 0x80, data: [error.code] };
    }
  }

  /** The data of the reply, or nothing where the request is its own reply. */
  #obey(code: number, at: number, value: number): readonly number[] | undefined {
    switch (code) {
      case 1:
        return readBits(
          this.#relays.map(({ isOn }) => isOn),
          at,
          value,
        );
      case 2:
        return readBits(this.#driven(), at, value);
      case 3:
        return this.#register(at, value);
      case 5:
        writeRelay(this, at, value);
        return undefined;
      case 6:
        this.#writeRegister(at, value);
        return undefined;
      default:
        throw new ModbusRefusal('illegal function');
    }
  }

  /** Inputs 1 to 8: a closed contact drives its input. */
  #driven(): readonly boolean[] {
    const { settings, occupancy } = this.setup;
    const contacts = this.#inputs.contacts();
    const items = occupancy && settings.inputs === 'doors-and-items' ? this.#inputs.occupied() : [];
    return Array.from({ length: RELAYS }, (_, index) => {
      return contacts[index] ?? items[index - RELAYS / 2] ?? false;
    });
  }

  #register(at: number, count: number): readonly number[] {
    if (count !== 1) throw new ModbusRefusal('illegal data value');
    if (at === ADDRESS) return [2, 0, this.address];
    if (at === VERSION) return [2, 0, FIRMWARE];
    if (at >= MODE && at < MODE + RELAYS) return [2, 0, 0];
    throw new ModbusRefusal('illegal data address');
  }

  #writeRegister(at: number, value: number): void {
    if (at !== ADDRESS) throw new ModbusRefusal('illegal data address');
    if (value < 1 || value > ADDRESS_MAX) throw new ModbusRefusal('illegal data value');
    this.address = value;
  }

  #witness(channel: number, pulseMs: number): void {
    this.#pulseCount += 1;
    this.pulsed({ channel, pulseMs, requestId: this.#pulseCount });
  }
}

/** One relay, with a lock behind it or without. */
class Relay {
  readonly #coil: Coil | undefined;
  #isOn = false;
  #turn: Timer | undefined;

  constructor(coil: Coil | undefined) {
    this.#coil = coil;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** The latest command counts: a turn that was to come does not. */
  turn(on: boolean): void {
    this.#turn?.cancel();
    if (on === this.#isOn) return;
    this.#isOn = on;
    if (on) this.#coil?.on();
    else this.#coil?.off();
  }

  willTurn(turn: Timer): void {
    this.#turn = turn;
  }
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
