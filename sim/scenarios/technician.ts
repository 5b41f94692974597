import type { Cast } from '../demo/cast.ts';
import { lies } from './given.ts';
import type { Scenario } from './scenario.ts';

const PIN = '314159';
const HATCH = { board: 'A', channel: 15, doorContact: 'closed-when-shut' } as const;

/** The last compartment of the site is the service hatch. */
const withHatch: Scenario['site'] = (config) => ({
  ...config,
  hatch: HATCH,
  lockers: config.lockers.map((locker) => ({
    ...locker,
    slots: locker.slots.filter(({ channel }) => channel !== HATCH.channel),
  })),
});

/** A technician opens the hatch with their key and signs in. */
async function technicianSignsIn({ stage }: Cast): Promise<void> {
  const { staff } = await stage.kiosk.app.people.addUpkeeper('technician', PIN);
  stage.say('a technician opens the service hatch with a key, and signs in');
  stage.kiosk.wall.door(HATCH.board, HATCH.channel).force();
  stage.wait(1_000);
  await stage.signIn(staff, PIN, 'Compartments that take no parcels');
}

/** Looks inside the compartment that is open, and shuts it. */
function looks({ stage }: Cast): void {
  const slot = stage.openSlot();
  stage.shows('Close it when you are done');
  stage.wait(4_000);
  stage.kiosk.door(slot).push();
  stage.shows('What is inside');
}

export const inspection: Scenario = {
  title: 'Clear a forced door',
  about: [
    'Somebody has pried a door open. The compartment takes no parcels until a technician has',
    'looked inside; the screen says what happened and what helps.',
  ],
  site: withHatch,
  play: async (cast) => {
    const { stage } = cast;
    const door = stage.kiosk.door('LOCK1/4');
    door.force();
    stage.wait(2_000);
    door.push();
    await technicianSignsIn(cast);
    stage.type('2');
    stage.shows('The door moved without any right');
    stage.type('1 1');
    looks(cast);
    stage.type('1');
    stage.shows('is booked as you said');
    stage.type('#');
    const { state } = stage.kiosk.app.supervisor.get('LOCK1/4');
    stage.check('the compartment takes parcels again', state === 'available');
    stage.type('*');
  },
};

export const inventory: Scenario = {
  title: 'An inventory round',
  about: [
    'A technician looks behind the doors one by one and says what is there. A parcel is not where',
    'it was booked: that becomes a row of the journal, and its compartment is free.',
  ],
  site: withHatch,
  play: async (cast) => {
    const { stage } = cast;
    const boots = { to: 'ben', label: 'ACME-00090001', thing: 'boots' } as const;
    const { slot } = await lies(cast, boots);
    await technicianSignsIn(cast);
    stage.type('1');
    stage.shows('Door 1 of 14');
    stage.type('1');
    looks(cast);
    stage.type('1');
    stage.shows('Is it really not inside?');
    stage.type('1');
    stage.shows('is booked as you said');
    stage.type('#');
    stage.shows('Door 2 of 14');
    stage.type('2');
    stage.shows('Door 3 of 14');
    stage.type('*');
    stage.shows('Looked behind 1 doors');
    stage.type('# *');
    const { store, supervisor } = stage.kiosk.app;
    const rows = store.journal.tail(100).filter(({ t }) => t === 'inventory.difference');
    stage.check('the difference is in the journal', rows[0]?.slot === slot);
    stage.check('the compartment is free', supervisor.get(slot).state === 'available');
  },
};
