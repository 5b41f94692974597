import { takesOut } from '../demo/cast.ts';
import { lies, seldomRead } from './given.ts';
import type { Scenario } from './scenario.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const cutAtPickup: Scenario = {
  title: 'The power goes while a compartment is open',
  about: [
    'Ana stands at the open door when the power goes. She takes her parcel and shuts the door in',
    'the dark: nobody saw it close, so the compartment is held until somebody has looked inside.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const lamp = { to: 'ana', label: 'ACME-00150001', thing: 'a lamp' } as const;
    const { slot, code, second } = await lies(cast, lamp);
    stage.type(`1 ${code} ${second}`);
    stage.shows('is open');
    stage.cutPower();
    takesOut(cast, slot);
    stage.wait(60_000);
    stage.say('the power is back');
    stage.switchOn();
    stage.shows('What would you like to do?');
    const { state } = stage.kiosk.app.supervisor.get(slot);
    stage.check('the compartment is held', state === 'quarantined');
    stage.say('Ana comes back: she is not sure that she took everything');
    stage.type(`1 ${code} ${second}`);
    stage.shows('is open');
    stage.hands.closes(stage.kiosk.door(slot), 4_000);
    stage.shows('Done?');
    stage.type('#');
  },
};

export const holdOverOutage: Scenario = {
  title: 'A board that is dark for two days costs nobody time',
  about: [
    'A parcel may lie for three days here. For two days its board does not answer and nobody could',
    'collect it: that time does not count, and on the fifth day the code still opens the door.',
  ],
  site: seldomRead,
  play: async (cast) => {
    const { stage } = cast;
    const skates = { to: 'ana', label: 'ACME-00160001', thing: 'skates' } as const;
    const { slot, code, second } = await lies(cast, skates);
    stage.wait(DAY_MS);
    stage.say('the cable of the board comes off');
    stage.kiosk.port('main').unplug();
    stage.wait(2 * DAY_MS);
    stage.kiosk.port('main').replug();
    stage.say('and is put back');
    stage.wait(DAY_MS + 12 * HOUR_MS);
    stage.type(`1 ${code} ${second}`);
    stage.shows('is open');
    takesOut(cast, slot);
    stage.shows('Done?');
    stage.type('#');
  },
};
