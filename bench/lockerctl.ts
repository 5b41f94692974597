import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { breath } from '../sim/real-clock.ts';
import { openApi } from '../src/compose/api.ts';
import { Child } from './child.ts';
import { freshFolder } from './folder.ts';
import { PickupSite, type Visit } from './pickup-site.ts';
import { atMost, median, ninetyNineOf100, type Row } from './row.ts';
import type { Say } from './say.ts';
import { writeSiteFile, writeWallFile } from './site-file.ts';

const STATUS_MS_MAX = 250;
/** The first ones fill the compile cache. */
const WARM_UPS = 3;
const ROUNDS = 31;
const WATCHERS = 50;
/** As many as the budget of R13 lets through at once. */
const BATCH_PICKUPS = 30;
/** A thousand pickups each way, in turn, so that what else the machine does is in both. */
const BATCHES = 34;
const WATCHED_MAX = 1.1;

/** What the technician waits for, and what those who watch cost the people at the doors. */
export async function lockerctl(say: Say): Promise<Row[]> {
  return [...(await statusRows(say)), ...(await watcherRows(say))];
}

/** From the start of the process until its end, against a daemon with 16 slots. */
async function statusRows(say: Say): Promise<Row[]> {
  const folder = freshFolder('lockerctl');
  const api = join(folder, 'api');
  const bus = { family: 'line', baud: 115_200, boards: 1, channels: 16 } as const;
  const site = { folder, api, idlePollMs: 250, graceSeconds: 60 };
  const buses = [{ ...bus, port: join(folder, 'bus0') }];
  const config = writeSiteFile({ ...site, buses });
  const wall = new Child('bench/wall-child.ts', [writeWallFile({ ...site, buses }), folder]);
  await wall.says(/the wall stands/);
  const daemon = new Child('src/main.ts', ['run', '--config', config, '--keypad', 'none']);
  await daemon.says(/"msg":"serving"/);
  const tookMs: number[] = [];
  for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
    const ms = await runMs(['src/cli/main.ts', '--folder', api, 'status']);
    if (round >= WARM_UPS) tookMs.push(ms);
  }
  const bareMs = await runMs(['-e', '0']);
  await daemon.stop();
  await wall.stop();
  say(`slowest of ${ROUNDS}: ${Math.max(...tookMs).toFixed(0)} ms`);
  say(`a runtime that does nothing: ${bareMs.toFixed(0)} ms`);
  return [atMost('lockerctl status, start to exit', median(tookMs), 'ms', STATUS_MS_MAX)];
}

/** @throws when it ends with anything but 0. */
async function runMs(args: readonly string[]): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [status] = await once(child, 'exit');
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
  return performance.now() - startedMs;
}

async function watcherRows(say: Say): Promise<Row[]> {
  const folder = freshFolder('watchers');
  const site = new PickupSite(folder);
  const courier = await site.courier();
  const sockets = join(folder, 'api');
  const log = { debug() {}, info() {}, warn() {}, error: say };
  const api = await openApi(sockets, site.kiosk.app.tools, log);
  const alone: Visit[] = [];
  const watched: Visit[] = [];
  for (let batch = 0; batch <= BATCHES; batch += 1) {
    for (const isWatched of batch % 2 === 0 ? [true, false] : [false, true]) {
      const visits = await visitsOf(site, courier, isWatched ? sockets : null);
      // The first batch each way warms up.
      if (batch > 0) (isWatched ? watched : alone).push(...visits);
    }
    if (batch % 10 === 0) say(`${watched.length} and ${alone.length} pickups`);
  }
  await api.close();
  await site.stop();
  const slow = (visits: readonly Visit[], what: 'answerMs' | 'answerCpuMs'): number =>
    ninetyNineOf100(visits.map((visit) => visit[what]));
  const held = (name: string, what: 'answerMs' | 'answerCpuMs'): Row =>
    atMost(name, slow(watched, what), 'ms', slow(alone, what) * WATCHED_MAX);
  return [
    held('last key to the door, 50 watchers, 99 of 100', 'answerMs'),
    held('the same in processor time', 'answerCpuMs'),
  ];
}

/** One batch of pickups, after the parcels for it were stored. */
async function visitsOf(
  site: PickupSite,
  courier: Awaited<ReturnType<PickupSite['courier']>>,
  sockets: string | null,
): Promise<Visit[]> {
  const stored = Array.from({ length: BATCH_PICKUPS }, () => site.store(courier));
  site.rest();
  const args = sockets === null ? null : [sockets, `${WATCHERS}`];
  const watchers = args === null ? null : new Child('bench/watchers-child.ts', args);
  await watchers?.says(/all watch/);
  const visits = [];
  for (const numbers of stored) {
    visits.push(site.collect(numbers));
    // What was written to the watchers leaves, as it would before the next person is there.
    await breath();
  }
  site.leave(visits);
  await watchers?.stop();
  return visits;
}
