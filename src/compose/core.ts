import { type Config, sitePlan } from '../config/config.ts';
import { Budgets } from '../control/budgets.ts';
import { KeptClock } from '../control/clock.ts';
import { Ledger } from '../control/ledger.ts';
import { Modes } from '../control/modes.ts';
import { observeForNotices } from '../control/notice-observers.ts';
import { Numbers } from '../control/numbers.ts';
import { People } from '../control/people.ts';
import type { CloudOffice } from '../control/ports.ts';
import { Recorder } from '../control/recorder.ts';
import { reissue } from '../control/reissue.ts';
import { bookRestore } from '../control/restored.ts';
import { Settings, type SettingValues } from '../control/settings.ts';
import { Supervisor } from '../control/supervisor.ts';
import { TimeKeeper } from '../control/time-keeper.ts';
import { Trace } from '../control/trace.ts';
import type { SitePlan } from '../domain/site.ts';
import { slotStepper } from '../domain/slot-machine.ts';
import { SLOT_TIMES } from '../domain/slot-times.ts';
import { openSeal } from '../platform/audit-key.ts';
import { rfc6238 } from '../platform/totp.ts';
import { openVault } from '../platform/vault.ts';
import { isChained, isMissing } from '../store/file-header.ts';
import { openStore } from '../store/open-store.ts';
import { openOrRestore, restoreIfMissing } from '../store/restore.ts';
import { composeGrants } from './grants.ts';
import { composeNotices } from './notices.ts';
import { snapshotsOf } from './snapshots.ts';
import type { World } from './world.ts';

/** A pickup and a recall of every slot: 16 rows of 1 KB, in the log and in the database. */
const BALLAST_BYTES_PER_SLOT = 16 * 1_024 * 2;
const DISK_FULL = 'the disk is full: no parcels are taken in, pickups go on';

const TELEMETRY_SECONDS = 60;

export type Core = ReturnType<typeof composeCore>;

/**
 * The records of a kiosk and what keeps them true, with no door attached.
 * @throws StoreRefused when the database is in use, newer than this program, or not ours.
 */
export function composeCore(config: Config, world: World) {
  const { random, log, die } = world;
  const site = sitePlan(config);
  const { path } = config.database;
  const snapshots = snapshotsOf(config);
  restoreIfMissing(path, snapshots);
  const vault = openVault(config.keys.path, site.kiosk, isMissing(path));
  // The chain begins with the first start, or the migration of a database from before it.
  const seal = openSeal(config.keys.audit, !isChained(path));
  const around = {
    snapshots,
    ballastBytes: site.slots.length * BALLAST_BYTES_PER_SLOT,
    filled: (isFull: boolean) => log.error(isFull ? DISK_FULL : 'the disk has room again'),
    ...(die && { failed: die }),
  };
  const store = openOrRestore(path, snapshots, () => openStore(path, seal, random, around));
  const restored = store.restore.found();
  if (restored !== null) log.error('the database was restored: look into every slot', { restored });
  const clock = new KeptClock(world.clock, world.timeSync, store.clock.get());
  const recorder = new Recorder(store, clock, random);
  const budgets = new Budgets(store, clock);
  const settings = new Settings({ store, recorder, budgets, own: ownSettings(config) });
  const time = new TimeKeeper({ store, recorder, clock, log });
  const totp = rfc6238(random);
  const { language } = config.kiosk;
  const { countryCode = null, trunkPrefix } = config.site;
  const dialling = { countryCode, trunkPrefix };
  const { production: isProduction } = config.site;
  const staffed = { language, dialling, isProduction };
  const people = new People({ store, vault, totp, random, recorder, ...staffed });
  const numbers = new Numbers({ rules: config.policy, store, vault, random, budgets, recorder });
  const grants = composeGrants(config, { store, recorder, clock, vault });
  const cloudOffice: CloudOffice = { teller: null, neighbours: null };
  const telling = { store, vault, recorder, clock, settings, cloudOffice };
  const notices = composeNotices(config, world, telling);
  const isTooHigh = tooHighAt(site, people);
  const ledger = new Ledger({ store, clock, recorder, numbers, notices, isTooHigh, grants });
  const step = slotStepper({ ...SLOT_TIMES, graceMs: config.policy.graceSeconds * 1_000 });
  const trace = new Trace(clock);
  const supervisor = new Supervisor(
    { store, clock, log, step, ledger, trace },
    site.slots.map((slot) => slot.id),
  );
  trace.begin(supervisor);
  bookRestore({ store, supervisor, recorder, budgets });
  const issuing = { store, supervisor, numbers, notices, grants, clock };
  notices.replaceBy((...wanted) => reissue(issuing, ...wanted));
  const numberOf = (id: string) => site.slots.find((slot) => slot.id === id)?.number ?? null;
  observeForNotices({ store, notices, numberOf });
  supervisor.watch((_slot, facts) => {
    if (facts.some((fact) => fact.t.startsWith('parcel.'))) notices.drain();
  });
  const modes = new Modes({ store, supervisor, recorder, clock });
  return {
    ...{ log, site, clock, time, vault, totp, store, recorder, people, budgets, numbers, grants },
    ...{ notices, supervisor, modes, settings, trace, cloudOffice },
  };
}

/** Whether a slot is higher than somebody can reach (R27). */
const tooHighAt =
  (site: SitePlan, people: People) =>
  (recipient: string, slot: string): boolean =>
    people.needsLowSlot(recipient) && site.slots.find(({ id }) => id === slot)?.accessible !== true;

/** What may be set from afar, as the config file has it. */
function ownSettings({ policy, site }: Config): SettingValues {
  const { holdDays, reminderHours } = policy;
  const { openingHours } = site;
  return { holdDays, reminderHours, openingHours, telemetrySeconds: TELEMETRY_SECONDS, texts: {} };
}
