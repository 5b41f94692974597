import {
  type Cast,
  collects,
  courierNames,
  courierPutsIn,
  courierSignsIn,
  leaves,
  numbersOf,
} from '../cast.ts';

export async function tooBig(cast: Cast): Promise<void> {
  const { stage } = cast;
  await courierSignsIn(cast);
  courierNames(cast, cast.ben, 'ACME-00040001', 'S');
  const small = stage.openSlot();
  stage.say('the parcel is too big: the door is closed empty, a larger compartment follows');
  stage.type('1');
  stage.hands.closes(stage.kiosk.door(small), 2_000);
  stage.shows('empty?');
  stage.type('1');
  const larger = courierPutsIn(cast, 'a wide box');
  stage.check('the larger compartment is another one', larger !== small);
  leaves(cast);
  collects(cast, 'Ben', numbersOf(cast, 'Ben'));
}

export async function jammed(cast: Cast): Promise<void> {
  const { stage } = cast;
  const next = 'LOCK1/1';
  stage.say('somebody has jammed door 1');
  stage.kiosk.door(next).jam();
  await courierSignsIn(cast);
  courierNames(cast, cast.ana, 'ACME-00050001', 'S');
  stage.until('door 1 is given up after three pulses', () => {
    return stage.kiosk.app.supervisor.get(next).bar?.reason === 'jammed';
  });
  stage.say('door 1 is out of service; another compartment opens at once');
  const other = courierPutsIn(cast, 'a parcel');
  stage.check('it is another compartment', other !== next);
  leaves(cast);
  collects(cast, 'Ana', numbersOf(cast, 'Ana'));
}
