import { takesOut } from '../demo/cast.ts';
import { lies } from './given.ts';
import type { Scenario } from './scenario.ts';

const GRACE_OVER_MS = 65_000;

export const leftInside: Scenario = {
  title: 'Something is still inside',
  about: [
    'Ana shuts the door and remembers her keys. She says so, opens again without a new code, and',
    'takes them.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const parcel = { to: 'ana', label: 'ACME-00120001', thing: 'a box' } as const;
    const { slot, code, second } = await lies(cast, parcel);
    const door = stage.kiosk.door(slot);
    stage.type(`1 ${code} ${second}`);
    stage.shows('is open');
    stage.hands.closes(door, 3_000);
    stage.shows('Done?');
    stage.type('2');
    stage.shows('open it again and take it');
    stage.type('1');
    stage.shows('is open');
    takesOut(cast, slot);
    stage.shows('Done?');
    stage.type('#');
    stage.wait(GRACE_OVER_MS);
    stage.check(`${slot} is free`, stage.kiosk.app.supervisor.get(slot).state === 'available');
  },
};

export const stuck: Scenario = {
  title: 'A parcel that is stuck',
  about: [
    'The parcel is wedged in and Ana cannot get it out. She shuts the door and says that it is',
    'still inside: it stays hers, her code stays good, and the compartment is given to nobody.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const parcel = { to: 'ana', label: 'ACME-00120006', thing: 'a wedged box' } as const;
    const { slot, code, second } = await lies(cast, parcel);
    stage.type(`1 ${code} ${second}`);
    stage.shows('is open');
    stage.hands.closes(stage.kiosk.door(slot), 20_000);
    stage.shows('Done?');
    stage.type('2');
    stage.shows('stays locked in for you');
    stage.type('#');
    stage.wait(GRACE_OVER_MS);
    const { state } = stage.kiosk.app.supervisor.get(slot);
    stage.check('it is held', state === 'quarantined');
    stage.say('later, with a friend');
    stage.type(`1 ${code} ${second}`);
    stage.shows('is open');
    takesOut(cast, slot);
    stage.shows('Done?');
  },
};

export const refuse: Scenario = {
  title: 'Refuse a parcel and leave it',
  about: [
    'Ben looks at the parcel and does not want it. He shuts the door and says so; the parcel is',
    'locked in until its courier fetches it.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const parcel = { to: 'ben', label: 'ACME-00120002', thing: 'shoes' } as const;
    const { slot, code, second } = await lies(cast, parcel);
    stage.type(`1 ${code} ${second}`);
    stage.shows('is open');
    stage.hands.closes(stage.kiosk.door(slot), 3_000);
    stage.shows('Done?');
    stage.type('4');
    stage.shows('stays locked in compartment');
    stage.type('##');
    stage.wait(GRACE_OVER_MS);
    const { state } = stage.kiosk.app.supervisor.get(slot);
    stage.check('it is held for the courier', state === 'quarantined');
    stage.type(`1 ${code} ${second}`);
    stage.shows('This parcel is cancelled.');
  },
};

export const missing: Scenario = {
  title: 'A parcel that is not there',
  about: [
    'Somebody was faster than Ana: her compartment is empty. She says so; it is noted as her word,',
    'with the reference that the helpline needs.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const parcel = { to: 'ana', label: 'ACME-00120003', thing: 'a watch' } as const;
    const { slot, code, second } = await lies(cast, parcel);
    stage.type(`1 ${code} ${second}`);
    takesOut(cast, slot);
    stage.shows('Done?');
    stage.type('5');
    stage.shows('was not there');
    stage.type('#');
    stage.shows('What would you like to do?');
  },
};

export const several: Scenario = {
  title: 'Several parcels for one person',
  about: [
    'The numbers of one parcel open all of them, one door after the other; how many there are is',
    'said at the start.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    await lies(cast, { to: 'ana', label: 'ACME-00120004', thing: 'a book' });
    const lamp = { to: 'ana', label: 'ACME-00120005', size: 'M', thing: 'a lamp' } as const;
    const { code, second } = await lies(cast, lamp);
    stage.type(`1 ${code} ${second}`);
    stage.shows('1 more parcel for you is here');
    takesOut(cast, stage.openSlot());
    stage.shows('Done?');
    stage.type('3');
    stage.shows('is open');
    takesOut(cast, stage.openSlot());
    stage.shows('Done?');
    stage.type('#');
    stage.shows('What would you like to do?');
  },
};
