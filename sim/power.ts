import type { OpenBytePort } from '../hardware/bus/byte-port.ts';
import type { SimClock } from './clock.ts';

/**
 * The mains of one kiosk. After `cut`, nothing that ran on it goes on: no timer fires, no byte
 * leaves or arrives. What it had started on the wall, such as a pulse, is the wall's.
 */
export class Power {
  #on = true;
  readonly #unplug: (() => void)[] = [];

  cut(): void {
    this.#on = false;
    for (const unplug of this.#unplug) unplug();
  }

  /** The clock as the kiosk sees it. */
  clock(clock: SimClock): SimClock {
    return {
      monoMs: () => clock.monoMs(),
      wallMs: () => clock.wallMs(),
      after: (name, delayMs, fire) => clock.after(name, delayMs, () => this.#on && fire()),
    };
  }

  /** A port as the kiosk sees it. */
  port(open: OpenBytePort): OpenBytePort {
    return (handlers) =>
      open({
        opened: (port) => {
          if (!this.#on) return port.close();
          this.#unplug.push(() => port.close());
          handlers.opened({
            write: (bytes, written) => {
              if (this.#on) port.write(bytes, (error) => this.#on && written(error));
            },
            close: () => port.close(),
          });
        },
        bytes: (chunk) => this.#on && handlers.bytes(chunk),
        lost: (error) => this.#on && handlers.lost(error),
      });
  }
}
