import { readSync, writeSync } from 'node:fs';
import { SerialPort } from 'serialport';
import type { BytePort, BytePortHandlers, OpenBytePort } from './byte-port.ts';
import { PortError } from './errors.ts';

/**
 * A serial port of the system, or a pseudo terminal, raw and 8N1. It is locked while open, so that
 * a second program cannot mix its requests with ours; its own reopening is not affected.
 * `lost` gets a `PortError`.
 */
export function serialPort(path: string, baud: number): OpenBytePort {
  return (handlers) => {
    const device = new SerialPort({
      path,
      baudRate: baud,
      dataBits: 8,
      parity: 'none',
      stopBits: 1,
      autoOpen: false,
    });
    const pipe = new SerialPipe(device, handlers);
    device.open((error) => pipe.openEnded(error));
  };
}

/** The event of the library's poller that bytes can be read. */
const READABLE = 1;
/** The longest piece that is read at once; more waits in the system. */
const READ_BYTES_MAX = 1_024;
/** The longest that is written from memory of our own; requests are much shorter. */
const WRITE_BYTES_MAX = 256;

/**
 * Reads when the system says that there is something, and writes, without a thread between: what
 * the library does in three hand-overs for each request and each piece of an answer costs more
 * processor than all the rest of a poll. Neither call waits, as the port is open without blocking.
 */
class SerialPipe implements BytePort {
  readonly #device: SerialPort;
  readonly #handlers: BytePortHandlers;
  readonly #buffer = new Uint8Array(READ_BYTES_MAX);
  readonly #out = new Uint8Array(WRITE_BYTES_MAX);
  #ended = false;

  constructor(device: SerialPort, handlers: BytePortHandlers) {
    this.#device = device;
    this.#handlers = handlers;
    device.on('error', (error) => this.#lose('failed', error));
    device.on('close', (error: Error | null) => this.#lose('gone', error));
  }

  openEnded(error: Error | null): void {
    if (error) {
      this.#lose('cannot-open', error);
      return;
    }
    this.#poller?.on('readable', (failed: Error | null) => this.#readable(failed));
    this.#awaitBytes();
    this.#handlers.opened(this);
  }

  write(bytes: Uint8Array, written: (error?: Error) => void): void {
    if (this.#ended) {
      written(new PortError('gone', this.#device.path));
      return;
    }
    // The runtime has to move a small array out of its heap before the system can read it.
    const isShort = bytes.length <= WRITE_BYTES_MAX;
    if (isShort) this.#out.set(bytes);
    const from = isShort ? this.#out : bytes;
    const taken = this.#tried(() => writeSync(this.#descriptor, from, 0, bytes.length));
    if (taken === bytes.length) written();
    else if (taken === 0) written(new PortError('failed', this.#device.path));
    // What has sent a part is a lost port and not a failed write, because `written(error)` would
    // promise that nothing left.
    else if (taken !== undefined) this.#lose('failed', null);
  }

  close(): void {
    this.#ended = true;
    if (this.#device.isOpen) this.#device.close();
  }

  get #descriptor(): number {
    return this.#device.port?.fd ?? -1;
  }

  get #poller() {
    const port = this.#device.port;
    return port !== undefined && 'poller' in port ? port.poller : undefined;
  }

  /** The system says it once; who waits anew each time says so. */
  #awaitBytes(): void {
    if (!this.#ended) this.#poller?.poll(READABLE);
  }

  #readable(failed: Error | null): void {
    if (this.#ended) return;
    try {
      if (failed) this.#lose('gone', failed);
      else this.#read();
    } catch (thrown) {
      // Thrown into the library's native code it would abort the process without a word; nobody
      // takes this rejection, so that it ends the process as any other error does.
      void Promise.reject(thrown);
    }
  }

  #read(): void {
    const count = this.#tried(() => readSync(this.#descriptor, this.#buffer) || hungUp());
    if (count === undefined) return;
    this.#awaitBytes();
    if (count > 0) this.#handlers.bytes(this.#buffer.slice(0, count));
  }

  /** How many bytes passed: none when the system has to wait, undefined when the port is lost. */
  #tried(pass: () => number): number | undefined {
    try {
      return pass();
    } catch (error) {
      if (isSystemError(error) && WAITS.has(error.code ?? '')) return 0;
      this.#lose('gone', error instanceof Error ? error : null);
      return undefined;
    }
  }

  #lose(kind: PortError['kind'], cause: Error | null): void {
    if (this.#ended) return;
    this.close();
    this.#handlers.lost(new PortError(kind, this.#device.path, cause));
  }
}

/** A terminal that is there says that it has nothing, and does not come to an end. */
function hungUp(): never {
  throw new Error('hung up');
}

const WAITS: ReadonlySet<string> = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR']);

const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error;
