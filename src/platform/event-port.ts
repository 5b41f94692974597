import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { Poller } from '@serialport/bindings-cpp/dist/poller.js';
import koffi from 'koffi';
import type { KeyReader } from './event-keys.ts';

/** `_IOW('E', 0x90, int)` of linux/input.h: nobody else gets its events, the console included. */
const EVIOCGRAB = 0x40044590;
/** `struct input_event` of Linux on 64-bit machines: time, type, code, value. */
const EVENT_BYTES = 24;
const TYPE_AT = 16;
const CODE_AT = 18;
const VALUE_AT = 20;
const EV_KEY = 1;
const EVENTS_A_READ_MAX = 64;
const WAITS: ReadonlySet<string> = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR']);

/** What the port keeper of hardware wants of a port. */
interface Handlers {
  opened(port: {
    write(bytes: Uint8Array, written: (error?: Error) => void): void;
    close(): void;
  }): void;
  bytes(chunk: Uint8Array): void;
  lost(error: Error): void;
}

/**
 * An input device of the kernel (`/dev/input/event…`) as a port that says in characters what its
 * keys mean to `newReader`. It is taken from everybody else: a keypad must not type into a console,
 * nor have the kernel change it. A pipe, as from a recording, has no other reader.
 */
export function eventPort(path: string, newReader: () => KeyReader) {
  return (handlers: Handlers): void => {
    let handle: number;
    try {
      handle = openDevice(path);
    } catch (error) {
      handlers.lost(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    const reading = new Reading(handle, newReader(), handlers);
    reading.await();
    handlers.opened({ write: (_bytes, written) => written(), close: () => reading.close() });
  };
}

function openDevice(path: string): number {
  const handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if (fstatSync(handle).isFIFO()) return handle;
  const ioctl = koffi.load('libc.so.6').func('int ioctl(int file, unsigned long request, ...)');
  if (ioctl(handle, EVIOCGRAB, 'int', 1) === 0) return handle;
  closeSync(handle);
  throw new Error(`${path} cannot be had alone: it is no input device, or in use`);
}

class Reading {
  readonly #handle: number;
  readonly #keys: KeyReader;
  readonly #handlers: Handlers;
  readonly #poller: Poller;
  readonly #buffer = Buffer.alloc(EVENT_BYTES * EVENTS_A_READ_MAX);
  /** A pipe may give part of an event. */
  #held = 0;
  #isOver = false;

  constructor(handle: number, keys: KeyReader, handlers: Handlers) {
    this.#handle = handle;
    this.#keys = keys;
    this.#handlers = handlers;
    this.#poller = new Poller(handle);
  }

  await(): void {
    this.#poller.once('readable', (error) => {
      if (this.#isOver) return;
      try {
        if (error) this.#lose(error);
        else this.#read();
      } catch (thrown) {
        // Thrown into the library's native code it would abort the process without a word.
        void Promise.reject(thrown);
      }
    });
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    // In this order, or the loop takes the next file of this number for the same one.
    this.#poller.stop();
    this.#poller.destroy();
    closeSync(this.#handle);
  }

  #read(): void {
    let count: number;
    try {
      count = readSync(
        this.#handle,
        this.#buffer,
        this.#held,
        this.#buffer.length - this.#held,
        null,
      );
      if (count === 0) throw new Error('the device is gone');
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (WAITS.has(code)) this.await();
      else this.#lose(error as Error);
      return;
    }
    const text = this.#text(this.#held + count);
    this.await();
    if (text !== '') this.#handlers.bytes(Buffer.from(text, 'latin1'));
  }

  /** What the whole events among the first bytes of the buffer mean; keeps the rest. */
  #text(length: number): string {
    const whole = length - (length % EVENT_BYTES);
    let text = '';
    for (let at = 0; at < whole; at += EVENT_BYTES) {
      if (this.#buffer.readUInt16LE(at + TYPE_AT) !== EV_KEY) continue;
      const code = this.#buffer.readUInt16LE(at + CODE_AT);
      text += this.#keys(code, this.#buffer.readInt32LE(at + VALUE_AT));
    }
    this.#buffer.copyWithin(0, whole, length);
    this.#held = length - whole;
    return text;
  }

  #lose(error: Error): void {
    this.close();
    this.#handlers.lost(error);
  }
}
