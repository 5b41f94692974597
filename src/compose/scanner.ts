import type { Config } from '../config/config.ts';
import { scanner } from '../device/scanner.ts';
import { scannerKeys } from '../platform/event-keys.ts';
import type { Core } from './core.ts';
import { inputPort } from './input-port.ts';
import type { World } from './world.ts';

const NONE = { start: (): void => {}, stop: (): void => {} };

/** The scanner on a port of its own, if there is one. */
export function composeScanner(
  config: Config,
  world: World,
  { clock, store, recorder, log }: Core,
  scanned: (text: string) => void,
) {
  const open = inputPort(config.scanner, scannerKeys, world);
  if (open === null) return NONE;
  const alarm = (t: string, data: Readonly<Record<string, unknown>>): void => {
    log.warn(t, data);
    store.transaction(() => recorder.record({ t, data }));
  };
  return scanner({ clock, open, scanned, alarm });
}
