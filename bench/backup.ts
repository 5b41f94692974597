import { join } from 'node:path';
import { seededRandom } from '../sim/random.ts';
import { sleep } from '../sim/real-clock.ts';
import { openSeal } from '../src/platform/audit-key.ts';
import { openStore } from '../src/store/open-store.ts';
import { Snapshots } from '../src/store/snapshots.ts';
import { fillStore } from './filled-store.ts';
import { freshFolder } from './folder.ts';
import { atMost, median, type Row } from './row.ts';
import type { Say } from './say.ts';
import { siteConfig } from './site-file.ts';

const JOURNAL_ROWS = 100_000;
const ROUNDS = 5;
/** Well under what a person or a board notices. */
const LAG_MS_MAX = 50;
const BUS = { family: 'line', baud: 115_200, channels: 16, boards: 1, port: 'bus0' } as const;

/** How long the loop stands still at most while the database is copied, and while it is not. */
export async function backup(say: Say): Promise<Row[]> {
  const folder = freshFolder('backup');
  const config = siteConfig({ folder, buses: [BUS], idlePollMs: 250, graceSeconds: 60 });
  say(`filling a database with ${JOURNAL_ROWS} journal rows`);
  fillStore(config, JOURNAL_ROWS);
  const snapshots = new Snapshots(join(folder, 'copies'));
  const seal = openSeal(config.keys.audit, false);
  const store = openStore(config.database.path, seal, seededRandom(1), { snapshots });
  const [copying, resting, lasted]: number[][] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startMs = performance.now();
    copying?.push(await worstLagMs(() => store.copy()));
    const lastedMs = performance.now() - startMs;
    lasted?.push(lastedMs);
    resting?.push(await worstLagMs(() => sleep(lastedMs)));
  }
  store.close();
  say(`a copy with its check takes ${median(lasted ?? []).toFixed(0)} ms`);
  return [
    atMost('longest lag of the loop, a copy under way', median(copying ?? []), 'ms', LAG_MS_MAX),
    atMost('longest lag of the loop, no copy', median(resting ?? []), 'ms', LAG_MS_MAX),
  ];
}

/** The longest time between two turns of the loop while the work goes on. */
async function worstLagMs(work: () => Promise<unknown>): Promise<number> {
  let [lastMs, worstMs, isOver] = [performance.now(), 0, false];
  const turn = (): void => {
    const nowMs = performance.now();
    worstMs = Math.max(worstMs, nowMs - lastMs);
    lastMs = nowMs;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isOver = true;
  return worstMs;
}
