import { EmbeddedKiosk } from '../../sim/embedded.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { readConfig } from '../../src/app.ts';
import type { Log } from '../../src/control/ports.ts';

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const WALL_FILE = new URL('../../sim/embedded.toml', import.meta.url).pathname;
const LOCKER = 'LOCK1';

/** The site of the demo, on a clock of its own, with its files in that folder. */
export function kioskIn(folder: string, heard: (message: string) => void = () => {}) {
  const clock = new VirtualClock();
  const config = readConfig(WALL_FILE);
  const kiosk = new EmbeddedKiosk({
    ...{ clock, config, folder, onMessage: ({ text }) => heard(text) },
    ...{ seed: 1, log: SILENT, baud: config.buses[0]?.baud ?? 0 },
  });
  return { kiosk, clock };
}

/** The site has one board, whose channels are numbered as its slots are. */
export const slotOf = (channel: number): string => `${LOCKER}/${channel}`;
