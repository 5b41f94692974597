import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { scratchFolder } from './bench-kiosk.ts';

/** linux/input-event-codes.h; 250 is a key that no keypad has. */
const EV_SYN = 0;
const EV_KEY = 1;
const EV_MSC = 4;
const MSC_SCAN = 4;
const LEFT_SHIFT = 42;
const ENTER = 28;
const EVENT_BYTES = 24;
const PLAIN = "__1234567890-=__qwertyuiop[]__asdfghjkl;'`_\\zxcvbnm,./";
const SHIFTED = '__!@#$%^&*()_+__QWERTYUIOP{}__ASDFGHJKL:"~_|ZXCVBNM<>?';
const PAD = [82, 79, 80, 81, 75, 76, 77, 71, 72, 73];
const NAMED: Readonly<Record<string, number>> = { '#': 96, '*': 55 };

/** An input device as a recording plays it: the kernel's events, byte for byte, in a pipe. */
export class EventDevice {
  readonly path = join(scratchFolder(), 'event0');
  #handle: number | null = null;

  constructor() {
    execFileSync('mkfifo', [this.path]);
    this.plug();
    onTestFinished(() => this.unplug());
  }

  plug(): void {
    this.#handle = openSync(this.path, constants.O_RDWR | constants.O_NONBLOCK);
  }

  unplug(): void {
    if (this.#handle !== null) closeSync(this.#handle);
    this.#handle = null;
  }

  /** Presses keys of a numeric keypad. */
  keys(text: string): void {
    for (const char of text) this.tap(NAMED[char] ?? PAD[Number(char)] ?? 0);
  }

  /** Types as a scanner does, with an Enter at the end. */
  types(text: string): void {
    for (const char of text) {
      if (char === ' ') this.tap(57);
      else if (PLAIN.includes(char)) this.tap(PLAIN.indexOf(char));
      else {
        this.#event(EV_KEY, LEFT_SHIFT, 1);
        this.tap(SHIFTED.indexOf(char));
        this.#event(EV_KEY, LEFT_SHIFT, 0);
      }
    }
    this.tap(ENTER);
  }

  /** Press, a repeat, release, each with what a real device says beside it. */
  tap(code: number): void {
    for (const value of [1, 2, 0]) {
      this.#event(EV_MSC, MSC_SCAN, 458_800 + code);
      this.#event(EV_KEY, code, value);
      this.#event(EV_SYN, 0, 0);
    }
  }

  #event(type: number, code: number, value: number): void {
    const event = Buffer.alloc(EVENT_BYTES);
    event.writeUInt16LE(type, 16);
    event.writeUInt16LE(code, 18);
    event.writeInt32LE(value, 20);
    if (this.#handle !== null) writeSync(this.#handle, event);
  }
}
