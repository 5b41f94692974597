import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { openSeal } from '../../src/platform/audit-key.ts';
import { checkpointBytes } from '../../src/store/chain.ts';
import type { FileRow } from '../../src/store/journal-file.ts';
import { audit, publicKeyOf } from './audits.ts';
import { findings, rehashed, renumbered, writeJournal } from './bench-journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockerd-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const journal = writeJournal(folder, 90);
const { rows, key, path, head } = journal;
const PAGE_BYTES = 4_096;
const last = rows.length;
const sealed = rows.filter(({ sig }) => sig !== null).map(({ seq }) => seq);
const sealedTo = sealed.at(-1) ?? 0;

const seqs = rows.map(({ seq }) => seq);
const COLUMNS = ['id', 't', 'ts', 'mono', 'boot', 'cause', 'slot', 'parcel', 'data', 'h'] as const;

function flipped(value: unknown): unknown {
  if (value === null) return 'x';
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return `${value.slice(0, -1)}~`;
  const bytes = Uint8Array.from(value as Uint8Array);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes;
}

const with1 = (seq: number, change: Partial<FileRow>): FileRow[] =>
  rows.map((row) => (row.seq === seq ? { ...row, ...change } : row));

describe('B2 a journal that nobody touched', () => {
  it('B2 is without a finding, and its last rows are noted as unsealed', async () => {
    const { found, noted, verdict } = await audit(path, [key], head);
    expect(found).toEqual([]);
    expect(noted).toEqual([`unsealed ${last}`]);
    expect(verdict).toMatchObject({ rows: last, sealedTo, head, checkpoints: sealed.length });
    expect(sealedTo).toBeLessThan(last);
    expect(sealedTo).toBeGreaterThan(last - 64 - 3);
  });

  it('B2 has a checkpoint after each custody commit, each start and every 64th row', async () => {
    const whys = ['kiosk.started', 'parcel.stored'];
    for (const [index, row] of rows.entries()) {
      if (!whys.includes(row.t)) continue;
      const after = rows.slice(index, index + 4).map(({ t }) => t);
      expect(after).toContain('audit.checkpoint');
    }
    const gaps = sealed.map((seq, index) => seq - (sealed[index - 1] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(64 + 3);
    expect(sealed.some((seq) => rows[seq - 2]?.t === 'test.noted')).toBe(true);
  });
});

describe('B2 a row that was changed', () => {
  it.each(COLUMNS)('B2 in its column %s is named, whichever row it is', async (column) => {
    for (const seq of seqs) {
      const row = rows[seq - 1];
      const found = await findings(journal, with1(seq, { [column]: flipped(row?.[column]) }));
      if (seq === 1 && column === 't') expect(found).toContain('start 1');
      else expect(found).toEqual([`changed ${seq}`]);
    }
  });

  it('B2 in its number leaves a hole, or a number that is there twice', async () => {
    for (const seq of seqs.slice(0, -1)) {
      const moved = with1(seq, { seq: last + 9 }).sort((a, b) => a.seq - b.seq);
      expect(await findings(journal, moved)).toContain(`missing ${seq + 1}`);
    }
  });

  it('B2 in its signature is named: changed, removed or put where none belongs', async () => {
    for (const seq of seqs) {
      const { sig } = rows[seq - 1] as FileRow;
      const changed = await findings(journal, with1(seq, { sig: flipped(sig) }));
      if (sealed.includes(seq) && seq === sealedTo) expect(changed).toEqual([`rewritten ${seq}`]);
      else expect(changed).toEqual([`changed ${seq}`]);
      if (sig !== null) expect(await findings(journal, with1(seq, { sig: null }))).toEqual(changed);
    }
  });

  it('B2 with its hash made anew to fit is found at the row behind it', async () => {
    const altered = with1(20, { data: '{"said":"nothing"}' });
    const one = rehashed(journal, altered, 20).map((row) =>
      row.seq > 20 ? altered[row.seq - 1] : row,
    );
    expect(await findings(journal, one as FileRow[])).toEqual(['changed 21']);
  });
});

describe('B2 rows that were removed, moved or put in', () => {
  it('B2 a hole is named, wherever it is', async () => {
    for (const seq of seqs.slice(0, -1)) {
      const rest = rows.filter((row) => row.seq !== seq);
      expect(await findings(journal, rest)).toContain(`missing ${seq + 1}`);
    }
    expect(await findings(journal, rows.slice(10))).toEqual(['missing 11', 'start 11']);
  });

  it('B2 a hole that was closed by new numbers is found from there on', async () => {
    const closed = renumbered(rows.filter((row) => row.seq !== 30));
    expect((await findings(journal, closed)).slice(0, 2)).toEqual(['changed 30', 'moved 31']);
    expect((await findings(journal, closed)).length).toBeGreaterThan(last - 40);
  });

  it('B2 two rows that changed places are named both', async () => {
    for (const seq of seqs.slice(0, -1)) {
      const swapped = rows.map((row) => {
        if (row.seq === seq) return { ...rows[seq], seq } as FileRow;
        return row.seq === seq + 1 ? { ...(rows[seq - 1] as FileRow), seq: seq + 1 } : row;
      });
      const found = await findings(journal, swapped);
      if (seq > 1) expect(found).toEqual([`moved ${seq}`, `moved ${seq + 1}`]);
      else expect(found).toContain('start 1');
    }
  });

  it('B2 a row put in is named, and so are those that it pushed on', async () => {
    const alien = { ...(rows[39] as FileRow), id: 'alien', data: '{}' };
    const found = await findings(
      journal,
      renumbered([...rows.slice(0, 40), alien, ...rows.slice(40)]),
    );
    expect(found.slice(0, 2)).toEqual(['changed 41', 'moved 42']);
  });

  it('B2 a journal without rows, or without a chain, is not taken for one', async () => {
    expect(await findings(journal, [])).toEqual(['start 0']);
    const bare = rows.map((row) => ({ ...row, h: null, sig: null, t: `x${row.t}` }));
    expect(await findings(journal, bare)).toEqual([`start ${last}`]);
  });
});

describe('B2 a tail that was cut off', () => {
  it('B2 is found by a head that somebody has kept, however much of it is missing', async () => {
    for (const seq of seqs.slice(1, -1)) {
      expect(await findings(journal, rows.slice(0, seq), head)).toContain(`cut ${seq}`);
    }
    const other = rehashed(journal, with1(last, { t: 'x' }), last);
    expect(await findings(journal, other, head)).toEqual([`cut ${last}`]);
  });

  it('B2 is not found without a head: what is left is a good journal', async () => {
    expect(await findings(journal, rows.slice(0, sealedTo))).toEqual([]);
    expect(await findings(journal, rehashed(journal, with1(last, { t: 'x' }), last))).toEqual([]);
  });
});

describe('B2 a journal that was written anew', () => {
  const from = 20;
  const before = sealed.filter((seq) => seq < from).at(-1) ?? 0;

  it('B2 without the key: the rows behind the last good checkpoint are named', async () => {
    const anew = rehashed(journal, with1(from, { slot: 'LOCK1/9' }), from);
    expect(before).toBeGreaterThan(0);
    expect(await findings(journal, anew)).toEqual([`rewritten ${sealedTo}`]);
  });

  it('B2 with another key: no different, unless that key is given as well', async () => {
    const forger = openSeal(join(folder, 'forger.audit.key'), true);
    const anew = rehashed(journal, with1(from, { slot: 'LOCK1/9' }), from).map((row) =>
      row.seq < from || row.sig === null
        ? row
        : { ...row, sig: forger.sign(checkpointBytes(row.seq, row.h as Uint8Array)) },
    );
    expect(await findings(journal, anew)).toEqual([`rewritten ${sealedTo}`]);
    expect(await findings(journal, anew, head)).toEqual([`cut ${last}`, `rewritten ${sealedTo}`]);
  });
});

describe('B2 a file', () => {
  const copy = (name: string): string => {
    const to = join(folder, name);
    copyFileSync(path, to);
    return to;
  };

  it('B2 is not changed by an audit, to the byte', async () => {
    const audited = copy('audited.db');
    const before = readFileSync(audited);
    expect((await audit(audited, [key])).found).toEqual([]);
    expect(readFileSync(audited).equals(before)).toBe(true);
  });

  it('B2 that was edited by hand is found out', async () => {
    const edited = copy('edited.db');
    const database = new Database(edited);
    database.exec("UPDATE journal SET slot = 'LOCK1/12' WHERE seq = 17");
    database.exec('DELETE FROM outbox; DELETE FROM journal WHERE seq BETWEEN 50 AND 52');
    database.close();
    expect((await audit(edited, [key])).found).toEqual(['changed 17', 'missing 53']);
  });

  it('B2 with damaged pages is read as far as it goes', async () => {
    const damaged = copy('damaged.db');
    const bytes = readFileSync(damaged);
    const page = Math.floor(bytes.indexOf(rows[80]?.id ?? '') / PAGE_BYTES);
    writeFileSync(damaged, bytes.fill(0, page * PAGE_BYTES, (page + 1) * PAGE_BYTES));
    const { found, verdict } = await audit(damaged, [key]);
    expect(found).toEqual([`damaged ${verdict.rows}`]);
    expect(verdict.rows).toBeLessThan(81);
    expect(verdict.rows).toBeGreaterThan(0);
  });

  it.each([
    ['that is missing', () => join(folder, 'nowhere.db'), 'there is no file'],
    ['of text', () => publicKeyOf(folder), 'cannot be read'],
    ['of another program', () => foreign('PRAGMA user_version = 2'), 'not a database of lockerd'],
    [
      'from before the chain',
      () => foreign('PRAGMA application_id = 0x4c4b5244; PRAGMA user_version = 1'),
      'has schema 1',
    ],
    [
      'without a journal',
      () => foreign('PRAGMA application_id = 0x4c4b5244; PRAGMA user_version = 2'),
      'no such table',
    ],
  ])('B2 %s is refused as no journal', async (_what, make, why) => {
    await expect(audit(make(), [key])).rejects.toThrow(
      expect.objectContaining({
        name: 'NotAJournal',
        exitStatus: 65,
        message: expect.stringContaining(why),
      }),
    );
  });

  function foreign(sql: string): string {
    const made = join(mkdtempSync(join(folder, 'foreign-')), 'some.db');
    const database = new Database(made);
    database.exec(`CREATE TABLE t (x); ${sql}`);
    database.close();
    return made;
  }
});
