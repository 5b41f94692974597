import { takesOut } from '../demo/cast.ts';
import { lies } from './given.ts';
import type { Scenario } from './scenario.ts';

export const forcedDoor: Scenario = {
  title: 'A door is forced',
  about: [
    "Somebody breaks open the door in front of Ana's parcel and leaves it there. The kiosk",
    'sees the edge that nobody was entitled to, holds the compartment, and still serves Ana.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const coat = { to: 'ana', label: 'ACME-00090001', thing: 'a coat' } as const;
    const { slot, code, second } = await lies(cast, coat);
    const { supervisor } = stage.kiosk.app;
    const door = stage.kiosk.door(slot);
    stage.say('a crowbar at the door');
    door.force();
    stage.until('the kiosk has seen it', () => supervisor.get(slot).bar?.reason === 'forced');
    stage.say(`the kiosk: ${slot} is quarantined, "forced"; the operator is alarmed`);
    door.push();
    stage.wait(5_000);
    stage.type(`1 ${code} ${second}`);
    stage.shows('is open');
    takesOut(cast, slot);
    stage.shows('Done?');
    stage.type('#');
    stage.wait(65_000);
    const { state, parcel } = supervisor.get(slot);
    stage.check('held until somebody looks', state === 'quarantined' && parcel === null);
    stage.say(`the kiosk: the parcel was collected; ${slot} is held until somebody looks inside`);
  },
};
