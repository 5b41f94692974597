import { existsSync } from 'node:fs';
import { families, type OpenBytePort, serialPort } from '../hardware/index.ts';
import { type Config, sitePlan } from './config/config.ts';
import { loadConfig } from './config/load.ts';
import { Budgets } from './control/budgets.ts';
import { Cancel } from './control/cancel.ts';
import { Collect } from './control/collect.ts';
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
import { LockBank } from './device/lock-bank.ts';
import { slotStepper } from './domain/slot-machine.ts';
import { SLOT_TIMES } from './domain/slot-times.ts';
import { en } from './kiosk/messages/en.ts';
import { Panel } from './kiosk/panel.ts';
import { type Transports, teller } from './notify/teller.ts';
import { openVault } from './platform/vault.ts';
import { openStore } from './store/open-store.ts';

/** What differs between a kiosk in a street and one in a simulation. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Opens the port of a bus, by what the config calls it; a serial device unless given. */
  readonly openPort?: (port: string, baud: number) => OpenBytePort;
  readonly transports: Transports;
}

/** The config of a file, checked against the boards that this program can talk to. */
export const readConfig = (path: string): Config => loadConfig(path, families);

export type App = ReturnType<typeof startApp>;

/**
 * Builds the kiosk and starts it: the store is opened, every board is switched off and read, the
 * readings are held against the records (R20); then `onServing` is called.
 * @throws StoreRefused when the database is in use, newer than this program, or not ours.
 */
export function startApp(config: Config, world: World, onServing: () => void) {
  const { clock, log } = world;
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
  store.transaction(() => recorder.record({ t: 'kiosk.started' }));
  locks.start(doors, (t, data) => {
    log.warn(t, data);
    store.transaction(() => recorder.record({ t, data }));
  });
  const panels = new Set<Panel>();
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
    /** Takes no more keys, lets the exchanges under way end, and closes ports and database. */
    stop(done: () => void): void {
      for (const panel of panels) panel.stop();
      holds.stop();
      notices.stop();
      locks.stop(() => {
        supervisor.stop();
        store.transaction(() => recorder.record({ t: 'kiosk.stopped' }));
        store.close();
        done();
      });
    },
  };
}

/** The people of a kiosk that is not running, to add some. @throws StoreRefused as `startApp`. */
export function openPeople(config: Config, world: World) {
  const { people, store } = composeCore(config, world);
  return { people, close: () => store.close() };
}

function composeCore(config: Config, world: World) {
  const { clock, random, log } = world;
  const site = sitePlan(config);
  const isFirstStart = !existsSync(config.database.path);
  const vault = openVault(config.keys.path, site.kiosk, isFirstStart);
  const store = openStore(config.database.path);
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

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function lockBank(config: Config, world: World): LockBank {
  const { clock, random, log } = world;
  const buses = config.buses.map((bus) => ({
    name: bus.name,
    open: (world.openPort ?? serialPort)(bus.port, bus.baud),
    baud: bus.baud,
    idlePollMs: bus.idlePollMs,
    boards: bus.boards.map((board) => ({ ...board, family: familyOf(board.family) })),
  }));
  const wiring = config.lockers.flatMap((locker) =>
    locker.slots.map(
      (slot) =>
        ({
          slot: `${locker.id}/${slot.id}`,
          board: slot.board,
          channel: slot.channel,
          contactWhenShut: slot.doorContact === 'closed-when-shut' ? 'closed' : 'open',
          occupancy: slot.occupancy,
        }) as const,
    ),
  );
  return new LockBank({ buses, wiring, pulseMs: config.pulse.ms, clock, random, log });
}

function familyOf(name: string) {
  const family = families.get(name);
  if (family === undefined) throw new RangeError(`board family "${name}" is not known`);
  return family;
}
