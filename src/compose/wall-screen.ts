import type { Timer } from '../control/ports.ts';
import type { Core } from './core.ts';
import { wallDevice } from './wall-device.ts';

/** A screen whose program has ended, or begins with the machine, is there again within this. */
const SCREEN_MAX_MS = 30_000;

/**
 * Whether the keypad at the wall has a screen: its keys are nobody's without one. `isOpen` says
 * whether a panel at the wall is open, and `turned` is called when that may be another answer.
 */
export function wallScreen(core: Core, isOpen: () => boolean, changed: () => void) {
  const { clock } = core;
  const { isLost, moved } = wallDevice('screen', core, changed);
  let isOn = false;
  let timer: Timer | null = null;
  const turned = (): void => {
    timer?.cancel();
    if (!isOn) return;
    if (isOpen()) moved(true, 'open');
    else timer = clock.after('screen', SCREEN_MAX_MS, () => moved(false, 'no panel at the wall'));
  };
  return {
    isLost,
    turned,
    start(): void {
      isOn = true;
      turned();
    },
    stop(): void {
      isOn = false;
      timer?.cancel();
    },
  };
}
