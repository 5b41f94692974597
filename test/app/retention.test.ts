import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../sim/random.ts';
import { SimTimeSync } from '../../sim/time-sync.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { composeCore } from '../../src/compose/core.ts';
import { composePurge } from '../../src/compose/purge.ts';
import { newHold } from '../../src/domain/hold.ts';
import type { ParcelRecord } from '../../src/domain/parcel.ts';
import { createLog } from '../../src/platform/log.ts';
import { ANNA, DAY_MS, HOUR_MS, scratchFolder, siteConfig } from './bench-kiosk.ts';

const KEEP_DAYS = 30;
const STAYS_DAYS = 3;
const TABLES = ['parcels', 'intents', 'notices', 'people', 'budgets', 'journal'] as const;

/** A kiosk's records on virtual time, with purges begun and no board attached. */
function kiosk() {
  const folder = scratchFolder();
  const path = join(folder, 'lockerd.db');
  const keys = { path: join(folder, 'device.key'), audit: join(folder, 'device.audit.key') };
  const journal = { keepDays: KEEP_DAYS };
  const config = { ...siteConfig(), journal, database: { path }, keys };
  const clock = new VirtualClock();
  const log = createLog('error', { write: () => {} });
  const world = { clock, timeSync: new SimTimeSync(), random: seededRandom(1), log };
  const core = composeCore(config, { ...world, transports: {} });
  core.store.transaction(() => core.recorder.started());
  const purge = composePurge(config, core);
  purge.start();
  onTestFinished(() => purge.stop());
  /** What is in the file, once the kiosk has let go of it. */
  const counts = (): Record<string, number> => {
    purge.stop();
    core.store.close();
    const database = new Database(path, { readonly: true });
    const of = (table: string) => database.prepare(`SELECT count(*) AS n FROM ${table}`).get();
    const all = TABLES.map((table) => [table, (of(table) as { n: number }).n] as const);
    database.close();
    return Object.fromEntries(all);
  };
  return { ...core, kioskClock: core.clock, clock, counts, path };
}

type Kiosk = ReturnType<typeof kiosk>;

/** A parcel as it is once its recipient has it, with what a visit leaves behind. */
function visit(
  { store, recorder, people, kioskClock, notices }: Kiosk,
  number: number,
  change: Partial<ParcelRecord> = {},
) {
  const recipient = people.byPhoneOrNew(`+1212555${String(number).padStart(4, '0')}`);
  const now = kioskClock.wallMs();
  const parcel: ParcelRecord = {
    ...{ id: recorder.newId(), ref: `R${number}`, status: 'pending', custody: 'expected' },
    ...{ slot: null, size: 'S', carrier: 'ACME', label: `AC${number}`, load: {} },
    ...{ reservedUntilWall: null, recipient, policy: 'code+otp', said: null },
    ...{ codeHash: `c${number}`, secondHash: `s${number}`, gen: 0, lastGen: 0 },
    ...{ secondMisses: 0, hold: newHold(5 * DAY_MS, DAY_MS), createdAtWall: now },
    ...{ storedAtWall: now, endedAtWall: null },
    ...change,
  };
  store.transaction(() => {
    store.parcels.put(parcel);
    store.budgets.put(`second:${parcel.id}`, { tokens: 0, creditMs: 0 });
    store.intents.put({
      ...{ id: recorder.newId(), slot: 'LOCK001/S0', purpose: 'pickup', parcel: parcel.id },
      ...{ cause: 'session:x', authority: `code:${parcel.id}`, slotRev: 1 },
      ...{ armedAtMono: 0, boot: recorder.boot, state: 'CLOSED' },
    });
    notices.queue(parcel, 'STORED', 'sms', { ref: parcel.ref });
    for (let row = 0; row < 8; row += 1) recorder.record({ t: 'test.visit', parcel: parcel.id });
  });
  return parcel;
}

function leaves({ store, kioskClock }: Kiosk, parcel: ParcelRecord): void {
  const left = { status: 'retrieved', custody: 'handed_over', slot: null } as const;
  store.transaction(() => {
    store.parcels.put({ ...parcel, ...left, endedAtWall: kioskClock.wallMs() });
  });
}

describe('what is kept for a time only', () => {
  it('M10 how a recipient is reached is known for 24 h after the last parcel has left', () => {
    const bench = kiosk();
    const { clock, people, store, notices } = bench;
    const first = visit(bench, 1);
    const second = visit(bench, 1, { codeHash: 'c2' });
    expect(second.recipient).toBe(first.recipient);
    leaves(bench, first);
    clock.advance(2 * DAY_MS);
    expect(notices.contactOf(first.recipient)?.phone).toBe('+12125550001');
    leaves(bench, second);
    clock.advance(DAY_MS - HOUR_MS);
    expect(store.people.get(first.recipient)?.contact).not.toBeNull();
    clock.advance(2 * HOUR_MS);
    expect(store.people.get(first.recipient)?.contact).toBeNull();
    expect(store.notices.waitingAfter('sms', '', 9)).toEqual([]);
    expect(store.budgets.get(`second:${first.id}`)).toBeNull();

    // Who comes back is the same person, and can be told again.
    const again = people.byPhoneOrNew('+12125550001');
    expect(again).toBe(first.recipient);
    expect(notices.contactOf(again)?.phone).toBe('+12125550001');
  });

  it('M10 who waits for a first parcel stays known, and so do tries with an app', () => {
    const { clock, people, store, notices } = kiosk();
    const waits = people.addCustomer(ANNA, true);
    store.transaction(() => store.budgets.put('totp:somebody', { tokens: 0, creditMs: 0 }));
    clock.advance(10 * DAY_MS);
    expect(notices.contactOf(waits)?.phone).toBe(ANNA.phone);
    expect(store.budgets.get('totp:somebody')).not.toBeNull();
  });

  it('I13 nothing grows for two years, and what is not over stays', () => {
    const bench = kiosk();
    const { clock, store, path } = bench;
    const held = visit(bench, 9_999, { status: 'stored', slot: 'LOCK001/S0' });
    const sizes: number[] = [];
    for (let day = 0; day < 730; day += STAYS_DAYS) {
      const parcel = visit(bench, day);
      clock.advance(STAYS_DAYS * DAY_MS);
      leaves(bench, parcel);
      if (day % 360 === 0) sizes.push(statSync(path).size);
    }
    expect(store.parcels.get(held.id)).not.toBeNull();
    const [, first = 0, last = 0] = sizes;
    expect(last).toBeLessThan(first * 1.1);
    const { parcels = 0, intents = 0, people = 0, budgets = 0, journal = 0 } = bench.counts();
    for (const rows of [parcels, intents, people, budgets]) {
      expect(rows).toBeLessThanOrEqual(KEEP_DAYS + 10);
    }
    expect(journal).toBeLessThan(12 * (KEEP_DAYS + 10));
  });
});
