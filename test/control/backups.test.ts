import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../sim/random.ts';
import { SimTimeSync } from '../../sim/time-sync.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { composeBackups } from '../../src/compose/backups.ts';
import { composeCore } from '../../src/compose/core.ts';
import { createLog } from '../../src/platform/log.ts';
import { HOUR_MS, scratchFolder, siteConfig } from '../app/bench-kiosk.ts';

/** The records of a kiosk on virtual time, with no board attached, and its backups begun. */
function kiosk(dir = scratchFolder()) {
  const folder = scratchFolder();
  const file = (name: string): string => join(folder, name);
  const config = {
    ...siteConfig(),
    backup: { dir },
    database: { path: file('lockerd.db') },
    keys: { path: file('device.key'), audit: file('device.audit.key') },
  };
  const clock = new VirtualClock();
  const log = createLog('error', { write: () => {} });
  const times = { clock, timeSync: new SimTimeSync() };
  const world = { ...times, random: seededRandom(1), log, transports: {} };
  const core = composeCore(config, world);
  const backups = composeBackups(config, world, core);
  backups.start();
  onTestFinished(() => {
    backups.stop();
    core.store.close();
  });
  const copies = join(dir, config.site.id);
  const { timeZone } = config.site;
  const hour = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  return {
    ...core,
    backups,
    wait: (ms: number) => clock.advance(ms),
    untilHour: (wanted: number) =>
      clock.runUntil(() => Number(hour.format(clock.wallMs())) === wanted, 24 * HOUR_MS),
    copies: () => (existsSync(copies) ? readdirSync(copies).sort() : []),
    rows: (t: string) => core.store.journal.tail(100).filter((row) => row.t === t),
  };
}

/** Lets the copy that is under way end; the virtual clock stands meanwhile. */
async function settled(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

it('a copy is made at night, verified and in the journal, and one a night is enough', async () => {
  const { untilHour, wait, rows, copies } = kiosk();
  untilHour(1);
  expect(copies()).toEqual([]);
  untilHour(2);
  wait(HOUR_MS);
  await settled(() => rows('backup.made').length === 1);
  expect(copies()).toEqual(['backup-000001.db']);
  expect(rows('backup.made')[0]?.data).toMatchObject({ name: 'backup-000001.db' });
  untilHour(20);
  expect(copies()).toEqual(['backup-000001.db']);
  untilHour(3);
  await settled(() => rows('backup.made').length === 2);
});

it('no copy is begun while somebody is at a door', async () => {
  const { untilHour, wait, rows, copies, supervisor } = kiosk();
  const [slot] = supervisor.all();
  if (slot === undefined) throw new Error('no slot');
  supervisor.send(slot.id, { type: 'BOOT', door: 'closed', occupancy: 'unknown' });
  supervisor.send(slot.id, { type: 'RESERVE', parcel: 'p' });
  expect(supervisor.get(slot.id).state).toBe('reserved');
  untilHour(3);
  expect(copies()).toEqual([]);
  supervisor.send(slot.id, { type: 'RELEASE' });
  wait(HOUR_MS);
  await settled(() => rows('backup.made').length === 1);
});

it('R31 who asks for a copy while one is under way is given that one', async () => {
  const { untilHour, wait, rows, copies, backups } = kiosk();
  const both = await Promise.all([backups.now(), backups.now()]);
  expect(both).toEqual(['backup-000001.db', 'backup-000001.db']);
  untilHour(2);
  wait(HOUR_MS);
  expect(await backups.now()).toBe('backup-000002.db');
  expect(copies()).toEqual(['backup-000001.db', 'backup-000002.db']);
  expect([rows('backup.made').length, rows('backup.failed').length]).toEqual([2, 0]);
});

it('a copy that cannot be made is in the journal, and is tried again', async () => {
  const dir = join(scratchFolder(), 'file');
  writeFileSync(dir, '');
  const { untilHour, wait, rows } = kiosk(dir);
  untilHour(2);
  wait(HOUR_MS / 2);
  await settled(() => rows('backup.failed').length === 1);
  expect(rows('backup.failed')[0]?.data).toMatchObject({ why: expect.stringContaining(dir) });
  wait(2 * HOUR_MS);
  await settled(() => rows('backup.failed').length === 2);
});
