import type { Config } from '../config/config.ts';
import { Purge } from '../control/purge.ts';
import type { Core } from './core.ts';

/** What removes what is too old. */
export function composePurge({ site, journal, cloud }: Config, core: Core): Purge {
  const { store, supervisor, recorder, clock, budgets } = core;
  const rule = { keepDays: journal.keepDays, hasCloud: cloud !== undefined };
  return new Purge({
    store,
    supervisor,
    recorder,
    clock,
    budgets,
    timeZone: site.timeZone,
    ...rule,
  });
}
