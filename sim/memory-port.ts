import type { BytePort, BytePortHandlers, OpenBytePort } from '../hardware/bus/byte-port.ts';
import type { BusClock } from '../hardware/bus/clock.ts';
import type { Wire } from './wire.ts';

/** Time that opening takes, about that of a USB adapter. */
const OPEN_MS = 1;

/** An adapter that can be pulled out and put back. */
export interface Pluggable {
  unplug(): void;
  replug(): void;
}

/** Who has opened the port; a new one each time. */
interface User {
  readonly handlers: BytePortHandlers;
}

/** The host's end of a wire as a byte port in memory, with one user at a time. */
export class MemoryPort implements Pluggable {
  readonly #clock: BusClock;
  readonly #wire: Wire;
  #plugged = true;
  #user: User | undefined;

  constructor(clock: BusClock, wire: Wire) {
    this.#clock = clock;
    this.#wire = wire;
  }

  readonly open: OpenBytePort = (handlers) => {
    this.#clock.after('port opens', OPEN_MS, () => {
      if (!this.#plugged) handlers.lost(new Error('no such port: it is unplugged'));
      else if (this.#user !== undefined) handlers.lost(new Error('the port is in use'));
      else this.#opened(handlers);
    });
  };

  unplug(): void {
    this.#plugged = false;
    this.#wire.pull();
    const user = this.#user;
    this.#user = undefined;
    user?.handlers.lost(new Error('the port was unplugged'));
  }

  replug(): void {
    this.#plugged = true;
  }

  #opened(handlers: BytePortHandlers): void {
    const user: User = { handlers };
    this.#user = user;
    this.#wire.connect((bytes) => handlers.bytes(bytes));
    const port: BytePort = {
      write: (bytes, written) => {
        const open = this.#user === user;
        if (open) this.#wire.send(bytes);
        this.#clock.after('port wrote', 0, () => {
          if (open) written();
          else written(new Error('the port is not open'));
        });
      },
      close: () => {
        if (this.#user !== user) return;
        this.#user = undefined;
        this.#wire.disconnect();
      },
    };
    handlers.opened(port);
  }
}
