import { seededRandom } from '../sim/random.ts';
import { openPeople } from '../src/compose/maintenance.ts';
import type { Config } from '../src/config/config.ts';
import { uuid7 } from '../src/control/recorder.ts';
import type { Store } from '../src/control/store-port.ts';
import { newHold } from '../src/domain/hold.ts';
import type { ParcelRecord } from '../src/domain/parcel.ts';
import { newSlot } from '../src/domain/slot.ts';
import { openSeal } from '../src/platform/audit-key.ts';
import { systemClock } from '../src/platform/clock.ts';
import { createLog } from '../src/platform/log.ts';
import { systemTimeSync } from '../src/platform/time-sync.ts';
import { type OpenStore, openStore } from '../src/store/open-store.ts';

/** A kiosk three quarters full is a good day. */
const FULL_SHARE = 0.75;
const ROWS_PER_COMMIT = 5_000;
const FACTS = ['intent.armed', 'slot.opened', 'slot.closed', 'parcel.retrieved'];
const DAY_MS = 86_400_000;

const random = seededRandom(1);
/** As the cloud and the kiosk make them: those of one time stand together in every index. */
const newUuid = (): string => uuid7(Date.now(), random.bytes(10));
const newId = (): string => Buffer.from(random.bytes(16)).toString('hex');

/** Makes the database of a kiosk that has run for long: most slots full, and a long journal. */
export function fillStore(config: Config, journalRows: number): void {
  commission(config);
  const store = openStore(config.database.path, openSeal(config.keys.audit, false), random);
  const slots = config.lockers.flatMap(({ id, slots }) => slots.map((slot) => `${id}/${slot.id}`));
  store.transaction(() => {
    for (const [index, slot] of slots.entries()) {
      if (index < slots.length * FULL_SHARE) putParcel(store, slot);
      else store.slots.put({ ...newSlot(slot), door: 'closed' });
    }
  });
  for (let from = 0; from < journalRows; from += ROWS_PER_COMMIT) {
    store.transaction(() => {
      for (let row = from; row < from + ROWS_PER_COMMIT; row += 1) {
        putJournalRow(store, row, slots[row % slots.length] ?? '');
      }
    });
  }
  store.close();
}

/** The first start makes the keys; beside a database that is there, it would refuse to. */
function commission(config: Config): void {
  const times = { clock: systemClock(), timeSync: systemTimeSync() };
  const world = { ...times, random, log: createLog('warn'), transports: {} };
  openPeople(config, world).close();
}

/** Parcels that were collected long ago, with the numbers that nobody has any more. */
export function putHistory(store: Store, parcels: number): void {
  for (let from = 0; from < parcels; from += ROWS_PER_COMMIT) {
    store.transaction(() => {
      for (let row = 0; row < ROWS_PER_COMMIT; row += 1) {
        const parcel = storedParcel('');
        const gone = { slot: null, status: 'retrieved', custody: 'handed_over' } as const;
        store.parcels.put({ ...parcel, ...gone, endedAtWall: Date.now() });
      }
    });
  }
}

/**
 * What so many opens from afar leave behind: the command and its one result, the intent, and five
 * rows of the journal, all of which the cloud has acknowledged.
 */
export function fillCommands(config: Config, commands: number): void {
  commission(config);
  const store = openStore(config.database.path, openSeal(config.keys.audit, false), random);
  const slots = config.lockers.flatMap(({ id, slots }) => slots.map((slot) => `${id}/${slot.id}`));
  const perCommit = ROWS_PER_COMMIT / OPEN_FACTS.length;
  for (let from = 0; from < commands; from += perCommit) {
    store.transaction(() => {
      let last = 0;
      for (let command = from; command < from + perCommit; command += 1) {
        last = putOpen(store, slots[command % slots.length] ?? '');
      }
      store.outbox.prune(last);
      store.kept.put('cloud.acked', last);
    });
  }
  store.close();
}

const OPEN_FACTS = [
  'command.accepted',
  'intent.armed',
  'slot.opened',
  'slot.closed',
  'command.finished',
];

function putOpen(store: OpenStore, slot: string): number {
  const [id, intent, boot] = [newUuid(), newUuid(), newUuid()];
  let last = 0;
  for (const t of OPEN_FACTS) {
    last = store.journal.append({
      ...{ id: newId(), t, tsWall: Date.now(), mono: 0, clk: 'synced', clkErrorMs: 50, boot, slot },
      ...{ cause: `intent:${intent}`, parcel: null, data: { grade: 'sensed', cmd: id } },
    });
  }
  store.intents.put({
    ...{ id: intent, slot, purpose: 'service', parcel: null, cause: `session:${newId()}` },
    ...{ authority: `command:${id}`, slotRev: 1, armedAtMono: 0, boot, state: 'CLOSED' },
  });
  const payload = JSON.stringify({ v: 1, id, t: 'slot.open', k: 'BENCH', d: { slot } });
  const result = JSON.stringify({ v: 1, id: newId(), t: 'command.result', d: { cmd: id, slot } });
  store.commands.put({
    ...{ id, type: 'slot.open', digest: newId().repeat(2), payload, result, boot },
    ...{ receivedAtWall: Date.now(), state: 'finished', finishedSeq: last },
  });
  return last;
}

function putParcel(store: OpenStore, slot: string): void {
  const parcel = storedParcel(slot);
  store.parcels.put(parcel);
  const content = { state: 'occupied', parcel: parcel.id, content: 'full' } as const;
  store.slots.put({ ...newSlot(slot), ...content, door: 'closed', rev: 4 });
}

export function storedParcel(slot: string): ParcelRecord {
  return {
    ...{ id: newId(), ref: 'ABC234', status: 'stored', custody: 'in_slot', slot, size: 'M' },
    ...{ carrier: 'acme', label: null, recipient: newId(), policy: 'code+otp', said: null },
    ...{ load: {}, reservedUntilWall: null, gen: 0, lastGen: 0 },
    ...{ codeHash: newId().repeat(2), secondHash: newId().repeat(2), secondMisses: 0 },
    hold: { ...newHold(5 * DAY_MS, DAY_MS), told: true },
    ...{ createdAtWall: Date.now(), storedAtWall: Date.now(), endedAtWall: null },
  };
}

function putJournalRow(store: OpenStore, row: number, slot: string): void {
  store.journal.append({
    ...{ id: newId(), t: FACTS[row % FACTS.length] ?? '', tsWall: Date.now(), mono: row },
    ...{ clk: 'synced', clkErrorMs: 50 },
    ...{ boot: newId(), cause: `intent:${newId()}`, slot, parcel: newId() },
    data: { grade: 'sensed', acknowledged: true, rev: row },
  });
}
