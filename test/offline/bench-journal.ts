import { join } from 'node:path';
import { seededRandom } from '../../sim/random.ts';
import { SimTimeSync } from '../../sim/time-sync.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { KeptClock } from '../../src/control/clock.ts';
import { Recorder } from '../../src/control/recorder.ts';
import type { JournalRow } from '../../src/control/store-port.ts';
import { verifyJournal } from '../../src/offline/verify-journal.ts';
import { openSeal, openSealCheck } from '../../src/platform/audit-key.ts';
import { link } from '../../src/store/chain.ts';
import { type FileRow, openJournalFile } from '../../src/store/journal-file.ts';
import { openStore } from '../../src/store/open-store.ts';
import { publicKeyOf } from './audits.ts';

/** A journal that was written, its rows in memory to be tampered with, and its public key. */
interface Journal {
  readonly folder: string;
  readonly path: string;
  readonly key: string;
  readonly rows: readonly FileRow[];
  readonly head: string;
}

/** What an odd minute at a kiosk might leave: text that needs care wherever it is quoted. */
const ODD = [
  'plain',
  'a "quote" and a \\ \\" slash',
  'línea\nnueva\t\u0001\u007f',
  '📦 \u2028 \ud800',
];

/** Writes a journal of about so many rows, three to a transaction; the last ones are unsealed. */
export function writeJournal(folder: string, count: number): Journal {
  const path = join(folder, 'lockerd.db');
  const seal = openSeal(join(folder, 'device.audit.key'), true);
  const store = openStore(path, seal, seededRandom(1));
  const clock = new VirtualClock();
  const kept = new KeptClock(clock, new SimTimeSync(), store.clock.get());
  const recorder = new Recorder(store, kept, seededRandom(1));
  store.transaction(() => recorder.started());
  for (let index = 0; index < count; index += 3) {
    clock.advance(1_000);
    const [slot, cause, data] = [`LOCK1/${index % 7}`, 'session:S', { said: ODD[index % 4] }];
    store.transaction(() => {
      recorder.record({ t: 'test.happened', slot, cause, parcel: `P${index}`, data });
      recorder.record({ t: index % 30 === 0 ? 'parcel.stored' : 'test.ended', slot });
      recorder.record({ t: 'test.noted', data });
    });
  }
  const last = store.journal.head();
  store.close();
  const file = openJournalFile(path);
  const rows = [...file.rows()];
  file.close();
  return { folder, path, key: publicKeyOf(folder), rows, head: `${last?.seq}:${last?.hash}` };
}

/** What an audit of these rows finds, as `kind row`. */
export async function findings(
  journal: Journal,
  rows: readonly FileRow[],
  head?: string,
): Promise<string[]> {
  const found: string[] = [];
  const [seq, hash = ''] = head?.split(':') ?? [];
  const given = head === undefined ? null : { seq: Number(seq), hash };
  await verifyJournal(rows, openSealCheck([journal.key]), given, {
    finding: (kind, row) => void found.push(`${kind} ${row}`),
    note: () => {},
  });
  return found;
}

/** The rows with new numbers from 1, as if none had ever been missing. */
export function renumbered(rows: readonly FileRow[]): FileRow[] {
  return rows.map((row, index) => ({ ...row, seq: index + 1 }));
}

/** All hashes from row `from` on made anew, as whoever has no audit key can do it. */
export function rehashed(journal: Journal, rows: readonly FileRow[], from: number): FileRow[] {
  const check = openSealCheck([journal.key]);
  let prev = rows[from - 2]?.h as Uint8Array;
  return rows.map((row) => {
    if (row.seq < from) return row;
    prev = link(check, prev, row);
    return { ...row, h: prev };
  });
}

/** A row as a use case would write it. */
export function plainRow(t: string): JournalRow {
  const [id, boot] = ['0190-row', '0190-boot'];
  const times = { tsWall: 1, clk: 'synced', clkErrorMs: 50, mono: 1 } as const;
  return { id, t, ...times, boot, cause: null, slot: null, parcel: null, data: {} };
}
