import type { Config } from '../config/config.ts';
import { Holds } from '../control/holds.ts';
import { OutageLedger } from '../control/outages.ts';
import { Service } from '../control/service.ts';
import { OpeningHours, openSpan } from '../domain/opening-hours.ts';
import type { Core } from './core.ts';

/** What counts how long parcels lie, and why it does not. */
export function composeHolds({ site }: Config, core: Core): Holds {
  const { numbers, supervisor, clock, store, recorder, notices } = core;
  const hours = new OpeningHours(
    site.timeZone,
    site.openingHours.flatMap((text) => openSpan(text) ?? []),
  );
  const service = new Service({ hours, numbers, supervisor, clock });
  const outages = new OutageLedger({ store, recorder, clock });
  return new Holds({ numbers, store, supervisor, notices, recorder, clock, service, outages });
}
