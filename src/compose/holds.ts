import type { Config } from '../config/config.ts';
import { Holds } from '../control/holds.ts';
import { OutageLedger } from '../control/outages.ts';
import { Service } from '../control/service.ts';
import type { SettingValues } from '../control/settings.ts';
import { OpeningHours, openSpan } from '../domain/opening-hours.ts';
import type { Core } from './core.ts';
import type { Panels } from './panels.ts';

/** What counts how long parcels lie, and why it does not. */
export function composeHolds(
  { site }: Config,
  core: Core,
  keypad: Pick<Panels, 'isLost' | 'watch'>,
) {
  const { numbers, supervisor, clock, store, recorder, notices, settings } = core;
  const hoursOf = ({ openingHours }: SettingValues) =>
    new OpeningHours(
      site.timeZone,
      openingHours.flatMap((text) => openSpan(text) ?? []),
    );
  let hours = hoursOf(settings.values);
  const isKeypadLost = keypad.isLost;
  const service = new Service({ hours: () => hours, numbers, supervisor, clock, isKeypadLost });
  const outages = new OutageLedger({ store, recorder, clock });
  const holds = new Holds({
    numbers,
    store,
    supervisor,
    notices,
    recorder,
    clock,
    service,
    outages,
  });
  keypad.watch(() => holds.turn());
  settings.watch(() => {
    hours = hoursOf(settings.values);
    holds.turn();
  });
  return holds;
}
