import type { Config } from '../config/config.ts';
import { scanner } from '../device/scanner.ts';
import { scannerKeys } from '../platform/event-keys.ts';
import type { Core } from './core.ts';
import { inputPort } from './input-port.ts';
import { wallDevice } from './wall-device.ts';
import type { World } from './world.ts';

/** The scanner at the wall: `isLost` while there is to be one, and it cannot be read. */
export function composeScanner(
  config: Config,
  world: World,
  core: Core,
  scanned: (text: string) => void,
  changed: () => void,
) {
  const open = inputPort(config.scanner, scannerKeys, world);
  const { isLost, moved } = wallDevice('scanner', core, changed);
  const reader = open && scanner({ clock: core.clock, open, scanned, moved });
  return {
    start: (): void => reader?.start(),
    stop: (): void => reader?.stop(),
    isLost,
  };
}
