import { en } from '../../../src/kiosk/messages/en.ts';
import type { Dice } from '../dice.ts';
import { Gone, type Place } from '../keypads.ts';
import type { Scene } from '../scene.ts';
import { LOOK_MS, type Part, type Script } from '../script.ts';
import type { Letter } from './post.ts';
import { RUBBISH } from './strangers.ts';

/** How somebody is at the door. */
const TEMPERS = [
  ...Array.from({ length: 24 }, () => 'plain' as const),
  ...(['hasty', 'hasty', 'opens again', 'opens again', 'gives it back', 'gives it back'] as const),
  ...(['forgetful', 'mistypes', 'says what is left and goes'] as const),
  ...(['slow', 'leaves the door open', 'says that it does not close', 'walks off'] as const),
];
type Temper = (typeof TEMPERS)[number];

const VISITS_MAX = 8;
const LOOKS_MAX = 1_200;
/** After so many wrong second numbers a parcel takes one try an hour (R13). */
const SECOND_MISSES_MAX = 5;
/** Hashes are kept until the parcel has left + 24 h (R14). */
const NUMBERS_KEPT_MS = 86_400_000;
const texts = en.collect;

/** Comes for the parcel, and comes again until it is taken or known to be gone. */
export function* recipientComes(scene: Scene, letter: Letter): Script {
  const dice = scene.dice(`recipient ${letter.ref}`);
  yield dice.waitMs(MEAN_MS) + MINUTE_MS;
  for (let visits = 0; visits < VISITS_MAX; visits += 1) {
    if (scene.isLate()) return;
    const temper = scene.has('temper') && !scene.isCalm() ? dice.pick(TEMPERS) : 'plain';
    scene.say(`the recipient of ${letter.ref} comes (${temper})`);
    const recipient = new Recipient(scene, letter, temper, dice);
    if (yield* recipient.visits()) break;
    yield dice.between(MINUTE_MS, 4 * MINUTE_MS);
  }
  // Somebody tries again what has worked once.
  if (!dice.chance(AGAIN)) return;
  yield dice.waitMs(MEAN_MS);
  if (scene.isLate()) return;
  yield* new Recipient(scene, letter, 'plain', dice).visits();
}

const MINUTE_MS = 60_000;
const MEAN_MS = 4 * MINUTE_MS;
const AGAIN = 0.1;

/** One person at the wall, once. */
class Recipient {
  readonly #scene: Scene;
  readonly #letter: Letter;
  readonly #temper: Temper;
  readonly #dice: Dice;
  /** The number on the door that was opened for them. */
  #door = 0;
  /** What they have done at the open door already. */
  #wasAtDoor = false;
  #reopens: boolean;
  #forgot = false;
  #isTaken = false;
  #typedAgain = false;
  /** The door was shut while the screen could still be told what is inside. */
  #wasAsked = false;

  constructor(scene: Scene, letter: Letter, temper: Temper, dice: Dice) {
    this.#scene = scene;
    this.#letter = letter;
    this.#temper = temper;
    this.#dice = dice;
    this.#reopens = temper === 'opens again' || temper === 'forgetful';
  }

  /** True when they need not come again. */
  *visits(): Part<boolean> {
    const place = yield* this.#scene.keypads.wait();
    if (place === undefined) return false;
    try {
      return yield* this.#atKeypad(place);
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      yield* this.#inTheDark();
      return this.#isTaken;
    } finally {
      place.leave();
    }
  }

  *#atKeypad(place: Place): Part<boolean> {
    const { code, second } = this.#letter;
    const wrong = this.#temper === 'mistypes';
    const typed = wrong ? `${second.slice(0, -1)}${(Number(second.at(-1)) + 1) % 10}` : second;
    if (wrong) this.#scene.keepSecret(typed);
    yield* place.type(`${this.#temper === 'gives it back' ? '3' : '1'}${code}${typed}`);
    for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
      yield LOOK_MS;
      const end = yield* this.#reacts(place);
      if (end !== undefined) return end;
    }
    return false;
  }

  /** What the screen makes them do; a value when they leave. */
  *#reacts(place: Place): Part<boolean | undefined> {
    if (place.isIdle()) return this.#isTaken;
    this.#door = place.doorShown() || this.#door;
    const { numbers, giveBack } = en;
    if (place.shows(numbers.wrong[0] ?? '')) {
      // Whoever typed with care and is refused gives up for today.
      if (this.#temper !== 'mistypes' || this.#typedAgain) this.#isRightAndRefused();
      if (this.#typedAgain || !place.choose(en.common.again)) {
        place.choose(en.common.finish);
        return false;
      }
      this.#typedAgain = true;
      yield* place.type(`${this.#letter.code}${this.#letter.second}`);
      return undefined;
    }
    if (place.shows(numbers.wait(1)[0] ?? '')) {
      this.#scene.mark('empty budget');
      return place.choose(en.common.goOn) && false;
    }
    const told = Object.entries(numbers.told).find(([, lines]) => place.shows(lines[0] ?? ''));
    if (told !== undefined) {
      if (told[0] === 'retrieved') this.#scene.mark('told that it was collected');
      place.choose(en.common.goOn);
      return true;
    }
    if (place.shows(giveBack.cancelled(this.#letter.ref)[0] ?? '')) {
      this.#scene.mark('given back');
      place.choose(en.common.goOn);
      return true;
    }
    return yield* this.#reactsToDoor(place);
  }

  /** R14: right numbers work, or say what became of the parcel, unless they are locked (R13). */
  #isRightAndRefused(): void {
    const { ref } = this.#letter;
    const parcel = this.#scene.parcelOf(ref);
    if (parcel === undefined || parcel.secondMisses >= SECOND_MISSES_MAX) return;
    // A database that was restored knows nothing of a drop in the lost time, nor of its numbers.
    const isForgotten = parcel.status === 'pending' && parcel.codeHash === null;
    if (isForgotten || !this.#scene.post.isLast(this.#letter)) return;
    // By what the wall clock once said, the numbers may be forgotten by now.
    const endedMs = parcel.endedAtWall ?? Number.POSITIVE_INFINITY;
    if (this.#scene.latestWallMs() - endedMs > NUMBERS_KEPT_MS) return;
    this.#scene.fail('R14', `both numbers of ${ref} are right and refused: ${parcel.status}`);
  }

  *#reactsToDoor(place: Place): Part<boolean | undefined> {
    const number = this.#door;
    const door = number === 0 ? undefined : this.#scene.door(number);
    if (place.shows(texts.didItOpen(number))) {
      place.choose(door?.isOpen === true ? en.common.yes : en.common.no);
      if (door?.isOpen === true) this.#scene.mark('open asserted');
    } else if (place.shows(texts.ready(number))) {
      this.#scene.mark('second burst');
      place.choose(en.common.again);
    } else if (place.shows(texts.open(number)) || place.shows(texts.saidOpen(number))) {
      return yield* this.#atOpenDoor(place);
    } else if (place.offers(texts.reopen(number))) {
      return this.#inGrace(place);
    } else if (place.shows(texts.thanks[0] ?? '')) {
      place.choose(en.common.goOn);
      return true;
    } else if (place.offers(texts.another(number)) && this.#dice.chance(0.5)) {
      this.#another(place);
    } else if (place.choose(en.common.finish) || place.choose(en.common.goOn)) {
      return this.#isTaken;
    }
    return undefined;
  }

  *#atOpenDoor(place: Place): Part<boolean | undefined> {
    const door = this.#scene.door(this.#door);
    if (!this.#wasAtDoor && door.isOpen) {
      this.#wasAtDoor = true;
      const stays = yield* this.#handles(place);
      if (stays === 'walks off') return this.#isTaken;
      if (stays === 'does not close') {
        place.choose(texts.staysOpen);
        yield LOOK_MS;
        place.choose(en.closing.doesNotClose);
        return undefined;
      }
    }
    if (!door.isOpen && place.offers(texts.isClosed)) place.choose(texts.isClosed);
    return undefined;
  }

  /** Hands at the open door. */
  *#handles(place: Place): Part<'closed' | 'walks off' | 'does not close'> {
    const door = this.#scene.door(this.#door);
    const isHasty = this.#temper === 'hasty';
    yield isHasty ? this.#dice.between(200, 700) : this.#dice.between(2_200, 7_000);
    if (this.#temper === 'slow') yield this.#dice.between(20_000, 80_000);
    if (this.#temper === 'walks off') return 'walks off';
    const forgets = this.#temper === 'forgetful' || this.#temper === 'says what is left and goes';
    if (forgets && !this.#forgot) this.#forgot = true;
    else this.#takes();
    if (this.#temper === 'leaves the door open') return 'walks off';
    if (this.#temper === 'says that it does not close') return 'does not close';
    yield isHasty ? this.#dice.between(200, 700) : this.#dice.between(800, 4_000);
    this.#wasAsked = place.panel !== null;
    door.push();
    return 'closed';
  }

  #takes(): void {
    const { ref } = this.#letter;
    const things = this.#scene.door(this.#door).takeOut();
    if (things.length > 0) this.#scene.say(`${things.join(', ')} is taken by its recipient`);
    const strange = things.find((thing) => !this.#isMine(thing) && thing !== RUBBISH);
    if (strange !== undefined) this.#scene.fail('R12a', `who came for ${ref} was given ${strange}`);
    this.#isTaken ||= things.includes(ref);
  }

  /** With both numbers of one parcel come the same person's others (R12a). */
  #isMine(thing: string): boolean {
    return this.#scene.areOfOnePerson(thing, this.#letter.ref);
  }

  #inGrace(place: Place): boolean | undefined {
    if (this.#forgot && this.#temper === 'says what is left and goes') {
      if (place.choose(texts.somethingInside)) return undefined;
      place.choose(en.common.finish);
      return false;
    }
    if (this.#reopens) {
      this.#reopens = false;
      this.#wasAtDoor = false;
      if (this.#forgot) place.choose(texts.somethingInside);
      this.#scene.mark('opened again within the grace');
      place.choose(texts.reopen(this.#door));
      return undefined;
    }
    const other = place.look().choices.find(({ key }) => key === '3');
    if (other !== undefined && this.#dice.chance(0.5)) {
      place.press('3');
      this.#another(place);
      return undefined;
    }
    place.choose(en.common.finish);
    return this.#isTaken;
  }

  #another(place: Place): void {
    if (place.offers(texts.another(this.#door))) place.choose(texts.another(this.#door));
    this.#scene.mark('second parcel in one visit');
    this.#door = 0;
    this.#wasAtDoor = false;
    this.#reopens = false;
  }

  /** The screen is dark; if the door is open, the parcel can be had all the same. */
  *#inTheDark(): Part<void> {
    // Who is cut off in the middle of saying so is, to the kiosk, as one who does not say so.
    if (this.#forgot && this.#wasAsked) this.#scene.touch(this.#scene.slots[this.#door - 1] ?? '');
    if (this.#door === 0 || !this.#scene.door(this.#door).isOpen) return;
    if (this.#temper === 'walks off' || this.#temper === 'leaves the door open') return;
    yield this.#dice.between(1_000, 30_000);
    this.#takes();
    yield this.#dice.between(500, 5_000);
    this.#scene.door(this.#door).push();
  }
}
