import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../sim/random.ts';
import { SimTimeSync } from '../../sim/time-sync.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { composeCore } from '../../src/compose/core.ts';
import { composePurge } from '../../src/compose/purge.ts';
import type { Config } from '../../src/config/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { DAY_MS, scratchFolder, siteConfig } from '../app/bench-kiosk.ts';
import { audit, publicKeyOf } from './audits.ts';

const KEEP_DAYS = 30;
const OLD_ROWS = 2_500;
/** Of one step, and of the checkpoint interval. */
const STEP_ROWS_MAX = 1_000;
const CLOUD = { broker: 'mqtt://localhost:1883', signed: 'off' } as NonNullable<Config['cloud']>;

/** A kiosk on virtual time with many old rows, no board attached, and purges begun. */
function kiosk(more: Partial<Config> = {}) {
  const folder = scratchFolder();
  const file = (name: string): string => join(folder, name);
  const config: Config = {
    ...siteConfig(),
    journal: { keepDays: KEEP_DAYS },
    database: { path: file('lockerd.db') },
    keys: { path: file('device.key'), audit: file('device.audit.key') },
    ...more,
  };
  const clock = new VirtualClock();
  const log = createLog('error', { write: () => {} });
  const world = { clock, timeSync: new SimTimeSync(), random: seededRandom(1), log };
  const core = composeCore(config, { ...world, transports: {} });
  const { store, recorder } = core;
  const write = (rows: number): void =>
    store.transaction(() => {
      for (let row = 0; row < rows; row += 1) recorder.record({ t: 'test.happened' });
    });
  store.transaction(() => recorder.started());
  for (let rows = 0; rows < OLD_ROWS; rows += 50) write(50);
  const purge = composePurge(config, core);
  const all = () => store.journal.after(0, 10 * OLD_ROWS);
  let isOpen = true;
  const close = (): void => {
    if (isOpen) store.close();
    isOpen = false;
  };
  onTestFinished(() => {
    purge.stop();
    close();
  });
  const path = config.database.path;
  return { ...core, purge, clock, write, all, close, path, key: publicKeyOf(folder) };
}

it('B2 I13 old rows go up to a checkpoint, some at a time, and the audit says so', async () => {
  const { purge, clock, store, write, all, close, path, key } = kiosk();
  const sizes: number[] = [];
  let before = all()[0]?.seq ?? 0;
  store.journal.onCommitted((rows) => {
    if (!rows.some(({ t }) => t === 'journal.purged')) return;
    const first = store.journal.after(0, 1)[0]?.seq ?? 0;
    sizes.push(first - before);
    before = first;
  });
  clock.advance((KEEP_DAYS - 1) * DAY_MS);
  purge.start();
  clock.advance(0.9 * DAY_MS);
  write(3);
  expect(sizes).toEqual([]);
  clock.advance(2 * DAY_MS);
  expect(sizes.length).toBeGreaterThan(2);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(STEP_ROWS_MAX);
  const [first] = all();
  expect(first?.t).toBe('audit.checkpoint');
  expect(all().filter(({ t }) => t === 'test.happened').length).toBeLessThan(64 + 3);
  expect(store.outbox.after(0, 1).at(0)?.seq).toBeGreaterThanOrEqual(first?.seq ?? 0);
  const last = store.journal.head();
  close();
  const { found, lines } = await audit(path, [key], `${last?.seq}:${last?.hash}`);
  expect(found).toEqual([]);
  expect(lines[0]).toContain(`${first?.seq} (purged): is the first: rows 1 to`);
});

it('B2 rows that somebody removed in front are missing, also up to a checkpoint', async () => {
  const { all, close, path, key } = kiosk();
  const to = all().findLast(({ t }) => t === 'audit.checkpoint')?.seq ?? 0;
  close();
  const database = new Database(path);
  database.prepare('DELETE FROM outbox WHERE seq < ?').run(to);
  database.prepare('DELETE FROM journal WHERE seq < ?').run(to);
  database.close();
  expect((await audit(path, [key])).found).toEqual([`missing ${to}`]);
});

it('R24 what the cloud has not acknowledged is kept, however old it is', () => {
  const { purge, clock, store, all } = kiosk({ cloud: CLOUD });
  clock.advance((KEEP_DAYS + 1) * DAY_MS);
  purge.start();
  clock.advance(DAY_MS);
  expect(all()[0]?.seq).toBe(1);
  store.transaction(() => store.outbox.prune(1_500));
  clock.advance(DAY_MS);
  expect(all()[0]?.seq).toBeGreaterThan(1_400);
  expect(all()[0]?.seq).toBeLessThanOrEqual(1_501);
});

it('R25 nothing is removed while nobody vouches for the time', () => {
  const { purge, clock, time, all } = kiosk();
  time.start();
  purge.start();
  clock.jumpWall((KEEP_DAYS + 300) * DAY_MS);
  clock.advance(2 * DAY_MS);
  expect(all()[0]?.seq).toBe(1);
  time.stop();
});
