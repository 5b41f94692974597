import { join } from 'node:path';
import koffi from 'koffi';
import { onTestFinished } from 'vitest';
import { scratchFolder } from './bench-kiosk.ts';

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const MSG_DONTWAIT = 0x40;
const TEXT_BYTES_MAX = 4_096;

/** A socket such as systemd listens on for what its services tell it. */
export class NotifySocket {
  readonly path = join(scratchFolder(), 'notify');
  readonly #libc = koffi.load('libc.so.6');
  readonly #handle: number;

  constructor() {
    const socket = this.#libc.func('int socket(int, int, int)');
    const bind = this.#libc.func('int bind(int, const uint8_t *address, uint32_t bytes)');
    const close = this.#libc.func('int close(int)');
    const address = Buffer.concat([Buffer.of(AF_UNIX, 0), Buffer.from(`${this.path}\0`)]);
    this.#handle = socket(AF_UNIX, SOCK_DGRAM, 0) as number;
    if (bind(this.#handle, address, address.length) !== 0) throw new Error(`no ${this.path}`);
    onTestFinished(() => void close(this.#handle));
  }

  /** What was told since the last call. */
  told(): string[] {
    const receive = this.#libc.func('long recv(int, _Out_ uint8_t *text, size_t bytes, int)');
    const all: string[] = [];
    for (;;) {
      const text = Buffer.alloc(TEXT_BYTES_MAX);
      const bytes = receive(this.#handle, text, text.length, MSG_DONTWAIT) as number;
      if (bytes < 0) return all;
      all.push(text.toString('utf8', 0, bytes));
    }
  }

  /** How many beats there were since the last call. */
  beats(): number {
    return this.told().filter((text) => text.startsWith('WATCHDOG=1')).length;
  }
}
