import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../sim/random.ts';
import { SimTimeSync } from '../../sim/time-sync.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { KeptClock } from '../../src/control/clock.ts';
import { Recorder } from '../../src/control/recorder.ts';
import { openSeal } from '../../src/platform/audit-key.ts';
import { openStore } from '../../src/store/open-store.ts';
import { APPLICATION_ID, MIGRATIONS } from '../../src/store/schema.ts';
import { audit, publicKeyOf } from '../offline/audits.ts';
import { plainRow, writeJournal } from '../offline/bench-journal.ts';

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lockerd-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function opened(folder: string) {
  const seal = openSeal(join(folder, 'device.audit.key'), true);
  const store = openStore(join(folder, 'lockerd.db'), seal, seededRandom(1));
  const clock = new KeptClock(new VirtualClock(), new SimTimeSync(), store.clock.get());
  return { store, recorder: new Recorder(store, clock, seededRandom(1)) };
}

function read<T>(folder: string, query: string): T[] {
  const database = new Database(join(folder, 'lockerd.db'), { readonly: true });
  const rows = database.prepare(query).all() as T[];
  database.close();
  return rows;
}

describe('the chain of the journal', () => {
  it('B2 is SHA-256 over the hash before and what json_array makes of the row', () => {
    const { folder } = writeJournal(scratch(), 30);
    const rows = read<{ text: string; h: Uint8Array }>(
      folder,
      `SELECT json_array(seq, id, t, ts, mono, boot, cause, slot, parcel, data) AS text, h
       FROM journal ORDER BY seq`,
    );
    let prev: Uint8Array = new Uint8Array(32);
    expect(rows.length).toBeGreaterThan(30);
    for (const { text, h } of rows) {
      prev = createHash('sha256').update(prev).update(text).digest();
      expect(Buffer.from(h).equals(prev)).toBe(true);
    }
  });

  it('B2 has its hash and its checkpoint in the transaction of the row', async () => {
    const folder = scratch();
    const { store, recorder } = opened(folder);
    store.transaction(() => recorder.record({ t: 'test.first' }));
    const head = store.journal.head();
    expect(() =>
      store.transaction(() => {
        recorder.record({ t: 'parcel.stored' });
        throw new Error('the disk is full');
      }),
    ).toThrow('the disk is full');
    expect(store.journal.head()).toEqual(head);
    store.transaction(() => recorder.record({ t: 'test.second' }));
    store.transaction(() => recorder.record({ t: 'parcel.stored' }));
    store.close();
    const types = read<{ t: string }>(folder, 'SELECT t FROM journal ORDER BY seq');
    expect(types.map(({ t }) => t)).toEqual([
      'audit.began',
      'test.first',
      'audit.checkpoint',
      'test.second',
      'parcel.stored',
      'audit.checkpoint',
    ]);
    expect((await audit(join(folder, 'lockerd.db'), [publicKeyOf(folder)])).found).toEqual([]);
  });

  it('B2 a checkpoint needs no rows of its own transaction to be long', () => {
    const folder = scratch();
    const { store, recorder } = opened(folder);
    store.transaction(() => {
      for (let count = 0; count < 1_000; count += 1) recorder.record({ t: 'test.noted' });
    });
    for (let count = 0; count < 200; count += 1) {
      store.transaction(() => recorder.record({ t: 'test.noted' }));
    }
    store.close();
    const sealed = read<{ seq: number }>(folder, 'SELECT seq FROM journal WHERE sig IS NOT NULL');
    expect(sealed.map(({ seq }) => seq)).toEqual([1_002, 1_025, 1_089, 1_153]);
  });

  it('B2 what is kept for later goes before the next row, and is lost with a crash', () => {
    const folder = scratch();
    const { store, recorder } = opened(folder);
    recorder.later({ t: 'pulse.result', slot: 'L/1' });
    expect(store.journal.tail(9)).toEqual([]);
    store.transaction(() => recorder.record({ t: 'slot.opened', slot: 'L/1' }));
    const types = store.journal.tail(9).map(({ t }) => t);
    expect(types).toEqual(['audit.began', 'pulse.result', 'slot.opened', 'audit.checkpoint']);
    store.close();
  });
});

describe('a database from before the chain', () => {
  it('B2 keeps its rows, unchained, and a row says where the chain begins', async () => {
    const folder = scratch();
    const old = new Database(join(folder, 'lockerd.db'));
    old.exec(MIGRATIONS[0] ?? '');
    old.pragma(`application_id = ${APPLICATION_ID}`);
    old.pragma('user_version = 1');
    const { id, t, mono, boot, data } = plainRow('kiosk.started');
    const insert = old.prepare(
      'INSERT INTO journal (id, t, ts, mono, boot, data) VALUES (?, ?, 1, ?, ?, ?)',
    );
    for (let count = 0; count < 70; count += 1) insert.run(id, t, mono, boot, JSON.stringify(data));
    old.close();
    const { store, recorder } = opened(folder);
    expect(store.journal.tail(100)).toHaveLength(70);
    expect(store.journal.head()).toBeNull();
    store.transaction(() => recorder.started());
    expect(store.journal.tail(4).map((row) => row.t)).toEqual([
      'audit.began',
      'kiosk.gap',
      'kiosk.started',
      'audit.checkpoint',
    ]);
    expect(store.journal.head()?.seq).toBe(74);
    store.close();
    const { found, noted, verdict } = await audit(join(folder, 'lockerd.db'), [
      publicKeyOf(folder),
    ]);
    expect(found).toEqual([]);
    expect(noted).toEqual(['unchained 71', 'unwatched 72']);
    expect(verdict.sealedTo).toBe(74);
  });
});
