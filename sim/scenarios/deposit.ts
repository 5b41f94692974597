import { announced } from '../announced.ts';
import { courierPutsIn, leaves } from '../demo/cast.ts';
import type { Scenario } from './scenario.ts';

const PIN = '246810';
const LABEL = 'ACME-00010001';

export const deposit: Scenario = {
  title: 'Drop an announced parcel',
  about: [
    'A courier signs in, names the parcel by the last digits of its label, and gets a receipt',
    'once the drop is on disk; the recipient is told over two channels.',
  ],
  play: async (cast) => {
    const { stage, staff, ana } = cast;
    const parcel = { carrier: 'ACME', label: LABEL, recipient: ana, size: 'S' };
    announced(stage.kiosk.app, parcel);
    await stage.signIn(staff, PIN);
    stage.type('1');
    stage.type(LABEL.slice(-5));
    stage.shows('Is that right?');
    stage.type('1');
    courierPutsIn(cast, 'a small box');
    leaves(cast);
  },
};
