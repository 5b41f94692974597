import { join } from 'node:path';
import { sleep } from '../sim/real-clock.ts';
import { Child } from './child.ts';
import { freshFolder } from './folder.ts';
import { cpuMs } from './proc.ts';
import { atMost, type Row } from './row.ts';
import type { Say } from './say.ts';
import { type BenchSite, writeSiteFile, writeWallFile } from './site-file.ts';

const BOARDS = 32;
const CHANNELS = 16;
const BAUD = 9_600;
/** Boards are polled at the pace of a kiosk where nothing is set. */
const IDLE_POLL_MS = 250;
const SETTLE_MS = 3_000;
const MEASURE_MS = 15_000;
const SHARE_MAX_PERCENT = 5;

/** Processor time of the daemon while nobody is at the doors and the boards are polled. */
export async function idle(say: Say): Promise<Row[]> {
  const rows: Row[] = [];
  for (const buses of [1, 4]) {
    const name = `idle, ${BOARDS} boards on ${buses} ${buses === 1 ? 'bus' : 'buses'}`;
    say(`${name} at ${BAUD} baud: ${(SETTLE_MS + MEASURE_MS) / 1_000} s`);
    rows.push(atMost(name, await idlePercent(buses), '% of core', SHARE_MAX_PERCENT));
  }
  return rows;
}

async function idlePercent(buses: number): Promise<number> {
  const folder = freshFolder(`idle-${buses}`);
  const ports = Array.from({ length: buses }, (_, bus) => join(folder, `bus${bus}`));
  const site: BenchSite = {
    ...{ folder, ports, boardsPerBus: BOARDS / buses, channels: CHANNELS, baud: BAUD },
    ...{ idlePollMs: IDLE_POLL_MS, graceSeconds: 60 },
  };
  const wall = new Child('sim/sim.ts', ['--wall', writeWallFile(site), '--links', folder]);
  try {
    await wall.says(new RegExp(`^bus bus${buses - 1}: .*$`, 'm'));
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
