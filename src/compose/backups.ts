import type { Config } from '../config/config.ts';
import { Backups } from '../control/backups.ts';
import type { Core } from './core.ts';
import type { World } from './world.ts';

/** What has copies made while the kiosk runs. */
export function composeBackups({ site }: Config, { log }: World, core: Core): Backups {
  const { store, supervisor, recorder, clock } = core;
  const copy = (): Promise<string> => store.copy();
  return new Backups({ copy, store, supervisor, recorder, clock, log, timeZone: site.timeZone });
}
