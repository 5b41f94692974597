import type { OpenBytePort } from '../hardware/bus/byte-port.ts';
import type { OpenBroker } from '../src/cloud/broker.ts';
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

  /** Whether what runs on it still does anything. */
  get isOn(): boolean {
    return this.#on;
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

  /** A broker as the kiosk reaches it: with the power its connection is lost. */
  broker(open: OpenBroker): OpenBroker {
    return (hello, events) => {
      const connection = open(hello, {
        opened: (receiveMax) => this.#on && events.opened(receiveMax),
        message: (message) => this.#on && events.message(message),
        closed: (parting) => this.#on && events.closed(parting),
      });
      this.#unplug.push(() => connection.end(false));
      return {
        subscribe: (topics, done) => {
          if (this.#on) connection.subscribe(topics, (granted) => this.#on && done(granted));
        },
        publish: (message, done) => {
          if (this.#on) connection.publish(message, (fate) => this.#on && done(fate));
        },
        end: (inOrder) => connection.end(inOrder),
      };
    };
  }
}
