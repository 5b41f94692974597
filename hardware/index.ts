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
export { BusMisuse, PortError } from './bus/errors.ts';
export { families } from './bus/families.ts';
export { serialPort } from './bus/serial-port.ts';
export type { BoardStats } from './bus/stats.ts';
export { describe, type Verdict } from './bus/verdict.ts';
export type { BoardReading, Family, NoiseReason } from './wire/family.ts';
