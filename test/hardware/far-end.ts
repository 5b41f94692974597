import type { BytePortHandlers, OpenBytePort } from '../../hardware/index.ts';
import { encodeLine, type LineFrame, parseLine } from '../../hardware/wire/line/frame.ts';
import type { ManualClock } from './manual-clock.ts';

interface Asked {
  readonly atMs: number;
  readonly frame: LineFrame;
}

/** What a scripted board does with a request: bytes to send, or none. */
type Script = (frame: LineFrame, usual: Uint8Array) => readonly Uint8Array[];

/** One scripted board of `line` firmware; a test sets its fields and its script. */
export class FarBoard {
  readonly address: number;
  channels: number;
  boot = 1;
  contacts: string;
  script: Script = (_frame, usual) => [usual];

  constructor(address: number, channels = 4) {
    this.address = address;
    this.channels = channels;
    this.contacts = 'F'.repeat(Math.ceil(channels / 4));
  }

  /** What healthy firmware answers. */
  usual(frame: LineFrame): Uint8Array {
    const { address, id, args } = frame;
    const answer = (verb: string, ...words: string[]) =>
      encodeLine({ direction: 'reply', address, id, verb, args: words });
    const boot = this.boot.toString(16).toUpperCase().padStart(4, '0');
    switch (frame.verb) {
      case 'I':
        return answer('I', '1', String(this.channels), boot, 'TEST');
      case 'S':
        return answer('S', boot, this.contacts, '-', '0'.repeat(this.channels));
      case 'U':
        return args[2] === boot
          ? answer('U', args[0] ?? '', args[1] ?? '')
          : answer('E', '5', 'boot');
      case 'O':
        return answer('O');
      default:
        return answer('E', '1', 'verb');
    }
  }
}

/** The wire and the boards on it, at the byte port. Every request is parsed and written down. */
export class FarEnd {
  readonly asked: Asked[] = [];
  readonly openedAtMs: number[] = [];
  readonly boards = new Map<number, FarBoard>();
  /** Time from a request to its reply. */
  replyMs = 1;
  /** Whether the port can be opened. */
  plugged = true;
  /** What `written` is called with: an error, or nothing. */
  writeError: Error | undefined;
  closed = false;
  readonly #clock: ManualClock;
  #handlers: BytePortHandlers | undefined;

  constructor(clock: ManualClock, ...boards: FarBoard[]) {
    this.#clock = clock;
    for (const board of boards) this.boards.set(board.address, board);
  }

  readonly open: OpenBytePort = (handlers) => {
    this.openedAtMs.push(this.#clock.monoMs());
    if (!this.plugged) {
      handlers.lost(new Error('no such port'));
      return;
    }
    this.#handlers = handlers;
    handlers.opened({
      write: (bytes, written) => this.#written(bytes, written),
      close: () => {
        this.closed = true;
        this.#handlers = undefined;
      },
    });
  };

  /** The port goes away. */
  unplug(): void {
    this.plugged = false;
    const handlers = this.#handlers;
    this.#handlers = undefined;
    handlers?.lost(new Error('unplugged'));
  }

  /** Puts bytes onto the wire. */
  say(bytes: Uint8Array): void {
    this.#handlers?.bytes(bytes);
  }

  /** Requests of one verb, to one board or to all. */
  of(verb: string, address?: number): Asked[] {
    return this.asked.filter(
      ({ frame }) => frame.verb === verb && (address === undefined || frame.address === address),
    );
  }

  /** Each request as address and verb, from the given place on. */
  log(from = 0): string[] {
    return this.asked.slice(from).map(({ frame }) => `${frame.address}${frame.verb}`);
  }

  #written(bytes: Uint8Array, written: (error?: Error) => void): void {
    if (this.writeError) {
      written(this.writeError);
      return;
    }
    const frame = parseLine(Buffer.from(bytes).toString('latin1').trimEnd());
    if (typeof frame === 'string') throw new Error(`the bus wrote ${frame}`);
    this.asked.push({ atMs: this.#clock.monoMs(), frame });
    written();
    const board = this.boards.get(frame.address);
    for (const answer of board?.script(frame, board.usual(frame)) ?? []) {
      this.#later(answer);
    }
  }

  #later(answer: Uint8Array): void {
    if (this.replyMs === 0) this.say(answer);
    else this.#clock.after('far end', this.replyMs, () => this.say(answer));
  }
}

/** Text as the bytes of a line on the wire. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}
