import type { BytePort, OpenBytePort } from './byte-port.ts';
import type { BusClock, Timer } from './clock.ts';
import { PORT_STEADY_MS, REOPEN_WAIT_MS_MAX, REOPEN_WAIT_MS_MIN } from './limits.ts';

interface PortKeeperSetup {
  readonly name: string;
  readonly clock: BusClock;
  readonly open: OpenBytePort;
  readonly opened: (port: BytePort) => void;
  readonly bytes: (chunk: Uint8Array) => void;
  /** Once for each loss, and once when the first try to open fails; not for each try. */
  readonly lost: (why: string) => void;
}

/** Keeps a port open: opens it, and opens it again for ever, with back-off, when it was lost. */
export class PortKeeper {
  readonly #setup: PortKeeperSetup;
  #port: BytePort | undefined;
  #openedMs = 0;
  #waitMs = REOPEN_WAIT_MS_MIN;
  #timer: Timer | undefined;
  #lossTold = false;
  #stopped = false;

  constructor(setup: PortKeeperSetup) {
    this.#setup = setup;
  }

  start(): void {
    this.#setup.open({
      opened: (port) => this.#opened(port),
      bytes: this.#setup.bytes,
      lost: (error) => this.#lost(error),
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#port?.close();
  }

  #opened(port: BytePort): void {
    if (this.#stopped) {
      port.close();
      return;
    }
    this.#port = port;
    this.#openedMs = this.#setup.clock.monoMs();
    this.#lossTold = false;
    this.#setup.opened(port);
  }

  #lost(error: Error): void {
    if (this.#stopped) return;
    const { name, clock, lost } = this.#setup;
    const steady = this.#port && clock.monoMs() - this.#openedMs >= PORT_STEADY_MS;
    // A port that comes and goes at once is as bad as one that does not open.
    if (steady) this.#waitMs = REOPEN_WAIT_MS_MIN;
    this.#port = undefined;
    this.#timer = clock.after(`${name} reopen`, this.#waitMs, () => this.start());
    this.#waitMs = Math.min(this.#waitMs * 2, REOPEN_WAIT_MS_MAX);
    if (this.#lossTold) return;
    this.#lossTold = true;
    lost(error.message);
  }
}
