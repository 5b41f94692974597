import { en } from '../../../src/kiosk/messages/en.ts';
import type { Dice } from '../dice.ts';
import type { Place } from '../keypads.ts';
import type { Scene } from '../scene.ts';
import { LOOK_MS, type Part } from '../script.ts';

/** A parcel in a courier's hands; what nobody announced has no reference yet. */
export interface Goods {
  readonly ref: string | null;
  readonly label: string | null;
  readonly phone: string;
  readonly size: string;
}

interface End {
  /** Set when the courier still has it. */
  readonly kept?: Goods;
  /** The courier is off and comes back to no screen. */
  readonly walksOff?: true;
}

const WAYS = [
  ...Array.from({ length: 24 }, () => 'plain' as const),
  ...([
    'hasty',
    'says nothing',
    'says nothing',
    'too big',
    'too big',
    'changes their mind',
  ] as const),
  ...(['finds it dirty', 'rams it', 'says that it does not close', 'slow'] as const),
  ...(['walks off with it', 'walks off without it'] as const),
];
type Way = (typeof WAYS)[number];

const LOOKS_MAX = 800;
const TAIL_DIGITS = 5;
const REF = /put parcel ([0-9A-Z]{6}) in/;
const texts = en.drop;

/** One parcel on its way into a slot, over as many doors as it takes. */
export class Delivery {
  readonly #scene: Scene;
  readonly #place: Place;
  readonly #dice: Dice;
  #goods: Goods;
  #way: Way;
  #door = 0;
  /** Doors that were dealt with already. */
  readonly #done = new Set<number>();
  #inHand = true;

  constructor(scene: Scene, place: Place, goods: Goods, dice: Dice) {
    this.#scene = scene;
    this.#place = place;
    this.#dice = dice;
    this.#goods = goods;
    this.#way = scene.has('temper') ? dice.pick(WAYS) : 'plain';
    if (this.#way === 'rams it' && !scene.has('jam')) this.#way = 'plain';
  }

  /** Names the parcel, and follows it until it is booked or the courier gives up. */
  *drops(): Part<End> {
    const { label } = this.#goods;
    const tail = (label ?? `X${this.#dice.digits(TAIL_DIGITS)}`).slice(-TAIL_DIGITS);
    yield* this.#place.type(tail);
    if (!(yield* this.#names())) return {};
    for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
      const end = yield* this.#reacts();
      if (end !== undefined) return end;
      yield LOOK_MS;
    }
    return this.#end();
  }

  /** The power went while this was under way: what lies behind an open door is taken or shut in. */
  *inTheDark(): Part<Goods | undefined> {
    const door = this.#door === 0 ? undefined : this.#scene.door(this.#door);
    if (door?.isOpen === true && !this.#way.startsWith('walks off')) {
      yield this.#dice.between(1_000, 20_000);
      if (!this.#inHand && this.#dice.chance(0.5)) this.#takesBack();
      yield this.#dice.between(300, 3_000);
      door.push();
    }
    return this.#end().kept;
  }

  /** Answers until a door is on its way; false when the parcel cannot be dropped here. */
  *#names(): Part<boolean> {
    const place = this.#place;
    yield LOOK_MS;
    const { ref, phone, size } = this.#goods;
    const entry = ref === null ? '' : texts.entry(ref, en.common.size(size));
    if (ref !== null && (place.choose(entry) || place.choose(en.common.yes))) return true;
    if (ref === null) place.choose(texts.noneOfThese);
    if (!place.asks(texts.phone)) return false;
    if (ref !== null) {
      yield* place.type('**');
      return false;
    }
    const digits = phone.replace(/\D/g, '');
    yield* place.type(`${digits}#${digits}#`);
    place.choose(en.common.size(size));
    return true;
  }

  *#reacts(): Part<End | undefined> {
    const place = this.#place;
    if (place.isIdle()) return this.#end();
    this.#door = place.doorShown() || this.#door;
    const number = this.#door;
    if (place.offers(texts.nextParcel)) return this.#receipt();
    if (place.offers(texts.tooBig) || place.offers(texts.afterAll))
      return yield* this.#atOpenDoor();
    if (place.shows(texts.leftIt(number))) return this.#confirms();
    if (place.shows(texts.isEmpty(number))) {
      const isEmpty = this.#scene.door(number).contents.length === 0;
      place.choose(isEmpty ? en.common.yes : en.common.no);
    } else if (place.shows(texts.unseen(number)[0] ?? '')) {
      place.choose(this.#inHand ? texts.haveIt : texts.doNotHaveIt);
    } else if (place.offers(texts.another)) {
      place.choose(this.#dice.chance(0.7) ? texts.another : en.courier.toMenu);
    } else if (place.offers(en.common.goOn)) {
      if (place.shows(texts.full[0] ?? '')) this.#scene.mark('locker full');
      place.choose(en.common.goOn);
      return this.#end();
    } else if (place.offers(en.courier.leave) || place.asks(texts.label(TAIL_DIGITS))) {
      return this.#end();
    } else if (number > 0 && place.shows(texts.opening(number))) this.#waits(number);
    return undefined;
  }

  #waits(number: number): void {
    if (this.#way !== 'rams it' || this.#scene.door(number).isOpen) return;
    this.#way = 'plain';
    this.#scene.say(`the courier rams door ${number}`);
    this.#scene.door(number).jam();
  }

  /** R17: the receipt comes after the commit. */
  #receipt(): End {
    const ref = this.#goods.ref ?? '';
    if (this.#scene.parcelOf(ref)?.status !== 'stored') {
      this.#scene.fail('R17', `the receipt for ${ref} is shown before it is booked in`);
    }
    return this.#end();
  }

  #confirms(): undefined {
    if (this.#way === 'says nothing') return undefined;
    const isIn = this.#scene.door(this.#door).contents.includes(this.#goods.ref ?? '');
    this.#place.choose(isIn ? en.common.yes : en.common.no);
    return undefined;
  }

  *#atOpenDoor(): Part<End | undefined> {
    const door = this.#scene.door(this.#door);
    if (!door.isOpen || this.#done.has(this.#door)) return undefined;
    this.#done.add(this.#door);
    const ref = REF.exec(this.#place.look().lines.join(' '))?.[1];
    if (ref !== undefined) this.#goods = { ...this.#goods, ref };
    yield this.#way === 'hasty' ? 200 : this.#dice.between(1_200, 5_000);
    if (this.#way === 'slow') yield this.#dice.between(20_000, 90_000);
    if (door.contents.length > 0) {
      this.#place.choose(texts.notEmpty);
      this.#scene.mark('found inside by a courier');
    } else if (this.#way === 'walks off with it') {
      return this.#walksOff();
    } else yield* this.#fills();
    if (this.#way === 'walks off without it') return this.#walksOff();
    if (this.#way === 'says that it does not close') return yield* this.#doesNotClose();
    yield this.#way === 'hasty' ? 300 : this.#dice.between(800, 4_000);
    door.push();
    return undefined;
  }

  /** Puts it in, or says why not. */
  *#fills(): Part<void> {
    const way = this.#way;
    if (way === 'too big' || way === 'finds it dirty') {
      this.#place.choose(way === 'too big' ? texts.tooBig : texts.dirty);
      this.#scene.mark(way === 'too big' ? 'drop upsized' : 'drop into another slot');
      this.#way = 'plain';
      return;
    }
    if (way === 'says that it does not close') return;
    this.#inHand = false;
    this.#scene.door(this.#door).putIn(this.#goods.ref ?? '');
    if (way !== 'changes their mind') return;
    yield this.#dice.between(500, 3_000);
    this.#takesBack();
    this.#place.choose(texts.changedMind);
    this.#scene.mark('drop called off');
  }

  *#doesNotClose(): Part<undefined> {
    this.#place.choose(texts.staysOpen);
    yield LOOK_MS;
    this.#place.choose(en.closing.doesNotClose);
    return undefined;
  }

  #walksOff(): End {
    this.#scene.mark('courier walked off');
    this.#scene.say('the courier walks off and leaves the door open');
    return { ...this.#end(), walksOff: true };
  }

  #takesBack(): void {
    const things = this.#scene.door(this.#door).takeOut();
    if (things.includes(this.#goods.ref ?? '')) this.#inHand = true;
  }

  #end(): End {
    return this.#inHand ? { kept: this.#goods } : {};
  }
}
