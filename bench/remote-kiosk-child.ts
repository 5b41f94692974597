import { type BytePort, families, type OpenBytePort, serialPort } from '../hardware/index.ts';
import { startApp } from '../src/app.ts';
import { loadConfig } from '../src/config/load.ts';
import type { Clock } from '../src/control/ports.ts';
import { systemClock } from '../src/platform/clock.ts';
import { createLog } from '../src/platform/log.ts';
import { systemRandom } from '../src/platform/random.ts';
import { systemTimeSync } from '../src/platform/time-sync.ts';
import { machineMs } from './peer.ts';

/** What the kiosk tells: that it serves, or when the first byte of an unlock was handed over. */
export type KioskSaid = 'serves' | { readonly unlockAtMs: number };
/** Its clocks leap, so that budgets are full again. */
export type KioskOrder = { readonly leapMs: number };

/** What makes a request of these boards an unlock (hardware/wire/waveshare-relay-d/README.md). */
const [WRITE_RELAY, FLASH_ON] = [0x05, 0x02];

/** A whole kiosk with real ports and a real broker, whose clocks another process lets leap. */
function main([configFile = '']: readonly string[]): void {
  const tell = (said: KioskSaid): void => void process.send?.(said);
  const real = systemClock();
  let aheadMs = 0;
  const clock: Clock = {
    ...real,
    monoMs: () => real.monoMs() + aheadMs,
    wallMs: () => real.wallMs() + aheadMs,
  };
  process.on('message', ({ leapMs }: KioskOrder) => {
    aheadMs += leapMs;
  });
  const world = {
    ...{ clock, timeSync: systemTimeSync(), random: systemRandom(), transports: {} },
    log: createLog('error'),
    openPort: (path: string, baud: number) =>
      watched(serialPort(path, baud), (unlockAtMs) => tell({ unlockAtMs })),
  };
  const app = startApp(loadConfig(configFile, families), world, () => tell('serves'));
  process.once('SIGTERM', () => app.stop(() => process.exit(0)));
}

/** The port, with the time told at which an unlock was in the system's hands. */
function watched(open: OpenBytePort, unlocked: (atMs: number) => void): OpenBytePort {
  const around = (port: BytePort): BytePort => ({
    write: (bytes, written) => {
      port.write(bytes, written);
      if (bytes[1] === WRITE_RELAY && bytes[2] === FLASH_ON) unlocked(machineMs());
    },
    close: () => port.close(),
  });
  return (handlers) => open({ ...handlers, opened: (port) => handlers.opened(around(port)) });
}

if (process.send !== undefined) main(process.argv.slice(2));
