import type { Config } from '../config/config.ts';
import { keypad } from '../device/keypad.ts';
import { keypadKeys } from '../platform/event-keys.ts';
import type { Core } from './core.ts';
import { inputPort } from './input-port.ts';
import { wallDevice } from './wall-device.ts';
import type { World } from './world.ts';

/** The keypad at the wall: `isLost` while there is to be one, and it cannot be read. */
export function composeKeypad(
  config: Config,
  world: World,
  core: Core,
  pressed: (char: string) => void,
  changed: () => void,
) {
  const open = inputPort(config.keypad, keypadKeys, world);
  const { isLost, moved } = wallDevice('keypad', core, changed);
  const reader = open && keypad({ clock: core.clock, open, pressed, moved });
  return {
    isWanted: open !== null,
    start: (): void => reader?.start(),
    stop: (): void => reader?.stop(),
    isLost,
  };
}
