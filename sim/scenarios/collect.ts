import { takesOut } from '../demo/cast.ts';
import { lies } from './given.ts';
import type { Scenario } from './scenario.ts';

export const collect: Scenario = {
  title: 'Collect a parcel',
  about: ['Ana types the pickup code and the second number, takes her parcel and closes the door.'],
  play: async (cast) => {
    const { stage } = cast;
    const box = { to: 'ana', label: 'ACME-00010001', thing: 'a small box' } as const;
    const { slot, code, second } = await lies(cast, box);
    stage.type('1');
    stage.type(code);
    stage.type(second);
    stage.shows('is open');
    takesOut(cast, slot);
    stage.shows('Done?');
    stage.type('#');
    stage.shows('What would you like to do?');
    stage.wait(65_000);
    stage.check(`${slot} is free`, stage.kiosk.app.supervisor.get(slot).state === 'available');
  },
};
