import { announced } from '../announced.ts';
import { type Cast, courierSignsIn, leaves } from '../demo/cast.ts';
import { totpShown } from '../totp-app.ts';
import { lies } from './given.ts';
import type { Scenario } from './scenario.ts';

const PIN = '314159';
const MENU = 'Compartments that take no parcels';

interface Upkeeper {
  readonly staff: string;
  readonly secret: string;
}

/** Signs in with staff number, PIN and the number that their app shows. */
async function signsIn({ stage }: Cast, who: Upkeeper): Promise<void> {
  await stage.signIn(who.staff, PIN, 'Number from your app');
  stage.type(totpShown(who.secret, stage.clock.wallMs()));
  stage.shows(MENU);
}

export const outOfService: Scenario = {
  title: 'Take a compartment out of service, and give it back',
  about: [
    'A technician without a key to the hatch shows a number of their app. Compartment 2 is',
    'taken out of service; the next parcel goes elsewhere; then the compartment is given back.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const { app } = stage.kiosk;
    const technician = await app.people.addUpkeeper('technician', PIN);
    await signsIn(cast, technician);
    stage.type('3 2#');
    stage.shows('Compartment 2: empty');
    stage.type('2');
    stage.shows('takes no parcels from now on');
    stage.type('#');
    stage.type('3 2#');
    stage.shows('It was taken out of service');
    stage.check('nobody gets it', app.supervisor.get('LOCK1/2').bar?.reason === 'blocked');
    stage.type('2');
    stage.shows('is given back');
    stage.type('#');
    stage.check('it is free', app.supervisor.get('LOCK1/2').state === 'available');
    stage.type('*');
  },
};

export const lostClock: Scenario = {
  title: 'The clock is lost',
  about: [
    'The clock has jumped by a month, and nobody knows the time. Numbers of apps cannot be',
    'checked, and the technician reads what to do instead. Codes need no clock: Ana collects as',
    'always.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const { app } = stage.kiosk;
    const { staff } = await app.people.addUpkeeper('technician', PIN);
    const { slot, code, second } = await lies(cast, {
      to: 'ana',
      label: 'ACME-00200001',
      thing: 'a radio',
    });
    stage.say('the clock of the machine jumps');
    stage.clock.jumpWall(30 * 86_400_000);
    stage.wait(60_000);
    stage.check('nobody knows the time', app.clock.trust().state === 'unsynced');
    await stage.signIn(staff, PIN, 'The clock of this machine is not set');
    stage.type('#');
    stage.type(`1 ${code} ${second}`);
    stage.shows('is open');
    stage.hands.takesParcel(stage.kiosk.door(slot), { afterMs: 2_000, closesAfterMs: 3_000 });
    stage.shows('Done?');
    stage.type('#');
  },
};

export const lockdown: Scenario = {
  title: 'A lockdown, and its end',
  about: [
    'Three doors are forced within a minute, and the kiosk locks itself down: couriers are sent',
    'away, recipients still collect. Only somebody who stands at the kiosk and has proven who',
    'they are ends it.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const { app } = stage.kiosk;
    const technician = await app.people.addUpkeeper('technician', PIN);
    const hat = { to: 'ana', label: 'ACME-00210001', thing: 'a hat' } as const;
    const { slot, code, second } = await lies(cast, hat);
    announced(app, { carrier: 'ACME', label: 'ACME-21002', recipient: cast.ben, size: 'S' });
    for (const door of [3, 4, 5]) stage.kiosk.door(`LOCK1/${door}`).force();
    stage.wait(2_000);
    await courierSignsIn(cast);
    stage.type('1 21002 1');
    stage.shows('No compartment can be used just now');
    stage.type('# *');
    leaves(cast);
    stage.say('Ana collects all the same');
    stage.type(`1 ${code} ${second}`);
    stage.shows('is open');
    stage.hands.takesParcel(stage.kiosk.door(slot), { afterMs: 2_000, closesAfterMs: 3_000 });
    stage.shows('Done?');
    stage.type('#');
    stage.say('a technician comes');
    await signsIn(cast, technician);
    stage.shows('Lockdown: nothing is dropped');
    stage.type('5');
    stage.shows('Shall it serve everybody again?');
    stage.type('1');
    stage.shows('This kiosk serves everybody.');
    stage.type('# *');
    stage.check('it serves', app.modes.mode === 'serve');
  },
};

export const adminCancels: Scenario = {
  title: 'An admin cancels a parcel',
  about: [
    'What a technician may do an admin may too; an admin may also cancel the parcel that lies',
    'in a compartment. It stays locked in until its courier has fetched it.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const { app } = stage.kiosk;
    const admin = await app.people.addUpkeeper('admin', PIN);
    const vase = { to: 'ben', label: 'ACME-00220001', thing: 'a vase' } as const;
    const { slot } = await lies(cast, vase);
    const [parcel] = app.store.parcels.stored();
    await signsIn(cast, admin);
    stage.type('3 1#');
    stage.shows('Cancel the parcel');
    stage.type('4');
    stage.shows('its courier takes it back');
    stage.type('1');
    stage.shows('is cancelled');
    stage.type('# * *');
    const { status } = app.store.parcels.get(parcel?.id ?? '') ?? {};
    stage.check('it is cancelled', status === 'cancelled');
    stage.check('the compartment is not free', app.supervisor.get(slot).state === 'occupied');
  },
};

export const otherCarrier: Scenario = {
  title: "A courier of another carrier sees none of this carrier's parcels",
  about: [
    'A parcel of ACME is announced, and another one waits to be fetched back. A courier of',
    'another carrier types the same digits, and looks for parcels to fetch: for them there is',
    'neither.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const { app } = stage.kiosk;
    const staff = await app.people.addCourier('OTHER', PIN);
    await lies(cast, { to: 'ben', label: 'ACME-00230001', thing: 'a coat' });
    const [parcel] = app.store.parcels.stored();
    app.cancel.byOperator(parcel?.id ?? '');
    announced(app, { carrier: 'ACME', label: 'ACME-23002', recipient: cast.ana, size: 'S' });
    await stage.signIn(staff, PIN, 'Fetch back parcels (0)');
    stage.type('2');
    stage.shows('There is nothing to fetch.');
    stage.type('#');
    stage.type('1 23002');
    stage.shows('This parcel is not announced.');
    stage.type('* * *');
    await courierSignsIn(cast);
    stage.shows('Fetch back parcels (1)');
    stage.type('1 23002');
    stage.shows('Is that right?');
    stage.type('* * *');
  },
};
