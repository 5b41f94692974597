import { courierSignsIn, leaves, takesOut } from '../demo/cast.ts';
import { lies, seldomRead } from './given.ts';
import type { Scenario } from './scenario.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The clocks of New York go forward on 8 March 2026. */
const BEFORE_SUMMER_MS = Date.UTC(2026, 2, 6, 15) - Date.UTC(2026, 0, 1);

export const expiry: Scenario = {
  title: 'Nobody comes for a parcel',
  about: [
    'A day before the end of the hold Ana is reminded, in the time of the site, though summer',
    'time begins in between. Then the code ends, both are told, and the courier fetches the',
    'parcel back.',
  ],
  site: seldomRead,
  play: async (cast) => {
    const { stage } = cast;
    await stage.aside('it is a Friday in March', async () => {
      stage.clock.jumpWall(BEFORE_SUMMER_MS);
      stage.cutPower();
      stage.switchOn();
    });
    const pot = { to: 'ana', label: 'ACME-00280001', thing: 'a pot' } as const;
    const { slot, code, second } = await lies(cast, pot);
    stage.wait(2 * DAY_MS + HOUR_MS);
    const reminder = stage.kiosk.phone.at(-1)?.text ?? '';
    stage.check('she is reminded', reminder.includes('Monday 9 March at 11:00 GMT-4'));
    stage.wait(DAY_MS);
    stage.type(`1 ${code} ${second}`);
    stage.shows('The time to collect this parcel is over.');
    stage.type('#');
    await courierSignsIn(cast);
    stage.shows('Fetch back parcels (1)');
    stage.type('2 1');
    stage.shows('is open');
    takesOut(cast, slot);
    stage.shows('Did you take parcel');
    stage.type('1');
    stage.shows('is fetched');
    stage.type('# #');
    leaves(cast);
  },
};
