import { serialPort } from '../../hardware/index.ts';
import type { Config } from '../config/config.ts';
import { scanner } from '../device/scanner.ts';
import type { Core } from './core.ts';
import type { World } from './world.ts';

const NONE = { start: (): void => {}, stop: (): void => {} };

/** The scanner on a serial port, if there is one. */
export function composeScanner(
  { scanner: { port, baud } }: Config,
  { openPort }: World,
  { clock, store, recorder, log }: Core,
  scanned: (text: string) => void,
) {
  if (port === undefined) return NONE;
  const alarm = (t: string, data: Readonly<Record<string, unknown>>): void => {
    log.warn(t, data);
    store.transaction(() => recorder.record({ t, data }));
  };
  return scanner({ clock, open: openPort?.(port, baud) ?? serialPort(port, baud), scanned, alarm });
}
