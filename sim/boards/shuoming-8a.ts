import { CODE, HEAD, sealed } from '../../hardware/wire/shuoming-8a/frame.ts';
import {
  type Choices,
  choicesOf,
  statusBytesOf,
} from '../../hardware/wire/shuoming-8a/settings.ts';
import { Coil } from './coil.ts';
import { PoweredBoard } from './powered-board.ts';
import type { BoardSetup } from './sim-board.ts';

/** Time from the end of a request, or of a pulse, to the start of the reply. */
export const TURNAROUND_MS = 5;
/** The 2016 text: an unlock is answered this long after the command. */
export const LATE_ANSWER_MS = 1_000;
/** A contact must rest for this long before a board reports it by itself. */
export const DEBOUNCE_MS = 20;
const BOARD_PULSE_MS = 300;
/** `90 BOARD MASK… BCC`, one bit for each channel, channels 1 to 8 first: unlocks, and no reply. */
const UNLOCK_SEVERAL = 0x90;

/**
 * A "8A / 80" board (hardware/wire/shuoming-8a/README.md). It is deaf from an unlock to its reply,
 * which comes after the pulse. Its settings are those of the family, which it obeys instead of
 * guessing, and two of its own:
 * - `unlockReply`: `after-pulse` (default), `after-1s` or `none`;
 * - `reports`: `none` (default), `82` or `81`: the head under which it tells changes unasked.
 */
export class Shuoming8a extends PoweredBoard {
  readonly family = 'shuoming-8a';
  readonly #choices: Choices;
  readonly #statusBytes: number;
  readonly #coils: readonly Coil[];
  /** The end of what was heard: less than the longest request, which has ten bytes. */
  #partial: number[] = [];
  #unlocks = 0;
  #isPulsing = false;
  /** What it last told of each contact. */
  #told: boolean[];

  constructor(setup: BoardSetup) {
    super(setup);
    this.#choices = choicesOf(setup.settings);
    this.#statusBytes = statusBytesOf(setup.doors.length, this.#choices);
    this.#coils = setup.doors.map((door) => new Coil(door, setup.clock));
    this.#told = this.#contacts();
    setup.doors.forEach((door, index) => {
      door.watch(() => this.#mayReport(index));
    });
  }

  override hear(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (!this.hears || this.#isPulsing) return;
      this.#partial.push(byte);
      this.#scan();
    }
  }

  protected override lose(): void {
    this.#isPulsing = false;
    this.#partial = [];
    for (const coil of this.#coils) coil.off();
  }

  #scan(): void {
    while (this.#partial.length > 0) {
      const length = this.#lengthOf(this.#partial);
      if (this.#partial.length < length) return;
      const request = this.#partial.slice(0, length);
      if (length === 0 || request.reduce((sum, byte) => sum ^ byte, 0) !== 0) {
        this.#partial.shift();
        continue;
      }
      this.#partial = [];
      this.#obey(request);
    }
  }

  /** Length of the request that begins so, if it is for this board; 0 when it is not one. */
  #lengthOf([head, address = this.address, , , fifth = 0]: readonly number[]): number {
    if (address !== this.address) return 0;
    if (head === HEAD.status) return 5;
    if (head === HEAD.unlock) return fifth >= 1 && fifth <= 9 ? 6 : 5;
    return head === UNLOCK_SEVERAL ? 3 + this.#statusBytes : 0;
  }

  #obey(request: readonly number[]): void {
    if (this.hangs()) return;
    const [head, , channel = 0, code, fifth = 0] = request;
    if (head === UNLOCK_SEVERAL) this.#unlockSeveral(request.slice(2, -1));
    if (head === HEAD.status && code === CODE.read) this.#status(channel);
    if (head === HEAD.unlock && code === this.#choices.unlockCode) {
      this.#unlock(channel, request.length > 5 ? fifth * 1_000 : BOARD_PULSE_MS, request);
    }
  }

  #status(channel: number): void {
    const reply = channel === 0 ? this.#bulk() : this.#contactFrame(HEAD.status, channel);
    if (reply) this.later('board replies', TURNAROUND_MS, () => this.setup.say(reply));
  }

  #bulk(): Uint8Array {
    const status = Array.from({ length: this.#statusBytes }, () => 0);
    for (const [index, isClosed] of this.#contacts().entries()) {
      const byte = index >> 3;
      if (isClosed) status[byte] = (status[byte] ?? 0) | (1 << (index & 7));
    }
    if (this.#choices.bulkOrder === 'last-first') status.reverse();
    return sealed(HEAD.status, this.address, ...status, CODE.read);
  }

  /** `HEAD BOARD CHANNEL CONTACT BCC`, as replies to unlocks, single readings and reports are. */
  #contactFrame(head: number, channel: number): Uint8Array | undefined {
    const door = this.doors[channel - 1];
    if (!door) return undefined;
    const contact = door.contact.read() ? CODE.contactClosed : CODE.contactOpen;
    return sealed(head, this.address, channel, contact);
  }

  /** Channel 0 is every lock of the board, one after the other; its reply is the request. */
  #unlock(channel: number, pulseMs: number, request: readonly number[]): void {
    const all = this.doors.map((_, index) => index + 1);
    const channels = channel === 0 ? all : all.filter((one) => one === channel);
    if (channels.length === 0) return;
    const beganMs = this.setup.clock.monoMs();
    this.#pulseEach(channels, pulseMs, () => {
      const { unlockReply } = this.setup.settings;
      const pulsedMs = this.setup.clock.monoMs() - beganMs;
      const lateMs = unlockReply === 'after-1s' ? LATE_ANSWER_MS - pulsedMs : TURNAROUND_MS;
      this.later('board replies', Math.max(TURNAROUND_MS, lateMs), () => {
        this.#isPulsing = false;
        if (unlockReply === 'none') return;
        const reply = this.#contactFrame(HEAD.unlock, channel) ?? Uint8Array.from(request);
        this.setup.say(reply);
      });
    });
  }

  #unlockSeveral(mask: readonly number[]): void {
    const channels = this.doors.map((_, index) => index + 1);
    const asked = channels.filter((channel) => {
      return (((mask[(channel - 1) >> 3] ?? 0) >> ((channel - 1) & 7)) & 1) === 1;
    });
    this.#pulseEach(asked, BOARD_PULSE_MS, () => {
      this.#isPulsing = false;
    });
  }

  #pulseEach(channels: readonly number[], pulseMs: number, then: () => void): void {
    const [channel, ...rest] = channels;
    const coil = this.#coils[(channel ?? 0) - 1];
    if (channel === undefined || !coil) {
      then();
      return;
    }
    this.#isPulsing = true;
    this.#unlocks += 1;
    coil.on();
    this.later('pulse ends', pulseMs, () => {
      coil.off();
      this.#pulseEach(rest, pulseMs, then);
    });
    this.pulsed({ channel, pulseMs, requestId: this.#unlocks });
  }

  #contacts(): boolean[] {
    return this.doors.map((door) => door.contact.read());
  }

  #mayReport(index: number): void {
    const { reports = 'none' } = this.setup.settings;
    if (reports === 'none' || !this.hears) return;
    this.later('contact rests', DEBOUNCE_MS, () => {
      const isClosed = this.doors[index]?.contact.read();
      if (!this.hears || isClosed === undefined || isClosed === this.#told[index]) return;
      this.#told[index] = isClosed;
      const head = reports === '81' ? HEAD.changedOther : HEAD.changed;
      const report = this.#contactFrame(head, index + 1);
      if (report) this.setup.say(report);
    });
  }
}
