import { join } from 'node:path';
import { SimTimeSync } from '../../sim/time-sync.ts';
import type { VirtualClock } from '../../sim/virtual-clock.ts';
import { Aftermath } from '../../src/control/aftermath.ts';
import { Allocation } from '../../src/control/allocation.ts';
import { Announcements } from '../../src/control/announcements.ts';
import { Budgets } from '../../src/control/budgets.ts';
import { Cancel } from '../../src/control/cancel.ts';
import { KeptClock } from '../../src/control/clock.ts';
import { Collect } from '../../src/control/collect.ts';
import { Deposit } from '../../src/control/deposit.ts';
import { DoorWatch } from '../../src/control/door-watch.ts';
import { Grants } from '../../src/control/grants.ts';
import { Ledger } from '../../src/control/ledger.ts';
import { LostCode } from '../../src/control/lost-code.ts';
import { Modes } from '../../src/control/modes.ts';
import { Notices } from '../../src/control/notices.ts';
import { Numbers } from '../../src/control/numbers.ts';
import { OpenSlot } from '../../src/control/open-slot.ts';
import { People } from '../../src/control/people.ts';
import type { Channel, Log, Notice, Told } from '../../src/control/ports.ts';
import { Recall } from '../../src/control/recall.ts';
import { Recorder } from '../../src/control/recorder.ts';
import { Reservations } from '../../src/control/reservations.ts';
import { Sessions } from '../../src/control/sessions.ts';
import { SignIn } from '../../src/control/sign-in.ts';
import { StaffProof } from '../../src/control/staff-proof.ts';
import { Supervisor } from '../../src/control/supervisor.ts';
import { Trace } from '../../src/control/trace.ts';
import { Upkeep } from '../../src/control/upkeep.ts';
import type { SitePlan } from '../../src/domain/site.ts';
import { slotStepper } from '../../src/domain/slot-machine.ts';
import { openGrantKeys } from '../../src/platform/grant-keys.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { rfc6238 } from '../../src/platform/totp.ts';
import { openVault } from '../../src/platform/vault.ts';
import type { OpenStore } from '../../src/store/open-store.ts';
import type { Doors } from './doors.ts';

const SIZES = ['SMALL', 'MEDIUM', 'LARGE'] as const;

/** Compartments 1 to 3 are small, 4 and 5 medium, 6 large. */
export const SITE: SitePlan = {
  kiosk: 'k1',
  name: 'Station',
  address: 'Platform 1',
  city: 'Bremen',
  timeZone: 'Europe/Berlin',
  helpPhone: '0800 1234',
  sizes: SIZES,
  limits: {},
  slots: [0, 0, 0, 1, 1, 2].map((rank, order) => ({
    id: slotOf(order + 1),
    number: order + 1,
    size: SIZES[rank] ?? '',
    rank,
    accessible: false,
    order,
  })),
};

export function slotOf(door: number): string {
  return `a/${door}`;
}

const DIALLING = { countryCode: '49', trunkPrefix: '0' };

const RULES = { holdMs: 3 * 86_400_000, remindBeforeMs: 86_400_000 } as const;

interface Heard {
  readonly told: (notice: Notice) => void;
  readonly failed: (message: string) => void;
}

/** Takes every notice at once. */
const gateway = (told: (notice: Notice) => void) => ({
  carries: () => true,
  probe: (_channel: Channel, answered: (ok: boolean) => void) => answered(true),
  tell(notice: Notice, answer: Told) {
    told(notice);
    answer('accepted');
  },
});

/** The use cases as they run, but for their wires and their clock. */
export function composed(
  store: OpenStore,
  clock: VirtualClock,
  locks: Doors,
  folder: string,
  heard: Heard,
) {
  const core = composedCore(store, clock, locks, folder, heard);
  const { judge, budgets, vault, totp, kept, log, all, rules } = core;
  const { people, recorder, supervisor, sessions, openSlot } = all;
  const allocation = new Allocation({ ...all, site: SITE, strategy: 'best-fit' });
  const reservations = new Reservations({ ...all, site: SITE, allocation });
  const announcements = new Announcements({ ...all, site: SITE, rules: () => RULES, reservations });
  const modes = new Modes(all);
  const cloudOffice = { teller: null, neighbours: null };
  const cancel = new Cancel({ ...all, numbers: judge });
  return {
    people,
    supervisor,
    sessions,
    openSlot,
    log,
    numbers: rules,
    scans: { grants: false, labels: false },
    trace: all.trace,
    collect: new Collect({ ...all, numbers: judge }),
    cancel,
    aftermath: new Aftermath({ ...all, cancel }),
    lostCode: new LostCode({ ...all, numbers: judge, budgets, cloudOffice }),
    recall: new Recall(store, openSlot),
    signIn: new SignIn({ store, vault, budgets, recorder }),
    staffProof: new StaffProof({
      ...{ store, vault, totp, budgets, recorder, clock: kept, hatch: { isOpen: () => false } },
    }),
    upkeep: new Upkeep({ ...all, modes }),
    announcements,
    deposit: new Deposit({ ...all, site: SITE, allocation, announcements, modes, cloudOffice }),
    watch: new DoorWatch(supervisor, log, () => {}),
  };
}

function composedCore(
  store: OpenStore,
  clock: VirtualClock,
  locks: Doors,
  folder: string,
  heard: Heard,
) {
  const random = systemRandom();
  const quiet = (): void => {};
  const log: Log = { debug: quiet, info: quiet, warn: quiet, error: heard.failed };
  const vault = openVault(join(folder, 'device.key'), SITE.kiosk, true);
  const kept = new KeptClock(clock, new SimTimeSync(), store.clock.get());
  const recorder = new Recorder(store, kept, random);
  const totp = rfc6238(random);
  const people = new People({
    store,
    vault,
    totp,
    random,
    recorder,
    language: 'en',
    dialling: DIALLING,
    isProduction: false,
  });
  const budgets = new Budgets(store, clock);
  const rules = { codes: 'code+otp', codeDigits: 6, secondDigits: 6 } as const;
  const judge = new Numbers({ rules, store, vault, random, budgets, recorder });
  const port = gateway(heard.told);
  const notices = new Notices({
    ...{ store, vault, recorder, clock: kept, random, log, port, perDay: 100 },
    rules: { order: ['sms', 'email'], routes: {}, operator: null },
  });
  const isTooHigh = (): boolean => false;
  const keys = openGrantKeys(join(folder, 'device.key'), SITE.kiosk, []);
  const grants = new Grants({ store, recorder, clock: kept, vault, keys, policy: 'replaces-code' });
  const ledger = new Ledger({ store, clock, recorder, numbers: judge, notices, grants, isTooHigh });
  const slots = SITE.slots.map((slot) => slot.id);
  const trace = new Trace(clock);
  const step = slotStepper();
  const supervisor = new Supervisor({ store, clock, log, step, ledger, trace }, slots);
  supervisor.watch(() => notices.drain());
  const sessions = new Sessions(() => recorder.newId());
  const openSlot = new OpenSlot({ supervisor, store, sessions, locks, recorder, clock });
  const acts = { supervisor, openSlot, notices, sessions, people, grants, trace };
  const all = { store, recorder, clock, random, ...acts };
  return { judge, budgets, vault, totp, kept, log, all, rules };
}
