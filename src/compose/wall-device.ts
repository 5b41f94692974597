import type { Core } from './core.ts';

/** Whether a device at the wall can be read: each change is booked, and told to `changed`. */
export function wallDevice(
  name: 'keypad' | 'scanner' | 'screen',
  { store, recorder, log }: Core,
  changed: () => void,
) {
  let isLost = false;
  return {
    isLost: (): boolean => isLost,
    moved(isThere: boolean, why: string): void {
      if (isLost !== isThere) return;
      isLost = !isThere;
      const row = { t: `${name}.health`, data: { up: isThere, why } };
      log.warn(row.t, row.data);
      store.transaction(() => recorder.record(row));
      changed();
    },
  };
}
