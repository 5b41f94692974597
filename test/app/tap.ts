import type { BytePortHandlers } from '../../hardware/index.ts';
import type { VirtualClock } from '../../sim/virtual-clock.ts';
import type { Bench } from './bench-kiosk.ts';

/** A frame that the kiosk put on a wire. */
interface Written {
  readonly atMs: number;
  readonly bus: string;
  /** `U` is an unlock, `S` a status request. */
  readonly verb: string;
}

/** Listens at the ports of a kiosk; give its `openPort` to the bench. */
export class Tap {
  readonly written: Written[] = [];
  #bench: Bench | undefined;

  listen(bench: Bench): Bench {
    this.#bench = bench;
    return bench;
  }

  readonly openPort = (_wall: unknown, bus: string) => (handlers: BytePortHandlers) => {
    const bench = this.#bench;
    if (bench === undefined) throw new Error('the tap listens to no bench');
    bench.kiosk.port(bus).open({
      ...handlers,
      opened: (port) =>
        handlers.opened({
          close: () => port.close(),
          write: (bytes, written) => {
            this.#note(bench.clock, bus, bytes);
            port.write(bytes, written);
          },
        }),
    });
  };

  #note(clock: VirtualClock, bus: string, bytes: Uint8Array): void {
    const [, , verb = ''] = Buffer.from(bytes).toString('latin1').split(/[ *]/);
    this.written.push({ atMs: clock.monoMs(), bus, verb });
  }
}
