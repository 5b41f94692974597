import type { Config } from '../config/config.ts';
import { keypad } from '../device/keypad.ts';
import { keypadKeys } from '../platform/event-keys.ts';
import type { Core } from './core.ts';
import { inputPort } from './input-port.ts';
import type { World } from './world.ts';

/** The keypad at the wall: `isLost` while there is to be one, and it cannot be read. */
export function composeKeypad(
  config: Config,
  world: World,
  { clock, store, recorder, log }: Core,
  pressed: (char: string) => void,
  changed: () => void,
) {
  const open = inputPort(config.keypad, keypadKeys, world);
  let isLost = false;
  const moved = (isThere: boolean, why: string): void => {
    if (isLost !== isThere) return;
    isLost = !isThere;
    const row = { t: 'keypad.health', data: { up: isThere, why } };
    log.warn(row.t, row.data);
    store.transaction(() => recorder.record(row));
    changed();
  };
  const reader = open && keypad({ clock, open, pressed, moved });
  return {
    isWanted: open !== null,
    start: (): void => reader?.start(),
    stop: (): void => reader?.stop(),
    isLost: (): boolean => isLost,
  };
}
