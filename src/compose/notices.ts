import type { Config } from '../config/config.ts';
import { Notices, type Parts } from '../control/notices.ts';
import type { CloudOffice } from '../control/ports.ts';
import type { Settings } from '../control/settings.ts';
import { teller } from '../notify/teller.ts';
import type { World } from './world.ts';

interface Core extends Pick<Parts, 'store' | 'vault' | 'recorder' | 'clock'> {
  readonly settings: Settings;
  readonly cloudOffice: CloudOffice;
}

/** The queue of what people must be told, and who puts it into words. */
export function composeNotices(config: Config, world: World, core: Core): Notices {
  const { site, policy, kiosk, notices } = config;
  const { codes, qr } = policy;
  const { language } = kiosk;
  const place = () => {
    const { holdDays, openingHours } = core.settings.values;
    return { ...site, holdDays, openingHours, codes, qr, language };
  };
  const port = teller(place, world.transports, core.cloudOffice);
  const { email = null, phone = null } = notices.operator ?? {};
  const { order, perDay } = notices;
  const rules = { order, routes: routesOf(notices), operator: { email, phone, language } };
  return new Notices({ ...core, ...world, clock: core.clock, port, perDay, rules });
}

function routesOf({ routes }: Config['notices']): Parts['rules']['routes'] {
  return {
    REMINDER: routes.reminder,
    EXPIRED: routes.expired,
    RETRIEVED: routes.retrieved,
    CANCELLED: routes.cancelled,
    SLOT_FAULT: routes.slotFault,
    UNTOLD: routes.untold,
    CHANNEL_DOWN: routes.channelDown,
  };
}
