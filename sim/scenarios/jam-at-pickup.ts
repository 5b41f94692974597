import { takesOut } from '../demo/cast.ts';
import { lies } from './given.ts';
import type { Scenario } from './scenario.ts';

export const jamAtPickup: Scenario = {
  title: 'A door that does not open: "did the door open?"',
  about: [
    'The latch sticks. After three pulses Ana is asked whether the door opened; after a no',
    'and a rest for the lock she tries once more, and it gives way. Her code was good all the',
    'time.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const vase = { to: 'ana', label: 'ACME-00050001', thing: 'a vase' } as const;
    const { slot, code, second } = await lies(cast, vase);
    const door = stage.kiosk.door(slot);
    door.jam();
    stage.say('ice holds the door');
    stage.type(`1 ${code} ${second}`);
    stage.shows('Did the door of compartment');
    stage.type('2');
    stage.shows('must rest');
    door.free();
    stage.say('Ana knocks the ice off');
    stage.shows('is ready for another try');
    stage.type('1');
    stage.shows('is open');
    takesOut(cast, slot);
    stage.shows('Done?');
    stage.type('#');
    stage.wait(65_000);
    stage.check(`${slot} is free`, stage.kiosk.app.supervisor.get(slot).state === 'available');
  },
};
