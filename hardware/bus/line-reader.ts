import type { BytePort, OpenBytePort } from './byte-port.ts';
import type { BusClock } from './clock.ts';
import { readlineSplitter } from './line-splitter.ts';
import { PortKeeper } from './port-keeper.ts';

interface LineReaderSetup {
  readonly name: string;
  readonly clock: BusClock;
  readonly open: OpenBytePort;
  /** A longer run of bytes without a line end is dropped, and counted. */
  readonly lineBytesMax: number;
  /** Latin1 text without its end; never empty. */
  readonly line: (text: string) => void;
  readonly opened?: () => void;
  readonly lost: (why: string) => void;
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * Reads lines from a device that only speaks, such as a scanner, and keeps its port open. Lines end
 * with CR, LF or both. The splitter behind it holds a line of any length, so what is too long ends
 * here: it holds one byte more than `lineBytesMax` at most.
 */
export class LineReader {
  readonly #setup: LineReaderSetup;
  readonly #keeper: PortKeeper;
  readonly #splitter = readlineSplitter();
  #held = 0;
  #dropped = 0;

  constructor(setup: LineReaderSetup) {
    this.#setup = setup;
    const { name, clock, open, lost } = setup;
    const opened = (_port: BytePort): void => setup.opened?.();
    this.#keeper = new PortKeeper({
      name,
      clock,
      open,
      lost,
      opened,
      bytes: (all) => this.#take(all),
    });
  }

  /** Lines that were too long. */
  get dropped(): number {
    return this.#dropped;
  }

  start(): void {
    this.#keeper.start();
  }

  stop(): void {
    this.#keeper.stop();
  }

  #take(chunk: Uint8Array): void {
    const kept = new Uint8Array(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      const isEnd = byte === LF || byte === CR;
      // One byte over the limit is passed on, as the sign that the line is too long.
      if (isEnd || this.#held <= this.#setup.lineBytesMax) {
        kept[length] = isEnd ? LF : byte;
        length += 1;
      }
      this.#held = isEnd ? 0 : Math.min(this.#held + 1, this.#setup.lineBytesMax + 1);
    }
    for (const line of this.#splitter.push(kept.subarray(0, length))) this.#end(line);
  }

  #end(line: string): void {
    if (line.length > this.#setup.lineBytesMax) this.#dropped += 1;
    else if (line !== '') this.#setup.line(line);
  }
}
