import type { BytePortHandlers, OpenBytePort } from '../hardware/bus/byte-port.ts';
import type { SimClock } from './clock.ts';

/** From the port's opening until it can be read, about that of a USB adapter. */
const OPEN_MS = 1;

/** A scanner on a serial port: it says what is held in front of it, and hears nothing. */
export class SimScanner {
  readonly #clock: SimClock;
  readonly #ends: string;
  #handlers: BytePortHandlers | undefined;
  /** While false, its port is not found. */
  isThere = true;

  /** `ends` is what it sends after each code. */
  constructor(clock: SimClock, ends = '\r') {
    this.#clock = clock;
    this.#ends = ends;
  }

  readonly open: OpenBytePort = (handlers) => {
    this.#clock.after('scanner opens', OPEN_MS, () => {
      if (!this.isThere) return handlers.lost(new Error('there is no such port'));
      this.#handlers = handlers;
      const close = (): void => {
        if (this.#handlers === handlers) this.#handlers = undefined;
      };
      handlers.opened({ write: (_bytes, written) => written(), close });
    });
  };

  /** Somebody holds a code in front of it. */
  shows(text: string): void {
    this.says(Buffer.from(text + this.#ends, 'latin1'));
  }

  says(bytes: Uint8Array): void {
    this.#handlers?.bytes(bytes);
  }

  /** The cable is pulled out; the port is found again when it is opened next. */
  unplug(): void {
    this.#handlers?.lost(new Error('the scanner was unplugged'));
  }
}
