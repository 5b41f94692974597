import type { Config } from '../config/config.ts';
import { wiringOf } from '../config/wiring.ts';
import type { Announcement } from '../control/announcements.ts';
import { Commission } from '../control/commission.ts';
import { type DoorMap, doorMap } from '../control/commission-map.ts';
import type { Fitter } from '../control/commission-ports.ts';
import type { Mode } from '../control/modes.ts';
import { scanBus } from '../device/bus-scan.ts';
import type { SlotEventBody } from '../domain/slot-events.ts';
import { fingerprint } from '../platform/sealed-file.ts';
import { restoreByHand } from '../store/restore.ts';
import { busPlans, lockBank, wiringTable } from './boards.ts';
import { composeCore } from './core.ts';
import { composeExpected } from './expected.ts';
import { snapshotsOf } from './snapshots.ts';
import type { World } from './world.ts';

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
    return { ...record, ignored };
  } finally {
    store.close();
  }
}

function saidOf(word: Inspection['word']): SlotEventBody {
  if (word === 'block') return { type: 'BLOCK' };
  return word === 'unblock' ? { type: 'UNBLOCK' } : { type: 'CLEARED', content: word };
}

/**
 * Copies the database of a kiosk that is not running; gives the path of the verified copy. With a
 * version it is the copy from before that one is left.
 */
export async function backUpKiosk(config: Config, world: World, version?: string): Promise<string> {
  const { store, supervisor, recorder } = composeCore(config, world);
  try {
    const name = await store.copy(version);
    store.transaction(() => recorder.record({ t: 'backup.made', data: { name } }));
    return snapshotsOf(config).path(name);
  } finally {
    supervisor.stop();
    store.close();
  }
}

/**
 * Puts a copy in the place of the database of a kiosk that is not running, and books what follows.
 * @throws StoreRefused when it is in use; StoreDamaged when there is no whole copy.
 */
export function restoreKiosk(config: Config, world: World, from: string | null) {
  const copy = restoreByHand(config.database.path, snapshotsOf(config), from);
  const { store, supervisor } = composeCore(config, world);
  const slots = supervisor.all().length;
  supervisor.stop();
  store.close();
  return { copy, slots };
}

/** A parcel for somebody who is known by their phone. */
interface Expected extends Omit<Announcement, 'recipient'> {
  readonly phone: string;
  readonly email: string | null;
}

/** Announces a parcel at a kiosk that is not running. @throws StoreRefused as `startApp`. */
export function announceParcel(config: Config, world: World, { phone, email, ...rest }: Expected) {
  const core = composeCore(config, world);
  try {
    const recipient = core.people.addCustomer({ phone, email, language: config.kiosk.language });
    const { announcements } = composeExpected(config, world, core);
    return announcements.announce({ ...rest, recipient });
  } finally {
    core.supervisor.stop();
    core.store.close();
  }
}

/** The people of a kiosk that is not running, to add some. @throws StoreRefused as `startApp`. */
export function openPeople(config: Config, world: World) {
  const { people, totp, store } = composeCore(config, world);
  return { people, totp, close: () => store.close() };
}

/**
 * Says what a kiosk that is not running is there for; the only way out of a lockdown (R23). Gives
 * what it was there for before.
 * @throws StoreRefused as `startApp`.
 */
export function setMode(config: Config, world: World, mode: Mode): Mode {
  const { store, modes } = composeCore(config, world);
  const was = modes.mode;
  modes.atKiosk(mode, 'command line');
  store.close();
  return was;
}

/**
 * Asks every address of the buses of a kiosk that is not running; the looks are null for a port
 * that cannot be opened.
 * @throws StoreRefused as `startApp`.
 */
export async function scanKiosk(config: Config, world: World) {
  const { store, supervisor } = composeCore(config, world);
  try {
    const found = [];
    for (const plan of busPlans(config, world.openPort)) {
      found.push({ bus: plan.name, looks: await scanBus(plan, world, () => {}) });
    }
    return found;
  } finally {
    supervisor.stop();
    store.close();
  }
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
  const locks = lockBank(config, world, store);
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
    report: () => locks.report(),
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
