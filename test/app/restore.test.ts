import { closeSync, cpSync, existsSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Drop } from '../../src/control/deposit.ts';
import {
  Bench,
  HOUR_MS,
  MINUTE_MS,
  newFolder,
  type Sent,
  scratchFolder,
  siteConfig,
} from './bench-kiosk.ts';

const HEADER_BYTES = 100;

interface Lived {
  readonly bench: Bench;
  readonly copies: string;
  readonly drop: Drop;
  readonly sent: Sent;
}

/** A kiosk with one parcel, of which a copy was made before it stopped: its files. */
const past = new Map<boolean, Omit<Lived, 'bench'> & { readonly folder: string }>();

async function live(occupancy: boolean): Promise<void> {
  const [folder, dir] = [newFolder(), newFolder()];
  const config = { ...siteConfig({ occupancy }), backup: { dir } };
  const bench = new Bench({ config, folder }).start();
  const drop = bench.drop(await bench.courier());
  const sent = bench.numbers();
  await bench.app.store.copy();
  bench.stop();
  past.set(occupancy, { folder, copies: dir, drop, sent });
}

beforeAll(async () => {
  await live(false);
  await live(true);
}, 60_000);
afterAll(() => {
  for (const { folder, copies } of past.values()) {
    for (const one of [folder, copies]) rmSync(one, { recursive: true });
  }
});

/** That kiosk, stopped, with files of its own. */
function lived(occupancy = false): Lived {
  const before = past.get(occupancy);
  if (before === undefined) throw new Error('nothing has lived');
  const [folder, dir] = [scratchFolder(), scratchFolder()];
  cpSync(before.folder, folder, { recursive: true });
  cpSync(before.copies, dir, { recursive: true });
  const config = { ...siteConfig({ occupancy }), backup: { dir } };
  const { drop, sent } = before;
  const bench = new Bench({ config, folder });
  bench.fill(drop.slot, drop.parcel);
  return { bench, copies: join(dir, config.site.id), drop, sent };
}

const pathOf = ({ folder }: Bench): string => join(folder, 'lockerd.db');

/** Overwrites all but the header, as a failing card may. */
function spoil(path: string): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(64_000, 0x5a), 0, 64_000, HEADER_BYTES);
  closeSync(file);
}

const refusals = (bench: Bench): unknown[] => bench.rows('open.refused').map(({ data }) => data);

describe('a damaged database', () => {
  it('R31 gives way to the newest whole copy, in a new epoch, and no code opens a slot', () => {
    const { bench, drop, sent } = lived();
    const { epoch } = bench.start().app.store;
    bench.stop();
    spoil(pathOf(bench));
    bench.start();
    expect(bench.app.store.epoch).not.toBe(epoch);
    const [alarm] = bench.rows('store.restored');
    expect(alarm?.data).toMatchObject({ why: 'damaged', from: 'backup-000001.db' });
    expect(bench.logged.join('')).toContain('damaged');
    expect(bench.collect(sent)).toMatchObject({ kind: 'wait' });
    bench.wait(MINUTE_MS * 7);
    expect(bench.collect(sent)).toMatchObject({ kind: 'not_now', why: 'unverified' });
    expect(refusals(bench)).toEqual([{ refusal: 'unverified' }]);
    expect(bench.pulses()).toBe(0);
    expect(bench.slot(drop.slot)).toMatchObject({ state: 'quarantined', parcel: drop.parcel });
    const states = new Set(bench.app.supervisor.all().map(({ state }) => state));
    expect([...states]).toEqual(['quarantined']);
  });

  it('R31 a technician who saw the parcel lets its code work again', () => {
    const { bench, drop, sent } = lived();
    spoil(pathOf(bench));
    bench.start();
    bench.wait(MINUTE_MS * 7);
    bench.app.supervisor.send(drop.slot, { type: 'CLEARED', content: 'full' });
    expect(bench.collect(sent)).toMatchObject({ kind: 'opening' });
    bench.takes(drop.slot);
    bench.untilState(drop.slot, 'available');
    expect(bench.parcel(drop.parcel).status).toBe('retrieved');
  });

  it('R31 a code that was used after the copy was made stays used', () => {
    const { bench, drop, sent } = lived();
    bench.start();
    bench.collect(sent);
    bench.takes(drop.slot);
    bench.untilState(drop.slot, 'available');
    bench.stop();
    spoil(pathOf(bench));
    bench.start();
    bench.wait(MINUTE_MS * 7);
    const pulses = bench.pulses();
    expect(bench.collect(sent)).toMatchObject({ kind: 'not_now', why: 'unverified' });
    bench.app.supervisor.send(drop.slot, { type: 'CLEARED', content: 'empty' });
    expect(bench.collect(sent)).toMatchObject({ kind: 'told' });
    expect(bench.pulses()).toBe(pulses);
    expect(bench.slot(drop.slot).state).toBe('available');
  });

  it('R31 R13 R23 budgets are empty, and fill at their own pace', () => {
    const { bench, sent } = lived();
    spoil(pathOf(bench));
    bench.start();
    const answer = bench.collect(sent);
    if (answer.kind !== 'wait') throw new Error(`it was ${answer.kind}`);
    expect(answer.waitMs).toBeGreaterThan(5 * MINUTE_MS);
    const { budgets } = bench.app.store;
    for (const name of ['recipients', 'staff', 'lost-code', 'remote']) {
      expect([name, budgets.get(name)?.tokens]).toEqual([name, 0]);
    }
    bench.restart();
    expect(bench.collect(sent)).toMatchObject({ kind: 'wait' });
  });

  it('R31 R1 a trusted sensor frees what is empty and was to be, and no other slot', () => {
    const { bench, drop } = lived(true);
    spoil(pathOf(bench));
    bench.start();
    const held = bench.app.supervisor.all().filter(({ state }) => state !== 'available');
    expect(held.map(({ id }) => id)).toEqual([drop.slot]);
  });

  it('is moved aside together with its log, and a cut on the way ends in the same', () => {
    const { bench, drop } = lived();
    const path = pathOf(bench);
    rmSync(path);
    writeLog(path);
    bench.start();
    expect(bench.rows('store.restored')[0]?.data).toMatchObject({ why: 'missing' });
    expect(bench.slot(drop.slot).parcel).toBe(drop.parcel);
    const aside = readdirSync(bench.folder).filter((name) => name.includes('.aside-'));
    expect(aside).toEqual(['lockerd.db.aside-1-wal']);
  });

  it('is replaced by an older copy where the newest one is damaged too', async () => {
    const { bench, copies } = lived();
    bench.start();
    await bench.app.store.copy();
    bench.stop();
    spoil(pathOf(bench));
    spoil(join(copies, 'backup-000002.db'));
    bench.start();
    expect(bench.rows('store.restored')[0]?.data).toMatchObject({ from: 'backup-000001.db' });
  });

  it('R31 R1 gives way to the copy from before another version, with no other whole', async () => {
    for (const isGone of [true, false]) {
      const { bench, copies, drop } = lived();
      bench.start();
      await bench.app.store.copy('0.1.0');
      bench.stop();
      spoil(join(copies, 'backup-000001.db'));
      if (isGone) rmSync(pathOf(bench));
      else spoil(pathOf(bench));
      bench.start();
      const why = isGone ? 'missing' : 'damaged';
      expect(bench.rows('store.restored')[0]?.data).toMatchObject({ why, from: 'before-0.1.0.db' });
      expect(bench.slot(drop.slot)).toMatchObject({ state: 'quarantined', parcel: drop.parcel });
      bench.stop();
    }
  });

  it('R31 R1 that is gone, with no copy that is whole, makes no first start', () => {
    const { bench, copies, drop } = lived();
    rmSync(pathOf(bench));
    spoil(join(copies, 'backup-000001.db'));
    expect(() => bench.start()).toThrow(/it is gone,[\s\S]*restore --config FILE --from COPY/);
    expect(existsSync(pathOf(bench))).toBe(false);
    rmSync(copies, { recursive: true });
    bench.start();
    expect(bench.slot(drop.slot).state).toBe('available');
  });

  it('with no whole copy is refused, untouched, and says what to do', () => {
    const { bench, copies } = lived();
    rmSync(copies, { recursive: true });
    spoil(pathOf(bench));
    const before = readdirSync(bench.folder).sort();
    expect(() => bench.start()).toThrow(/is damaged: [\s\S]*restore --config FILE --from COPY/);
    expect(readdirSync(bench.folder).sort()).toEqual(before);
  });
});

/** What a cut left that took the database away and not yet its log. */
function writeLog(path: string): void {
  const other = new Database(`${path}.other`);
  other.pragma('journal_mode = WAL');
  other.exec('CREATE TABLE t (x)');
  closeSync(openSync(`${path}-wal`, 'w'));
  other.close();
  rmSync(`${path}.other`);
}

describe('the check of the pages at a start', () => {
  /** An index that leaves rows out, which only the full check holds against the table. */
  function spoilIndex(path: string): void {
    const database = new Database(path);
    database.unsafeMode();
    database.pragma('writable_schema = ON');
    database.exec(
      `UPDATE sqlite_schema SET sql = 'CREATE INDEX parcels_status ON parcels (id)'
       WHERE name = 'parcels_status'`,
    );
    database.close();
  }

  it('is the full one after a crash', () => {
    const { bench } = lived();
    spoilIndex(pathOf(bench));
    closeSync(openSync(`${pathOf(bench)}-wal`, 'w'));
    bench.start();
    expect(bench.rows('store.restored')).toHaveLength(1);
  });

  it('is the quick one after a stop in order', () => {
    const { bench } = lived();
    spoilIndex(pathOf(bench));
    bench.start();
    expect(bench.rows('store.restored')).toEqual([]);
  });
});

describe('copies', () => {
  it('are whole files of their own, the newest three, readable by nobody else', async () => {
    const { bench, copies } = lived();
    bench.start();
    for (let count = 0; count < 4; count += 1) await bench.app.store.copy();
    expect(readdirSync(copies).sort()).toEqual([
      'backup-000003.db',
      'backup-000004.db',
      'backup-000005.db',
    ]);
    const copy = new Database(join(copies, 'backup-000005.db'), { readonly: true });
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(copy.pragma('journal_mode', { simple: true })).toBe('delete');
    copy.close();
    bench.wait(HOUR_MS);
    expect(existsSync(join(copies, 'backup.new'))).toBe(false);
  });

  it('from before another version are kept from the nights, those of two versions', async () => {
    const { bench, copies } = lived();
    bench.start();
    const { store } = bench.app;
    const kept = () => readdirSync(copies).filter((name) => name.startsWith('before-'));
    expect(await store.copy('0.9.0')).toBe('before-0.9.0.db');
    for (let count = 0; count < 4; count += 1) await store.copy();
    expect(kept()).toEqual(['before-0.9.0.db']);
    for (const version of ['0.10.0', '0.9.0', '0.11.0']) await store.copy(version);
    expect(kept().sort()).toEqual(['before-0.10.0.db', 'before-0.11.0.db']);
    expect(readdirSync(copies)).toHaveLength(5);
  });
});
