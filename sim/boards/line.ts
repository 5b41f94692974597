import type { Timer } from '../../hardware/bus/clock.ts';
import {
  encodeLine,
  hex,
  LINE_BYTES_MAX,
  type LineFrame,
  parseLine,
} from '../../hardware/wire/line/frame.ts';
import { Coil } from './coil.ts';
import { Inputs } from './inputs.ts';
import { PoweredBoard } from './powered-board.ts';
import type { BoardSetup } from './sim-board.ts';

/** Time from the end of a request to the start of its reply. */
export const TURNAROUND_MS = 1;
const PULSE_MIN_MS = 50;
const PULSE_MAX_MS = 2_000;
const IDS_REMEMBERED = 8;
const MODEL = 'SIM-LINE';
const DIGITS = '0123456789ABCDEF';

/** Codes of the error reply and their words. */
const ERRORS = {
  verb: '1',
  argument: '2',
  channel: '3',
  busy: '4',
  boot: '5',
  duty: '6',
} as const;

/** A reply's verb and arguments. */
type Answer = readonly [verb: string, ...args: string[]];

/** A board that speaks `line` version 1 (hardware/README.md). */
export class LineBoard extends PoweredBoard {
  readonly family = 'line';
  /** How a request for this board begins. */
  readonly #mark: string;
  readonly #coils: readonly Coil[];
  readonly #inputs: Inputs;
  /** The end of a line that has not ended yet. */
  #partial = '';
  #idsDone: number[] = [];
  #pulseEnd: Timer | undefined;

  constructor(setup: BoardSetup) {
    super(setup);
    this.#mark = `>${String(setup.address).padStart(2, '0')} `;
    this.#coils = setup.doors.map((door) => new Coil(door, setup.clock));
    this.#inputs = new Inputs(setup.doors);
  }

  override hear(bytes: Uint8Array): void {
    if (!this.hears) return;
    const lines = (this.#partial + latin1(bytes)).split('\n');
    this.#partial = lastOf(lines.pop() ?? '');
    for (const line of lines) this.#line(lastOf(line));
  }

  protected override lose(): void {
    this.#partial = '';
    this.#idsDone = [];
    this.#allOff();
  }

  protected override started(): void {
    this.#inputs.restart();
  }

  #line(line: string): void {
    if (!line.includes(this.#mark)) return;
    const frame = frameIn(line);
    if (frame?.direction !== 'request' || frame.address !== this.address) return;
    if (!this.hears || this.hangs()) return;
    const [verb, ...args] = this.#answer(frame);
    const reply = encodeLine({ ...frame, direction: 'reply', verb, args });
    this.later('board replies', TURNAROUND_MS, () => this.setup.say(reply));
  }

  #answer(frame: LineFrame): Answer {
    if (frame.verb === 'U') return this.#unlock(frame.id, frame.args);
    if (!['I', 'S', 'O'].includes(frame.verb)) return refusal('verb');
    if (frame.args.length > 0) return refusal('argument');
    if (frame.verb === 'I') return this.#identity();
    if (frame.verb === 'S') return this.#status();
    this.#allOff();
    return ['O'];
  }

  #identity(): Answer {
    return ['I', '1', String(this.doors.length), hex(this.boot, 4), MODEL];
  }

  #status(): Answer {
    const inputs = this.#inputs;
    const occupied = this.setup.occupancy ? hexBits(inputs.occupied()) : '-';
    let changes = '';
    for (const count of inputs.changes()) changes += DIGITS.charAt(count % 16);
    return ['S', hex(this.boot, 4), hexBits(inputs.contacts()), occupied, changes];
  }

  #unlock(id: number, args: readonly string[]): Answer {
    const match = /^(\d{1,2}) (\d{1,4}) ([\dA-F]{4})$/.exec(args.join(' '));
    if (match === null) return refusal('argument');
    const [channel, pulseMs] = [Number(match[1]), Number(match[2])];
    const coil = this.#coils[channel - 1];
    if (coil === undefined) return refusal('channel');
    if (pulseMs < PULSE_MIN_MS || pulseMs > PULSE_MAX_MS) return refusal('argument');
    if (this.#idsDone.includes(id)) return ['U', String(channel), '0'];
    if (match[3] !== hex(this.boot, 4)) return refusal('boot');
    if (this.#coils.some((other) => other.isOn)) return refusal('busy');
    if (!coil.bears(pulseMs)) return refusal('duty');
    this.#idsDone = [...this.#idsDone, id].slice(-IDS_REMEMBERED);
    this.#pulse(coil, { channel, pulseMs, requestId: id });
    return ['U', String(channel), String(pulseMs)];
  }

  #pulse(coil: Coil, request: { channel: number; pulseMs: number; requestId: number }): void {
    coil.on();
    this.#pulseEnd = this.later('pulse ends', request.pulseMs, () => coil.off());
    this.pulsed(request);
  }

  #allOff(): void {
    this.#pulseEnd?.cancel();
    for (const coil of this.#coils) coil.off();
  }
}

/** The end of a line, as much as a longest line with a carriage return takes. */
function lastOf(line: string): string {
  return line.slice(-LINE_BYTES_MAX - 1);
}

/** The first good frame in a line, whatever stands before it. */
function frameIn(line: string): LineFrame | undefined {
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char !== '<' && char !== '>') continue;
    const frame = parseLine(line.slice(at));
    if (typeof frame !== 'string') return frame;
  }
  return undefined;
}

function latin1({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}

function refusal(error: keyof typeof ERRORS): Answer {
  return ['E', ERRORS[error], error];
}

/** Bits as hexadecimal digits, most significant first; index 0 is the lowest bit. */
function hexBits(bits: readonly boolean[]): string {
  let digits = '';
  for (let from = 0; from < bits.length; from += 4) {
    let nibble = 0;
    for (let bit = 0; bit < 4; bit += 1) if (bits[from + bit] === true) nibble |= 1 << bit;
    digits = DIGITS.charAt(nibble) + digits;
  }
  return digits;
}
