import { type OpenBytePort, serialPort } from '../../hardware/index.ts';
import type { Config } from '../config/config.ts';
import { scanner } from '../device/scanner.ts';
import { scannerKeys } from '../platform/event-keys.ts';
import { eventPort } from '../platform/event-port.ts';
import type { Core } from './core.ts';
import type { World } from './world.ts';

const NONE = { start: (): void => {}, stop: (): void => {} };

/** The scanner on a port of its own, if there is one. */
export function composeScanner(
  { scanner: { device, port, baud } }: Config,
  { openPort }: World,
  { clock, store, recorder, log }: Core,
  scanned: (text: string) => void,
) {
  const open = opener();
  if (open === null) return NONE;
  const alarm = (t: string, data: Readonly<Record<string, unknown>>): void => {
    log.warn(t, data);
    store.transaction(() => recorder.record({ t, data }));
  };
  return scanner({ clock, open, scanned, alarm });

  function opener(): OpenBytePort | null {
    if (device !== undefined) return eventPort(device, scannerKeys);
    return port === undefined ? null : (openPort?.(port, baud) ?? serialPort(port, baud));
  }
}
