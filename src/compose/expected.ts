import type { Config } from '../config/config.ts';
import { Allocation } from '../control/allocation.ts';
import { Announcements } from '../control/announcements.ts';
import { Reservations } from '../control/reservations.ts';
import { DAY_MS } from '../domain/hold.ts';
import type { Core } from './core.ts';
import type { World } from './world.ts';

/** What is expected at the kiosk, and the slots that are held for it. */
export function composeExpected({ policy }: Config, { random }: World, core: Core) {
  const { site, clock, store, recorder, people, supervisor, settings } = core;
  const { strategy } = policy;
  const allocation = new Allocation({ site, strategy, store, supervisor, people });
  const reservations = new Reservations({ site, store, supervisor, allocation, recorder, clock });
  const rules = () => {
    const { holdDays, reminderHours } = settings.values;
    return { holdMs: holdDays * DAY_MS, remindBeforeMs: reminderHours * HOUR_MS };
  };
  const announcements = new Announcements({
    ...{ site, rules, store, reservations, recorder, clock, random },
  });
  return { allocation, reservations, announcements };
}

const HOUR_MS = 3_600_000;
