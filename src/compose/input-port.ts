import { type OpenBytePort, serialPort } from '../../hardware/index.ts';
import { eventPort } from '../platform/event-port.ts';
import type { World } from './world.ts';

interface Input {
  /** An event device of the kernel, as of USB. */
  readonly device?: string | undefined;
  readonly port?: string | undefined;
  readonly baud: number;
}

/** How to open what somebody types or scans with; null where the config names nothing. */
export function inputPort(
  { device, port, baud }: Input,
  keys: Parameters<typeof eventPort>[1],
  { openPort }: Pick<World, 'openPort'>,
): OpenBytePort | null {
  if (device !== undefined) return eventPort(device, keys);
  return port === undefined ? null : (openPort?.(port, baud) ?? serialPort(port, baud));
}
