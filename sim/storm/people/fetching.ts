import { en } from '../../../src/kiosk/messages/en.ts';
import type { Dice } from '../dice.ts';
import type { Place } from '../keypads.ts';
import type { Scene } from '../scene.ts';
import { LOOK_MS, type Part } from '../script.ts';

const LOOKS_MAX = 600;
const PARCELS_MAX = 24;
const texts = en.recall;

/** Fetches back what expired or was cancelled, from the menu and back to it. */
export function* fetchBack(scene: Scene, place: Place, dice: Dice): Part<void> {
  const counts = Array.from({ length: PARCELS_MAX }, (_, index) => en.courier.recall(index + 1));
  const entry = counts.find((label) => place.offers(label));
  if (entry === undefined) return;
  place.choose(entry);
  const done = new Set<number>();
  for (let looks = 0; looks < LOOKS_MAX && !place.offers(en.courier.leave); looks += 1) {
    yield LOOK_MS;
    if (place.isIdle()) return;
    const number = place.doorShown();
    if (place.choose(texts.open(number)) || place.choose(en.common.goOn)) continue;
    if (number > 0 && place.offers(en.drop.staysOpen) && !done.has(number)) {
      done.add(number);
      yield* takesOut(scene, number, dice);
    }
    if (place.offers(texts.reopen)) place.choose(answer(scene, place));
  }
}

function* takesOut(scene: Scene, number: number, dice: Dice): Part<void> {
  const door = scene.door(number);
  yield dice.between(1_500, 6_000);
  const things = door.takeOut();
  if (things.length > 0) scene.say(`the courier takes ${things.join(', ')} back`);
  scene.mark('recalled');
  yield dice.between(1_000, 4_000);
  door.push();
}

/** "Did you take it out, and is nothing else inside?" */
function answer(scene: Scene, place: Place): string {
  const ref = /parcel ([0-9A-Z]{6}) out/.exec(place.look().lines.join(' '))?.[1];
  const slot = scene.parcelOf(ref ?? '')?.slot;
  const isEmpty = slot != null && scene.doorOf(slot).contents.length === 0;
  return isEmpty ? en.common.yes : en.common.no;
}
