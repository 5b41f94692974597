import { lies } from './given.ts';
import type { Scenario } from './scenario.ts';

const slip = (digits: string): string => `${(Number(digits[0]) + 1) % 10}${digits.slice(1)}`;

export const wrongNumbers: Scenario = {
  title: 'Wrong numbers',
  about: [
    'A slip in the code is caught by its check digit and costs nothing. A wrong second number',
    "and somebody else's numbers get one and the same sentence, 400 ms after the last key.",
  ],
  play: async (cast) => {
    const { stage } = cast;
    const ana = await lies(cast, { to: 'ana', label: 'ACME-00030001', thing: 'a book' });
    const ben = await lies(cast, { to: 'ben', label: 'ACME-00030002', thing: 'a lamp' });
    const pulses = stage.kiosk.wall.board('A').pulses.length;
    stage.say('a wrong digit in the code');
    stage.type(`1 ${slip(ana.code)}`);
    stage.shows('Please check the number');
    stage.say('a wrong second number');
    stage.type(`${ana.code} ${slip(ana.second)}`);
    stage.shows('These numbers do not fit together.');
    stage.say("Ben's second number with Ana's code");
    stage.type(`# ${ana.code} ${ben.second}`);
    stage.shows('These numbers do not fit together.');
    stage.type('*');
    stage.shows('What would you like to do?');
    stage.check('no lock was energised', stage.kiosk.wall.board('A').pulses.length === pulses);
  },
};
