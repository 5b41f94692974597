import { courierNames, courierPutsIn, courierSignsIn, leaves } from '../demo/cast.ts';
import { lies } from './given.ts';
import type { Scenario } from './scenario.ts';

const LOW_DOOR = 3;

export const lowSlot: Scenario = {
  title: 'A low compartment, and none left',
  about: [
    'Cleo needs a low compartment, and nobody has to say so at the kiosk: her first parcel goes',
    'into the only one. For the second there is none, and her message tells whom to call.',
  ],
  site: (config) => ({
    ...config,
    lockers: config.lockers.map((locker) => ({
      ...locker,
      slots: locker.slots.map((slot) => ({ ...slot, accessible: slot.number === LOW_DOOR })),
    })),
  }),
  play: async (cast) => {
    const { stage } = cast;
    const contact = { phone: '+1 212 555 0133', email: 'cleo@example.com', language: 'en' };
    const cleo = stage.kiosk.app.people.addCustomer(contact, true);
    await courierSignsIn(cast);
    courierNames(cast, cleo, 'ACME-00130001', 'S');
    const first = courierPutsIn(cast, 'a kettle');
    stage.check('it is in the low one', first === `LOCK1/${LOW_DOOR}`);
    courierNames(cast, cleo, 'ACME-00130002', 'S');
    const second = courierPutsIn(cast, 'a toaster');
    stage.check('it is in another one', second !== first);
    leaves(cast);
    const [warned] = stage.kiosk.phone.filter(({ text }) => text.includes('No low compartment'));
    stage.check('she is told', warned !== undefined);
  },
};

export const moreTime: Scenario = {
  title: 'More time for every step',
  about: [
    'Ben needs more time than a screen usually gives him. He asks for it first; a minute later',
    'the screen that would have ended still waits for him.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const { code, second } = await lies(cast, {
      to: 'ben',
      label: 'ACME-00140001',
      thing: 'a game',
    });
    stage.type('0');
    stage.type('1');
    stage.wait(70_000);
    stage.shows('Pickup code');
    stage.type(`${code} ${second}`);
    stage.shows('is open');
  },
};
