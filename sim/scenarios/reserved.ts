import { announced } from '../announced.ts';
import { courierPutsIn, leaves } from '../demo/cast.ts';
import type { Scenario } from './scenario.ts';

const PIN = '246810';
const HOUR_MS = 3_600_000;
const LABELS = ['ACME-A-70707', 'ACME-B-70707'] as const;

export const reserved: Scenario = {
  title: 'Two parcels with the same last digits, one with a reserved compartment',
  about: [
    'Compartments may be held for parcels on their way. The courier picks a parcel from a numbered',
    'list; the reservation of the parcel that never comes ends by itself and frees its slot.',
  ],
  play: async (cast) => {
    const { stage, ana } = cast;
    const { app } = stage.kiosk;
    const reserveUntilWall = stage.clock.wallMs() + HOUR_MS;
    for (const label of LABELS) {
      const parcel = { carrier: 'ACME', label, recipient: ana, size: 'S', reserveUntilWall };
      stage.say(`${label} is announced: ${announced(app, parcel).slot} is held for an hour`);
    }
    const held = () => app.supervisor.all().filter(({ state }) => state === 'reserved').length;
    await stage.signIn(cast.staff, PIN);
    stage.type(`1 ${LABELS[0].slice(-5)}`);
    stage.shows('Which parcel is it?');
    stage.type('2');
    courierPutsIn(cast, 'a small box');
    leaves(cast);
    stage.check('one compartment is still held', held() === 1);
    stage.wait(HOUR_MS);
    stage.check('after an hour none is held', held() === 0);
  },
};
