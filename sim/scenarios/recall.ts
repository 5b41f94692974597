import { takesOut } from '../demo/cast.ts';
import { lies } from './given.ts';
import type { Scenario } from './scenario.ts';

const PIN = '246810';

export const recall: Scenario = {
  title: 'Fetch back a parcel that its recipient gave up',
  about: [
    'Ben cancels a parcel that lies in the locker. It stays locked in until a courier of its',
    'carrier has fetched it, looked in, and said so; only then the compartment is free.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const shoes = { to: 'ben', label: 'ACME-00060001', size: 'M', thing: 'shoes' } as const;
    const { slot, code, second } = await lies(cast, shoes);
    const state = () => stage.kiosk.app.supervisor.get(slot).state;
    stage.say('Ben gives the parcel back');
    stage.type(`3 ${code} ${second}`);
    stage.shows('is cancelled');
    stage.type('#');
    stage.check('the compartment is not free', state() === 'occupied');
    stage.say('the courier comes');
    await stage.signIn(cast.staff, PIN);
    stage.type('2');
    stage.shows('To fetch: 1');
    stage.type('1');
    stage.shows('is open');
    takesOut(cast, slot);
    stage.shows('Did you take parcel');
    stage.type('1');
    stage.shows('is fetched');
    stage.type('#');
    stage.shows('There is nothing to fetch.');
    stage.type('# *');
    stage.check('the compartment is free', state() === 'available');
  },
};
