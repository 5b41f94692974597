import { en } from '../../../src/kiosk/messages/en.ts';
import type { Dice } from '../dice.ts';
import { Gone, type Place } from '../keypads.ts';
import type { Scene } from '../scene.ts';
import { LOOK_MS, type Part, type Script, until } from '../script.ts';
import { Delivery, type Goods } from './delivery.ts';
import { fetchBack } from './fetching.ts';

export const CARRIER = 'ACME';
export const PIN = '73194628';
const SIZES = ['S', 'S', 'M', 'M', 'L'] as const;
const SHIFT_EVERY_MS = 540_000;
const PARCELS_MIN = 3;
const PARCELS_MAX = 6;
const HAND_MAX = 12;
const SIGN_IN_MS = 30_000;
const ANNOUNCED = 0.85;

/** A courier who comes again and again, with new parcels and those that found no place. */
export class Courier {
  /** Parcels in the courier's hands or van. */
  readonly #goods: Goods[] = [];
  readonly #scene: Scene;
  readonly #dice: Dice;
  readonly #staff: string;

  constructor(scene: Scene, staff: string) {
    this.#scene = scene;
    this.#staff = staff;
    this.#dice = scene.dice('courier');
  }

  /** Somebody found it and gives it back to the courier. */
  takesBack(ref: string): void {
    const parcel = this.#scene.parcelOf(ref);
    if (parcel?.status !== 'pending' || parcel.label === null) return;
    this.#goods.push({ ref, label: parcel.label, phone: '', size: parcel.size });
  }

  *works(): Script {
    while (!this.#scene.isCalm()) {
      if (this.#scene.isServing()) this.#load();
      yield* this.#shift();
      yield this.#dice.between(SHIFT_EVERY_MS / 2, SHIFT_EVERY_MS);
    }
  }

  #load(): void {
    const count = this.#dice.between(PARCELS_MIN, PARCELS_MAX + 1);
    for (let index = 0; index < count && this.#goods.length < HAND_MAX; index += 1) {
      const size = this.#dice.pick(SIZES);
      const { phone, email } = this.#dice.pick(this.#scene.post.addressees);
      const label = `AC${this.#dice.digits(9)}`;
      if (!this.#dice.chance(ANNOUNCED)) {
        this.#goods.push({ ref: null, label: null, phone, size });
        continue;
      }
      const { people, announcements } = this.#scene.kiosk.app;
      const recipient = people.addCustomer({ phone, email, language: 'en' });
      const announced = announcements.announce({ carrier: CARRIER, label, recipient, size });
      if (announced.kind === 'refused') continue;
      this.#goods.push({ ref: announced.parcel.ref, label, phone, size });
    }
  }

  *#shift(): Part<void> {
    const place = yield* this.#scene.keypads.wait();
    if (place === undefined) return;
    const here: { delivery: Delivery | undefined } = { delivery: undefined };
    try {
      if (yield* this.#signsIn(place)) yield* this.#atMenu(place, here);
      while (!place.isIdle() && place.offers(en.courier.leave)) place.choose(en.courier.leave);
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      const left = here.delivery === undefined ? undefined : yield* here.delivery.inTheDark();
      if (left !== undefined) this.#goods.push(left);
    } finally {
      place.leave();
    }
  }

  *#signsIn(place: Place): Part<boolean> {
    yield* place.type(`2${this.#staff}${PIN}#`);
    yield* until(() => !place.shows(en.common.checking), SIGN_IN_MS);
    return place.offers(en.courier.leave);
  }

  *#atMenu(place: Place, here: { delivery: Delivery | undefined }): Part<void> {
    yield* fetchBack(this.#scene, place, this.#dice);
    for (let left = this.#goods.length; left > 0; left -= 1) {
      const goods = this.#goods.shift();
      if (goods === undefined || !(yield* this.#toLabel(place))) {
        if (goods !== undefined) this.#goods.push(goods);
        return;
      }
      const delivery = new Delivery(this.#scene, place, goods, this.#dice);
      here.delivery = delivery;
      const end = yield* delivery.drops();
      here.delivery = undefined;
      if (end.kept !== undefined) this.#goods.push(end.kept);
      if (end.walksOff) return;
    }
    yield* this.#toMenu(place);
  }

  /** From the menu or a receipt to the question for a label. */
  *#toLabel(place: Place): Part<boolean> {
    return yield* until(() => {
      if (place.asks(en.drop.label(LABEL_DIGITS))) return true;
      if (place.choose(en.drop.nextParcel) || place.choose(en.courier.drop)) return false;
      return place.choose(en.common.goOn) && false;
    }, TO_LABEL_MS);
  }

  *#toMenu(place: Place): Part<void> {
    for (let keys = 0; keys < 20 && !place.offers(en.courier.leave); keys += 1) {
      if (place.isIdle()) return;
      if (!place.choose(en.courier.toMenu) && !place.choose(en.common.goOn)) place.press('back');
      yield LOOK_MS;
    }
  }
}

const LABEL_DIGITS = 5;
const TO_LABEL_MS = 20_000;
