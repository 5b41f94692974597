import { join } from 'node:path';
import { sleep } from '../sim/real-clock.ts';
import { Child } from './child.ts';
import { freshFolder } from './folder.ts';
import type { Plant } from './plant.ts';
import { cpuMs } from './proc.ts';
import { atMost, type Row } from './row.ts';
import type { Say } from './say.ts';
import { writeSiteFile, writeWallFile } from './site-file.ts';

const BAUD = 9_600;
const LINE = { family: 'line', baud: BAUD, channels: 16 } as const;
const ONE_BUS: readonly Plant[] = [{ ...LINE, boards: 32 }];
const FOUR_BUSES: readonly Plant[] = Array.from({ length: 4 }, () => ({ ...LINE, boards: 8 }));
/** Each family at its own rate; 1024 slots. */
const MIXED: readonly Plant[] = [
  { family: 'line', baud: 115_200, boards: 16, channels: 16 },
  { family: 'kerong-cu16', baud: 19_200, boards: 15, channels: 16 },
  { family: 'kerong-cu48', baud: 19_200, boards: 15, channels: 16 },
  { family: 'shuoming-8a', baud: BAUD, boards: 18, channels: 16 },
];
const SITES: readonly (readonly [name: string, plants: readonly Plant[]])[] = [
  ['idle, 32 boards on 1 bus', ONE_BUS],
  ['idle, 32 boards on 4 buses', FOUR_BUSES],
  ['idle, 64 boards of 4 families on 4 buses', MIXED],
];
/** Boards are polled at the pace of a kiosk where nothing is set. */
const IDLE_POLL_MS = 250;
const SETTLE_MS = 3_000;
const MEASURE_MS = 15_000;
const SHARE_MAX_PERCENT = 5;

/** Processor time of the daemon while nobody is at the doors and the boards are polled. */
export async function idle(say: Say): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, plants] of SITES) {
    say(`${name}: ${(SETTLE_MS + MEASURE_MS) / 1_000} s`);
    rows.push(atMost(name, await idlePercent(plants), '% of core', SHARE_MAX_PERCENT));
  }
  return rows;
}

async function idlePercent(plants: readonly Plant[]): Promise<number> {
  const folder = freshFolder('idle');
  const buses = plants.map((plant, bus) => ({ ...plant, port: join(folder, `bus${bus}`) }));
  const site = { folder, buses, idlePollMs: IDLE_POLL_MS, graceSeconds: 60 };
  const wall = new Child('sim/sim.ts', ['--wall', writeWallFile(site), '--links', folder]);
  try {
    await wall.says(new RegExp(`^bus bus${plants.length - 1}: .*$`, 'm'));
    return await percentOf(['run', '--config', writeSiteFile(site), '--keypad', 'none']);
  } finally {
    await wall.stop();
  }
}

async function percentOf(args: readonly string[]): Promise<number> {
  const daemon = new Child('src/main.ts', args);
  try {
    await daemon.says(/"msg":"serving"/);
    await sleep(SETTLE_MS);
    const usedMs = cpuMs(daemon.pid);
    const startMs = performance.now();
    await sleep(MEASURE_MS);
    return ((cpuMs(daemon.pid) - usedMs) * 100) / (performance.now() - startMs);
  } finally {
    await daemon.stop();
  }
}
