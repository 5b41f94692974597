import { families } from '../hardware/index.ts';
import { composeBackups } from './compose/backups.ts';
import { lockBank } from './compose/boards.ts';
import { composeCases } from './compose/cases.ts';
import { composeCloud } from './compose/cloud.ts';
import { type Core, composeCore } from './compose/core.ts';
import { withCredentials } from './compose/credentials.ts';
import { composeHealth } from './compose/health.ts';
import { composeHolds } from './compose/holds.ts';
import { panelsOf } from './compose/panels.ts';
import { composePurge } from './compose/purge.ts';
import { toolsOf } from './compose/tools.ts';
import type { World } from './compose/world.ts';
import type { Config } from './config/config.ts';
import { NotCommissioned } from './config/errors.ts';
import { loadConfig } from './config/load.ts';
import { wiringOf } from './config/wiring.ts';
import { mapObstacle } from './control/commission-map.ts';
import { DiskWatch } from './control/disk-watch.ts';
import { DoorWatch } from './control/door-watch.ts';
import { auditHead } from './control/inquiry/status.ts';
import type { Log, LogFields } from './control/ports.ts';
import { isBusy, type SlotRecord } from './domain/slot.ts';
import { recentLog } from './platform/recent-log.ts';
import { fingerprint, readSealed } from './platform/sealed-file.ts';

/** The config of a file as it stands there, checked against the boards that this program knows. */
export const writtenConfig = (path: string): Config => loadConfig(path, families);

/** The same, with the secrets that systemd has handed over. */
export const readConfig = (path: string): Config =>
  withCredentials(writtenConfig(path), process.env.CREDENTIALS_DIRECTORY);

export type App = ReturnType<typeof startApp>;

/**
 * Builds the kiosk and starts it: the store is opened, every board is switched off and read, the
 * readings are held against the records (R20); then `onServing` is called.
 * @throws StoreRefused when the database is in use, newer than this program, or not ours.
 * @throws NotCommissioned in production, when there is no door map that fits the config.
 */
export function startApp(config: Config, given: World, onServing: () => void) {
  const world = { ...given, ...recentLog(given.log) };
  const { log } = world;
  if (config.site.production) checkDoorMap(config);
  const core = composeCore(config, world);
  const { site, clock, time, store, recorder, supervisor, notices } = core;
  let isServing = false;
  const locks = lockBank(config, world, store);
  const cases = composeCases(config, world, core, locks);
  const cloud = config.cloud && composeCloud(config.cloud, world, core, cases);
  const panels = panelsOf(config, world, core, cases);
  const holds = composeHolds(config, core, panels);
  const backups = composeBackups(config, world, core);
  const purge = composePurge(config, core);
  const disk = new DiskWatch(store, clock);
  const health = composeHealth(world, core, locks);
  const doors = new DoorWatch(supervisor, log, () => {
    log.info('serving', { slots: supervisor.all().length });
    isServing = true;
    for (const part of [cases.reservations, holds, notices, purge, cloud, health]) part?.start();
    if (config.backup.dir !== undefined) backups.start();
    onServing();
  });
  store.transaction(() => recorder.started());
  for (const part of [time, disk, panels]) part.start();
  cloud?.connect();
  locks.start(core.trace.watched(doors), (t, data) => note(core, log, t, data));
  return {
    ...cases,
    backups,
    site,
    store,
    supervisor,
    /** What the kiosk is there for now; whoever stands at it may change that (R23). */
    modes: core.modes,
    people: core.people,
    /** What time of day it is, and what that is worth. */
    clock,
    time,
    newPanel: panels.open,
    tools: toolsOf(config, core, locks, cases, backups, panels, () => isServing),
    auditHead: () => auditHead(store),
    /** How the boards answered so far, in lines for a person. */
    busReport: (): string[] => locks.report(),
    /** Takes no more keys, lets the exchanges under way end, and closes ports and database. */
    stop(done: () => void, why = 'told to'): void {
      health.stop();
      cases.maintenance.end();
      for (const part of [panels, holds, backups, purge, cases.reservations, time, disk, notices])
        part.stop();
      const close = () => {
        closeBooks(core, log, why);
        done();
      };
      locks.stop(() => (cloud === undefined ? close() : cloud.stop(close)));
    },
  };
}

/** What befell a board. */
function note({ store, recorder }: Core, log: Log, t: string, data: LogFields): void {
  log.warn(t, data);
  store.transaction(() => recorder.record({ t, data }));
}

/** The last row of a stop in order, with the doors that were being watched, and the end. */
function closeBooks({ supervisor, store, recorder, clock }: Core, log: Log, why: string): void {
  supervisor.stop();
  const nowMono = clock.monoMs();
  const watched = supervisor
    .all()
    .filter(isWatched)
    .map(({ id, state, intent, openedAtMono }) => {
      return { slot: id, state, intent, openForMs: openedAtMono && nowMono - openedAtMono };
    });
  store.transaction(() => recorder.record({ t: 'kiosk.stopped', data: { why, watched } }));
  log.info('end of the journal', { head: auditHead(store) });
  store.close();
}

/** Whether a door may move, or has moved, by an intent of which the end is not known yet. */
const isWatched = (slot: SlotRecord): boolean => isBusy(slot) && slot.state !== 'reserved';

function checkDoorMap(config: Config): void {
  const { path } = config.doorMap;
  const read = readSealed(path);
  const wiring = fingerprint(wiringOf(config));
  const why = 'why' in read ? read.why : mapObstacle(read.content, wiring);
  if (why !== null) throw new NotCommissioned(path, why);
}
