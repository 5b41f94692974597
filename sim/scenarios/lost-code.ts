import { numbersOf, takesOut } from '../demo/cast.ts';
import { lies } from './given.ts';
import type { Scenario } from './scenario.ts';

export const lostCode: Scenario = {
  title: 'Lost code',
  about: [
    'Ana has lost her messages. She types her phone number and gets new numbers the way she got',
    'the old ones, which end at that. A phone that nobody has here gets the same answer; with no',
    'connection the screen says so, and nothing changes.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const { kiosk } = stage;
    const { slot } = await lies(cast, { to: 'ana', label: 'ACME-00110001', thing: 'a scarf' });
    stage.say('somebody types a phone that has no parcel here');
    stage.type('4');
    stage.type('12125550999#');
    stage.shows('If a parcel for this phone is here');
    stage.type('#');
    stage.say('Ana types hers');
    stage.type('4 12125550111#');
    stage.shows('If a parcel for this phone is here');
    stage.type('#');
    const { code, second } = numbersOf(cast, 'Ana');
    stage.type(`1 ${code} ${second}`);
    stage.shows('is open');
    takesOut(cast, slot);
    stage.shows('Done?');
    stage.type('#');
    kiosk.isOnline = false;
    stage.wait(65_000);
    stage.say('the connection is down');
    stage.type('4 12125550111#');
    stage.shows('cannot be sent now');
  },
};
