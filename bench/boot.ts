import { sleep } from '../sim/real-clock.ts';
import { Child } from './child.ts';
import { fillStore } from './filled-store.ts';
import { freshFolder } from './folder.ts';
import { residentMb } from './proc.ts';
import { atMost, median, type Row } from './row.ts';
import type { Say } from './say.ts';
import { type BenchSite, siteConfig, writeSiteFile } from './site-file.ts';

const JOURNAL_ROWS = 100_000;
const BOOT_MS_MAX = 1_500;
const RESIDENT_MB_MAX = 150;
/** The first two fill the compile cache and the operating system's, and settle the database. */
const WARM_UPS = 2;
const ROUNDS = 7;
/** Serving like that, nobody at the doors, before the memory is read. */
const IDLE_MS = 5_000;
const SERVING = /^\{"loadedMs".*\}$/m;
const SCRIPT = 'bench/kiosk-child.ts';

const COMMON = { idlePollMs: 250, graceSeconds: 60 };
const BUS = { family: 'line', baud: 115_200, channels: 16 } as const;
const SMALL = { ...COMMON, buses: [{ ...BUS, port: 'bus0', boards: 1 }] };
const PORTS = ['bus0', 'bus1', 'bus2', 'bus3'];
const LARGE = { ...COMMON, buses: PORTS.map((port) => ({ ...BUS, port, boards: 16 })) };

/** From the start of the process until it serves, and the memory it then holds. */
export async function boot(say: Say): Promise<Row[]> {
  const small = await bootOf('16 slots', { folder: freshFolder('boot-small'), ...SMALL }, say);
  const large = await bootOf('1024 slots', { folder: freshFolder('boot-large'), ...LARGE }, say);
  return [
    atMost('start to serving, 16 slots', small.bootMs, 'ms', BOOT_MS_MAX),
    atMost('start to serving, 1024 slots', large.bootMs, 'ms', BOOT_MS_MAX),
    atMost('memory, 16 slots', small.residentMb, 'MB', RESIDENT_MB_MAX),
    atMost('memory, 1024 slots', large.residentMb, 'MB', RESIDENT_MB_MAX),
  ];
}

async function bootOf(name: string, site: BenchSite, say: Say) {
  say(`${name}: filling a database with ${JOURNAL_ROWS} journal rows`);
  fillStore(siteConfig(site), JOURNAL_ROWS);
  const path = writeSiteFile(site);
  say(`${name}: starting ${WARM_UPS + ROUNDS} times`);
  const bootMs: number[] = [];
  let steps = '';
  for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
    const child = new Child(SCRIPT, [path]);
    steps = await child.says(SERVING);
    if (round >= WARM_UPS) bootMs.push(performance.now() - child.startedMs);
    await child.stop();
  }
  say(`${name}: ${steps} in the process of the last start`);
  const child = new Child(SCRIPT, [path]);
  await child.says(SERVING);
  await sleep(IDLE_MS);
  const resident = residentMb(child.pid);
  await child.stop();
  return { bootMs: median(bootMs), residentMb: resident };
}
