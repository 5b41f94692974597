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

class SerialPipe implements BytePort {
  readonly #device: SerialPort;
  readonly #handlers: BytePortHandlers;
  #ended = false;

  constructor(device: SerialPort, handlers: BytePortHandlers) {
    this.#device = device;
    this.#handlers = handlers;
    device.on('data', (chunk: Uint8Array) => {
      if (!this.#ended) handlers.bytes(chunk);
    });
    device.on('error', (error) => this.#lose('failed', error));
    device.on('close', (error: Error | null) => this.#lose('gone', error));
  }

  openEnded(error: Error | null): void {
    if (error) this.#lose('cannot-open', error);
    else this.#handlers.opened(this);
  }

  write(bytes: Uint8Array, written: (error?: Error) => void): void {
    if (this.#ended) {
      written(new PortError('gone', this.#device.path));
      return;
    }
    // A write that fails may have sent a part of the bytes. That is a lost port and not a failed
    // write, because `written(error)` would promise that nothing left.
    this.#device.write(Buffer.from(bytes), (failed) => {
      if (failed) this.#lose('failed', failed);
      else this.#device.drain((undrained) => this.#drained(undrained, written));
    });
  }

  close(): void {
    this.#ended = true;
    if (this.#device.isOpen) this.#device.close();
  }

  #drained(error: Error | null | undefined, written: () => void): void {
    if (error) this.#lose('failed', error);
    else written();
  }

  #lose(kind: PortError['kind'], cause: Error | null): void {
    if (this.#ended) return;
    this.close();
    this.#handlers.lost(new PortError(kind, this.#device.path, cause));
  }
}
