import { announced } from '../announced.ts';
import { leaves } from '../demo/cast.ts';
import type { Scenario } from './scenario.ts';

const PIN = '246810';

export const fullLocker: Scenario = {
  title: 'No room, or a parcel that is too big',
  about: [
    'Every compartment is out of service, and then a parcel is over the limits of the site: the',
    'courier is told before a door opens, and takes the parcel along.',
  ],
  site: (config) => ({
    ...config,
    limits: { S: { weightG: 5_000 }, M: { weightG: 10_000 }, L: { weightG: 25_000 } },
  }),
  play: async (cast) => {
    const { stage, ana } = cast;
    const { app } = stage.kiosk;
    const parcel = { carrier: 'ACME', label: 'ACME-20002', recipient: ana, size: 'S' };
    announced(app, parcel);
    for (const { id } of app.supervisor.all()) app.supervisor.send(id, { type: 'BLOCK' });
    stage.say('a technician has taken every compartment out of service');
    await stage.signIn(cast.staff, PIN);
    stage.type('1 20002 1');
    stage.shows('Please take the parcel along.');
    stage.type('#');
    stage.say('the next parcel is a heavy one that nobody announced');
    stage.type('30003 12125550199# 12125550199#');
    stage.shows('How large is the parcel?');
    stage.type('0');
    stage.shows('No compartment here takes a parcel like that.');
    stage.type('# *');
    leaves(cast);
  },
};
