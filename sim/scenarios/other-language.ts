import { takesOut } from '../demo/cast.ts';
import { lies } from './given.ts';
import type { Scenario } from './scenario.ts';

export const otherLanguage: Scenario = {
  title: 'Collect a parcel in Spanish',
  about: [
    'A key of the first screen changes the language for one session. Afterwards, or when nobody',
    'goes on, the keypad speaks the language of the site again.',
  ],
  play: async (cast) => {
    const { stage } = cast;
    const { slot, code, second } = await lies(cast, {
      to: 'ana',
      label: 'ACME-00010002',
      thing: 'a letter',
    });
    stage.type('8');
    stage.shows('¿Qué desea hacer?');
    stage.type('1');
    stage.type(code);
    stage.type(second);
    stage.shows('está abierto');
    takesOut(cast, slot);
    stage.shows('¿Ha terminado?');
    stage.type('#');
    stage.shows('What would you like to do?');
  },
};
