import type { Random, Seal } from '../control/ports.ts';
import type { CommandRecord, IntentRecord, Restored, Store } from '../control/store-port.ts';
import type { BudgetRecord } from '../domain/budget.ts';
import { type ParcelRecord, tailOf } from '../domain/parcel.ts';
import type { PersonRecord } from '../domain/person.ts';
import type { SlotRecord } from '../domain/slot.ts';
import { copyNow, copyOnline } from './backup.ts';
import { hex } from './chain.ts';
import { type Connection, LOG_PAGES, openDatabase } from './database.ts';
import { guarded, type StoreFailed } from './errors.ts';
import { grantTable } from './grant-table.ts';
import { journalTables, type Watch } from './journal.ts';
import { noticeTable } from './notice-table.ts';
import { outageTable } from './outage-table.ts';
import { Reserve } from './reserve.ts';
import { retentionTable } from './retention-table.ts';
import { Snapshots } from './snapshots.ts';

const EPOCH_BYTES = 8;
const FRUGAL_LOG_PAGES = 16;

export interface OpenStore extends Store {
  /** Checkpoints and closes; the store must not be used afterwards. */
  close(): void;
  /** Copies the database while it is in use, as {@link copyOnline}. */
  copy(version?: string): Promise<string>;
}

interface Around {
  /** Where copies go; one is made before the schema changes. */
  readonly snapshots?: Snapshots;
  /** Told, before the call throws, when the disk fails. */
  readonly failed?: (error: StoreFailed) => void;
  /** Kept free for the day on which the disk is full. */
  readonly ballastBytes?: number;
  /** Told when the disk is full, and when it has room again. */
  readonly filled?: (isFull: boolean) => void;
}

/**
 * Opens the kiosk's database at `path`, creating it when there is none; `seal` chains its journal,
 * `random` names its epoch.
 * @throws StoreRefused when it is in use, newer than this program, or not ours; StoreDamaged.
 */
export function openStore(
  path: string,
  seal: Seal,
  random: Random,
  {
    snapshots = new Snapshots(`${path}.backups`),
    failed = () => {},
    ballastBytes = 0,
    filled = () => {},
  }: Around = {},
): OpenStore {
  const database = openDatabase(path, (old) => copyNow(old, snapshots));
  const { watch, ...journal } = journalTables(database, seal);
  const reserve = new Reserve(path, ballastBytes, (isUsed) => {
    beFrugal(database, isUsed);
    filled(isUsed);
  });
  const tables = {
    epoch: epochOf(database, random),
    isDiskFull: () => reserve.look(),
    restore: restoreOf(database),
    transaction: transactions(database, watch, () => reserve.ease()),
    slots: slotTable(database),
    parcels: parcelTable(database),
    grants: grantTable(database),
    intents: intentTable(database),
    ...journal,
    clock: clockTable(database),
    outages: outageTable(database),
    budgets: budgetTable(database),
    people: peopleTable(database),
    notices: noticeTable(database, bodies(database, 'notices')),
    commands: commandTable(database),
    kept: keptTable(database),
    retention: retentionTable(database),
    close: () => void database.close(),
  };
  return {
    ...guarded(tables, { failed, full: () => reserve.giveUp() }),
    copy: (version) => copyOnline(database, snapshots, version),
  };
}

/** On a full disk the log must not grow: its space is used again after a few commits. */
function beFrugal(database: Connection, isFull: boolean): void {
  const pages = isFull ? FRUGAL_LOG_PAGES : LOG_PAGES;
  database.pragma(`wal_autocheckpoint = ${pages}`);
  if (isFull) database.pragma('wal_checkpoint(PASSIVE)');
}

/** Begins an epoch where none was begun since the database was made or restored. */
function epochOf(database: Connection, random: Random): string {
  const query = database.prepare('SELECT epoch FROM identity');
  const { epoch } = query.get() as { epoch: string | null };
  if (epoch !== null) return epoch;
  const fresh = hex(random.bytes(EPOCH_BYTES));
  database.prepare('UPDATE identity SET epoch = ?').run(fresh);
  return fresh;
}

function restoreOf(database: Connection): Store['restore'] {
  const found = database.prepare('SELECT restored FROM identity');
  const booked = database.prepare('UPDATE identity SET restored = NULL');
  return {
    found: () => {
      const { restored } = found.get() as { restored: string | null };
      return restored === null ? null : (JSON.parse(restored) as Restored);
    },
    booked: () => void booked.run(),
  };
}

function transactions(
  database: Connection,
  watch: Watch,
  before: () => void,
): Store['transaction'] {
  const run = database.transaction((work: () => unknown) => watch.during(work)).immediate;
  return <T>(work: () => T): T => {
    if (database.inTransaction) return work();
    before();
    const result = run(work) as T;
    watch.after();
    return result;
  };
}

function slotTable(database: Connection): Store['slots'] {
  const table = bodies<SlotRecord>(database, 'slots');
  const all = table.where('true');
  return { all: () => all(), put: (slot) => table.put(slot.id, slot) };
}

function parcelTable(database: Connection): Store['parcels'] {
  const table = bodies<ParcelRecord>(database, 'parcels');
  const put = database.prepare(
    `INSERT INTO parcels (id, tail, body) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
  );
  const forget = database.prepare(
    `UPDATE parcels SET body = json_remove(json_set(body, '$.codeHash', null,
       '$.secondHash', null), '$.nextCodeHash')
     WHERE code_hash IS NOT NULL AND ended_at < ?`,
  );
  const lies = table.one('slot IS NOT NULL AND recipient = ?');
  const all = table.where('true ORDER BY id DESC LIMIT ?');
  const ofStatus = table.where('status = ? ORDER BY id DESC LIMIT ?');
  const counts = database.prepare('SELECT status, count(*) AS n FROM parcels GROUP BY status');
  return {
    get: table.get,
    put: (parcel) => {
      put.run(parcel.id, tailOf(parcel.label ?? ''), JSON.stringify(parcel));
    },
    byCode: table.one('code_hash = ?'),
    byNextCode: table.one('next_code_hash = ?'),
    byGrantName: table.one('substr(id, -12) = ?'),
    byRef: table.one('ref = ?'),
    list: (status, limit) => (status === null ? all(limit) : ofStatus(status, limit)),
    storedFor: table.where(`recipient = ? AND status = 'stored' AND slot IS NOT NULL`),
    liesFor: (recipient) => lies(recipient) !== null,
    stored: table.where(`status = 'stored' AND slot IS NOT NULL`),
    recallable: table.where(
      `carrier = ? AND status IN ('expired', 'cancelled') AND slot IS NOT NULL`,
    ),
    reserved: table.where(
      `status = 'pending' AND body ->> 'reservedUntilWall' IS NOT NULL ORDER BY id`,
    ),
    pendingByTail: table.where(`status = 'pending' AND carrier = ? AND tail = ?
       ORDER BY body ->> 'label'`),
    untold: table.where(`status = 'stored' AND slot IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM notices
         WHERE notices.parcel = parcels.id AND notices.state = 'accepted'
           AND notices.body ->> 'hasCode'
       ) ORDER BY id LIMIT ?`),
    forgetNumbers: (endedBeforeWall) => void forget.run(Math.floor(endedBeforeWall)),
    countByStatus: () => {
      const rows = counts.all() as { status: string; n: number }[];
      return Object.fromEntries(rows.map((row) => [row.status, row.n]));
    },
  };
}

function intentTable(database: Connection): Store['intents'] {
  const table = bodies<IntentRecord>(database, 'intents');
  return { get: table.get, put: (intent) => table.put(intent.id, intent) };
}

function clockTable(database: Connection): Store['clock'] {
  const put = database.prepare('UPDATE clock SET floor_ms = ?, was_doubted = ?');
  const get = database.prepare(
    `SELECT was_doubted AS wasDoubted, max(
       floor_ms,
       coalesce((SELECT ts FROM journal ORDER BY seq DESC LIMIT 1), 0),
       coalesce((SELECT until ->> '$.wallMs' FROM served), 0)
     ) AS floorMs FROM clock`,
  );
  return {
    get: () => {
      const { floorMs, wasDoubted } = get.get() as { floorMs: number; wasDoubted: number };
      return { floorMs, wasDoubted: wasDoubted === 1 };
    },
    put: ({ floorMs, wasDoubted }) => void put.run(Math.floor(floorMs), wasDoubted ? 1 : 0),
  };
}

function budgetTable(database: Connection): Store['budgets'] {
  const table = bodies<BudgetRecord>(database, 'budgets', 'name');
  return { get: table.get, put: table.put };
}

function peopleTable(database: Connection): Store['people'] {
  const table = bodies<PersonRecord>(database, 'people');
  const cloud = database.prepare(
    `SELECT id FROM people WHERE body ->> 'origin' = 'cloud' ORDER BY id`,
  );
  const remove = database.prepare('DELETE FROM people WHERE id = ?');
  const withPin = table.where(`body ->> 'pinHash' IS NOT NULL`);
  return {
    get: table.get,
    put: (person) => table.put(person.id, person),
    fromCloud: () => (cloud.all() as { id: string }[]).map(({ id }) => id),
    remove: (id) => void remove.run(id),
    byStaff: table.one('staff_hash = ?'),
    withPin,
    byPhone: table.one('phone_hash = ?'),
    list: table.where(`body ->> 'role' = ? ORDER BY id LIMIT ?`),
  };
}

function commandTable(database: Connection): Store['commands'] {
  const table = bodies<CommandRecord>(database, 'commands');
  // The plus keeps the planner off the index of all that ever finished.
  const forget = database.prepare('DELETE FROM commands WHERE +seq <= ? AND received_at < ?');
  return {
    get: table.get,
    put: (command) => table.put(command.id, command),
    open: table.where('seq IS NULL ORDER BY id'),
    finishedAfter: table.where('seq > ? ORDER BY seq LIMIT ?'),
    forget: (upto, receivedBeforeWall) => {
      forget.run(upto, Math.floor(receivedBeforeWall));
    },
  };
}

function keptTable(database: Connection): Store['kept'] {
  const table = bodies<unknown>(database, 'kept', 'name');
  return { get: table.get, put: table.put };
}

/** A table whose records are JSON in `body`, under an `id`. */
interface Bodies<T> {
  get(id: string): T | null;
  put(id: string, record: T): void;
  /** Records by one condition on the table's columns, e.g. `status = ?`. */
  where(condition: string): (...values: readonly unknown[]) => T[];
  one(condition: string): (...values: readonly unknown[]) => T | null;
}

interface Row {
  readonly body: string;
}

/** `key` names the primary key; table and conditions are constants of this layer, never input. */
function bodies<T>(database: Connection, table: string, key = 'id'): Bodies<T> {
  const parse = (row: unknown): T => JSON.parse((row as Row).body) as T;
  const upsert = database.prepare(
    `INSERT INTO ${table} (${key}, body) VALUES (?, ?)
     ON CONFLICT (${key}) DO UPDATE SET body = excluded.body`,
  );
  const where = (condition: string) => {
    const query = database.prepare(`SELECT body FROM ${table} WHERE ${condition}`);
    return (...values: readonly unknown[]) => query.all(...values).map(parse);
  };
  const one = (condition: string) => {
    const query = database.prepare(`SELECT body FROM ${table} WHERE ${condition} LIMIT 1`);
    return (...values: readonly unknown[]) => {
      const row = query.get(...values);
      return row === undefined ? null : parse(row);
    };
  };
  const get = one(`${key} = ?`);
  return {
    get,
    put: (id, record) => void upsert.run(id, JSON.stringify(record)),
    where,
    one,
  };
}
