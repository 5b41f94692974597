/** The one door into hardware. */
export { Bus } from './bus/bus.ts';
export type {
  BoardHealth,
  BoardSetup,
  BusEvents,
  BusOptions,
  UnlockJob,
} from './bus/bus-options.ts';
export type { BytePort, BytePortHandlers, OpenBytePort } from './bus/byte-port.ts';
export type { BusClock, Timer } from './bus/clock.ts';
export { CoilGuard } from './bus/coil-guard.ts';
export { BusMisuse, PortError } from './bus/errors.ts';
export { families } from './bus/families.ts';
export type { LoggedFrame } from './bus/frame-log.ts';
export { TCP_REPLY_MARGIN_MS } from './bus/limits.ts';
export { LineReader } from './bus/line-reader.ts';
export { serialPort } from './bus/serial-port.ts';
export type { BoardStats } from './bus/stats.ts';
export { tcpPort } from './bus/tcp-port.ts';
export { describe, type Verdict } from './bus/verdict.ts';
export { roundMs } from './bus/wire-time.ts';
export type { BoardReading, Family, NoiseReason } from './wire/family.ts';
