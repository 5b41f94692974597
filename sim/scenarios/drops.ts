import { courierNames, courierPutsIn, courierSignsIn, leaves } from '../demo/cast.ts';
import type { Scenario } from './scenario.ts';

export const upsized: Scenario = {
  title: 'The parcel is too big for its compartment',
  about: [
    'The courier says so at the open door, and shuts it empty. A larger compartment follows for',
    'the same parcel; nothing is typed again.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    await courierSignsIn(cast);
    courierNames(cast, cast.ben, 'ACME-00240001', 'S');
    const small = stage.openSlot();
    stage.shows('put parcel');
    stage.type('1');
    stage.shows('a larger compartment follows');
    stage.hands.closes(stage.kiosk.door(small), 2_000);
    stage.shows('empty?');
    stage.type('1');
    const larger = courierPutsIn(cast, 'a wide box');
    stage.check('it is another compartment', larger !== small);
    stage.check('the first is free', stage.kiosk.app.supervisor.get(small).state === 'available');
    leaves(cast);
  },
};

export const notEmpty: Scenario = {
  title: 'The compartment is not empty',
  about: [
    'Somebody has left a bag where nothing should be. The courier says so: the find is locked',
    'in for the operator, and the parcel goes elsewhere.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    stage.kiosk.door('LOCK1/1').putIn('a bag');
    await courierSignsIn(cast);
    courierNames(cast, cast.ana, 'ACME-00250001', 'S');
    const first = stage.openSlot();
    stage.shows('put parcel');
    stage.type('2');
    stage.shows('Leave what is inside');
    stage.hands.closes(stage.kiosk.door(first), 2_000);
    stage.shows('Instead of compartment');
    const next = courierPutsIn(cast, 'a small box');
    stage.check('it is another compartment', next !== first);
    const { bar } = stage.kiosk.app.supervisor.get(first);
    stage.check('the find is held', bar?.reason === 'found_inside');
    leaves(cast);
  },
};

export const dirty: Scenario = {
  title: 'The compartment is dirty',
  about: [
    'Something was spilt, or the door is damaged. The courier says so: that compartment is out of',
    'service until a technician has seen to it, and the parcel goes elsewhere.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    await courierSignsIn(cast);
    courierNames(cast, cast.ana, 'ACME-00280001', 'S');
    const first = stage.openSlot();
    stage.shows('put parcel');
    stage.type('3');
    stage.shows('Keep your parcel');
    stage.hands.closes(stage.kiosk.door(first), 2_000);
    stage.shows('Instead of compartment');
    const next = courierPutsIn(cast, 'a small box');
    stage.check('it is another compartment', next !== first);
    const { bar } = stage.kiosk.app.supervisor.get(first);
    stage.check('the first is out of service', bar?.reason === 'dirty');
    leaves(cast);
  },
};

export const nobodyAnnounced: Scenario = {
  title: 'A parcel that nobody announced',
  about: [
    "The digits of the label are of no parcel the kiosk knows. The courier types the recipient's",
    'phone number twice and says how large the parcel is; the numbers go to that phone.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    await courierSignsIn(cast);
    stage.type('1 29001');
    stage.shows('This parcel is not announced.');
    stage.type('12125550177#');
    stage.shows('once more');
    stage.type('12125550178#');
    stage.shows('The two numbers differ');
    stage.type('12125550177# 12125550177#');
    stage.shows('How large is the parcel?');
    stage.type('1');
    courierPutsIn(cast, 'a small box');
    leaves(cast);
    const told = stage.kiosk.phone.filter(({ text }) => text.includes('Pickup code'));
    stage.check('the recipient is told by text message', told.length === 1);
  },
};

export const changedMind: Scenario = {
  title: 'The courier changes their mind',
  about: [
    'The door is open, and the courier takes the parcel along after all. Nothing is stored,',
    'nobody is told, and the compartment is free once the courier has said that it is empty.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    await courierSignsIn(cast);
    courierNames(cast, cast.ana, 'ACME-00260001', 'S');
    const slot = stage.openSlot();
    stage.shows('put parcel');
    stage.type('4');
    stage.hands.closes(stage.kiosk.door(slot), 2_000);
    stage.shows('empty?');
    stage.type('1');
    stage.shows('Nothing is stored');
    stage.type('#');
    leaves(cast);
    stage.check('nobody was told', stage.kiosk.phone.length === 0);
    stage.check('it is free', stage.kiosk.app.supervisor.get(slot).state === 'available');
  },
};

export const scannedLabel: Scenario = {
  title: 'Scan a label',
  about: [
    'Where a scanner is, the courier holds the label in front of it instead of typing digits.',
  ],
  site: (config) => ({ ...config, scanner: { ...config.scanner, port: 'scanner' } }),
  play: async (cast) => {
    const { stage } = cast;
    const { kiosk } = stage;
    const label = 'ACME-00270001';
    kiosk.app.announcements.announce({ carrier: 'ACME', label, recipient: cast.ana, size: 'S' });
    await courierSignsIn(cast);
    stage.type('1');
    stage.shows('Scan the label');
    kiosk.scanner.shows(label);
    courierPutsIn(cast, 'a small box');
    leaves(cast);
  },
};
