import { existsSync } from 'node:fs';
import { families } from '../hardware/index.ts';
import { busPlans, type OpenPort, wiringTable } from './boards.ts';
import { type Config, sitePlan } from './config/config.ts';
import { NotCommissioned } from './config/errors.ts';
import { loadConfig } from './config/load.ts';
import { wiringOf } from './config/wiring.ts';
import { Budgets } from './control/budgets.ts';
import { Cancel } from './control/cancel.ts';
import { Collect } from './control/collect.ts';
import { Commission } from './control/commission.ts';
import { type DoorMap, doorMap, mapObstacle } from './control/commission-map.ts';
import type { Fitter } from './control/commission-ports.ts';
import { Deposit } from './control/deposit.ts';
import { DoorWatch } from './control/door-watch.ts';
import { Holds } from './control/holds.ts';
import { Ledger } from './control/ledger.ts';
import { Notices } from './control/notices.ts';
import { Numbers } from './control/numbers.ts';
import { OpenSlot } from './control/open-slot.ts';
import { People } from './control/people.ts';
import type { Clock, Log, Random } from './control/ports.ts';
import { Recall } from './control/recall.ts';
import { Recorder } from './control/recorder.ts';
import { Sessions } from './control/sessions.ts';
import { SignIn } from './control/sign-in.ts';
import { Supervisor } from './control/supervisor.ts';
import { scanBus } from './device/bus-scan.ts';
import { LockBank } from './device/lock-bank.ts';
import type { SlotEventBody } from './domain/slot-events.ts';
import { slotStepper } from './domain/slot-machine.ts';
import { SLOT_TIMES } from './domain/slot-times.ts';
import { en } from './kiosk/messages/en.ts';
import { Panel } from './kiosk/panel.ts';
import { type Transports, teller } from './notify/teller.ts';
import { openSeal } from './platform/audit-key.ts';
import { fingerprint, readSealed } from './platform/sealed-file.ts';
import { openVault } from './platform/vault.ts';
import { isChained } from './store/database.ts';
import { openStore } from './store/open-store.ts';

/** What differs between a kiosk in a street and one in a simulation. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Opens the port of a bus, by what the config calls it; that very port unless given. */
  readonly openPort?: OpenPort;
  readonly transports: Transports;
}

/** The config of a file, checked against the boards that this program can talk to. */
export const readConfig = (path: string): Config => loadConfig(path, families);

export type App = ReturnType<typeof startApp>;

/**
 * Builds the kiosk and starts it: the store is opened, every board is switched off and read, the
 * readings are held against the records (R20); then `onServing` is called.
 * @throws StoreRefused when the database is in use, newer than this program, or not ours.
 * @throws NotCommissioned in production, when there is no door map that fits the config.
 */
export function startApp(config: Config, world: World, onServing: () => void) {
  const { clock, log } = world;
  if (config.site.production) checkDoorMap(config);
  const core = composeCore(config, world);
  const { store, recorder, supervisor, notices } = core;
  const locks = lockBank(config, world);
  const cases = composeCases(config, world, core, locks);
  const holds = new Holds({ store, supervisor, notices, recorder, clock });
  const doors = new DoorWatch(supervisor, store, log, () => {
    log.info('serving', { slots: supervisor.all().length });
    holds.start();
    onServing();
  });
  store.transaction(() => recorder.started());
  locks.start(doors, (t, data) => {
    log.warn(t, data);
    store.transaction(() => recorder.record({ t, data }));
  });
  const panels = new Set<Panel>();
  /** Where the journal ends, as `seq:hash`; null before its first row. */
  const auditHead = (): string | null => {
    const head = store.journal.head();
    return head === null ? null : `${head.seq}:${head.hash}`;
  };
  return {
    ...cases,
    site: core.site,
    store,
    supervisor,
    people: core.people,
    /** A keypad with its screen; any number of them may stand at one kiosk. */
    newPanel(): Panel {
      const { site } = core;
      const { profile } = config.kiosk;
      const numbers = config.policy;
      const tools = { ...cases, supervisor, clock, site, numbers, texts: en, log, profile };
      const panel = new Panel(tools);
      panels.add(panel);
      return panel;
    },
    auditHead,
    /** How the boards answered so far, in lines for a person. */
    busReport: (): string[] => locks.report(FRAMES_SHOWN_MAX),
    /** Takes no more keys, lets the exchanges under way end, and closes ports and database. */
    stop(done: () => void): void {
      for (const panel of panels) panel.stop();
      holds.stop();
      notices.stop();
      locks.stop(() => {
        supervisor.stop();
        store.transaction(() => recorder.record({ t: 'kiosk.stopped' }));
        log.info('end of the journal', { head: auditHead() });
        store.close();
        done();
      });
    },
  };
}

interface Inspection {
  /** `locker/slot`. */
  readonly slot: string;
  readonly word: 'empty' | 'full' | 'block' | 'unblock';
  readonly reason: string;
}

/**
 * Books what a technician saw in a slot of a kiosk that is not running; null where there is no such
 * slot. `ignored` says that it meant nothing for the slot as it is.
 * @throws StoreRefused as `startApp`.
 */
export function inspectSlot(config: Config, world: World, { slot, word, reason }: Inspection) {
  const { store, supervisor, recorder } = composeCore(config, world);
  try {
    if (supervisor.find(slot) === null) return null;
    const { record, ignored } = supervisor.send(slot, saidOf(word), () =>
      recorder.record({ t: 'slot.inspected', slot, data: { word, reason } }),
    );
    return { state: record.state, bar: record.bar, ignored };
  } finally {
    store.close();
  }
}

function saidOf(word: Inspection['word']): SlotEventBody {
  if (word === 'block') return { type: 'BLOCK' };
  return word === 'unblock' ? { type: 'UNBLOCK' } : { type: 'CLEARED', content: word };
}

/** The people of a kiosk that is not running, to add some. @throws StoreRefused as `startApp`. */
export function openPeople(config: Config, world: World) {
  const { people, store } = composeCore(config, world);
  return { people, close: () => store.close() };
}

/**
 * Proves the wiring of a kiosk that is not running, door by door, with a fitter at the terminal.
 * @throws StoreRefused as `startApp`; Ended when the fitter ends the work.
 */
export function commissionKiosk(
  config: Config,
  world: World,
  fitter: Fitter,
  repeats: number,
): Promise<DoorMap> {
  const { clock } = world;
  const { store, recorder, supervisor } = composeCore(config, world);
  const plans = busPlans(config, world.openPort);
  const locks = lockBank(config, world);
  const commission: Commission = new Commission({
    plan: {
      buses: plans.map(({ name, boards }) => ({
        name,
        boards: boards.map(({ family, ...board }) => ({ ...board, choices: family.settings })),
      })),
      doors: wiringTable(config),
    },
    ...{ fitter, clock, locks, repeats },
    scan: async (bus, progress) => {
      const plan = plans.find(({ name }) => name === bus);
      return plan === undefined ? null : scanBus(plan, world, progress);
    },
    start: () =>
      locks.start(
        { seen: () => {}, dark: () => {} },
        (t, data) => {
          if (t === 'board.health' && data.health === 'offline') commission.lost(`${data.board}`);
        },
        (board, { contacts }, atMs) => commission.looked(board, contacts, atMs),
      ),
    note: (slot) => {
      store.transaction(() => recorder.record({ t: 'commission.pulse', slot, cause: 'fitter' }));
    },
    parcelIn: (slot) => supervisor.find(slot)?.parcel ?? null,
    report: () => locks.report(FRAMES_SHOWN_MAX),
  });
  const prove = async (): Promise<DoorMap> => {
    const found = await commission.run();
    const [at, wiring] = [new Date(clock.wallMs()).toISOString(), fingerprint(wiringOf(config))];
    return doorMap({ site: config.site.id, at, wiring }, found);
  };
  return prove().finally(async () => {
    await new Promise<void>((stopped) => locks.stop(stopped));
    supervisor.stop();
    store.close();
  });
}

function checkDoorMap(config: Config): void {
  const { path } = config.doorMap;
  const read = readSealed(path);
  const wiring = fingerprint(wiringOf(config));
  const why = 'why' in read ? read.why : mapObstacle(read.content, wiring);
  if (why !== null) throw new NotCommissioned(path, why);
}

function composeCore(config: Config, world: World) {
  const { clock, random, log } = world;
  const site = sitePlan(config);
  const isFirstStart = !existsSync(config.database.path);
  const vault = openVault(config.keys.path, site.kiosk, isFirstStart);
  // The chain begins with the first start, or the migration of a database from before it.
  const seal = openSeal(config.keys.audit, !isChained(config.database.path));
  const store = openStore(config.database.path, seal);
  const recorder = new Recorder(store, clock, random);
  const people = new People(store, vault, random, recorder);
  const budgets = new Budgets(store, clock);
  const numbers = new Numbers({ rules: config.policy, store, vault, random, budgets, recorder });
  const port = teller({ ...site, holdDays: config.policy.holdDays }, world.transports);
  const notices = new Notices({ store, vault, recorder, clock, log, port });
  const ledger = new Ledger({ store, clock, recorder, numbers, notices });
  const step = slotStepper({ ...SLOT_TIMES, graceMs: config.policy.graceSeconds * 1_000 });
  const supervisor = new Supervisor(
    { store, clock, log, step, ledger },
    site.slots.map((slot) => slot.id),
  );
  supervisor.watch((_slot, facts) => {
    if (facts.some((fact) => fact.t.startsWith('parcel.'))) notices.drain();
  });
  return { site, vault, store, recorder, people, budgets, numbers, notices, supervisor };
}

function composeCases(
  config: Config,
  world: World,
  core: ReturnType<typeof composeCore>,
  locks: LockBank,
) {
  const { clock, random } = world;
  const { site, vault, store, recorder, people, budgets, numbers, notices, supervisor } = core;
  const sessions = new Sessions(() => recorder.newId());
  const openSlot = new OpenSlot({ supervisor, store, sessions, locks, recorder, clock });
  const rules = {
    strategy: config.policy.strategy,
    holdMs: config.policy.holdDays * DAY_MS,
    remindBeforeMs: config.policy.reminderHours * HOUR_MS,
  };
  return {
    sessions,
    openSlot,
    collect: new Collect({ store, numbers, openSlot, recorder }),
    cancel: new Cancel({ store, supervisor, numbers, notices, recorder, clock }),
    recall: new Recall(store, openSlot),
    signIn: new SignIn({ store, vault, budgets, recorder }),
    deposit: new Deposit({
      site,
      rules,
      store,
      supervisor,
      openSlot,
      people,
      recorder,
      clock,
      random,
    }),
  };
}

const FRAMES_SHOWN_MAX = 20;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function lockBank(config: Config, world: World): LockBank {
  const { clock, random, log } = world;
  const [buses, wiring] = [busPlans(config, world.openPort), wiringTable(config)];
  return new LockBank({ buses, wiring, pulseMs: config.pulse.ms, clock, random, log });
}
