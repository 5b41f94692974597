import type { Drop, DropStart } from '../../control/deposit.ts';
import type { DropAnswer, SlotRecord } from '../../domain/slot.ts';
import type { Fact } from '../../domain/slot-events.ts';
import { MOVES_MAX } from '../limits.ts';
import type { Desk, Next, Page } from '../page.ts';
import type { Digit, Key, Screen } from '../screen.ts';
import { messagePage } from './choice.ts';
import * as ends from './drop-ends.ts';
import { drawDrop } from './drop-screens.ts';
import { fullPage } from './full.ts';
import { Visit } from './visit.ts';

const ANSWERS: ReadonlyMap<Key, DropAnswer> = new Map<Digit, DropAnswer>([
  ['1', 'too_big'],
  ['2', 'not_empty'],
  ['3', 'dirty'],
  ['4', 'changed_mind'],
]);

/** Where an attempt to place the parcel leads. */
export function followDrop(way: ends.Way, start: DropStart): Page {
  const { desk } = way;
  if (start.kind === 'opening') return new DropDoor(way, start.drop);
  if (start.kind === 'full') return fullPage(desk, start, way.nextParcel);
  const { title } = desk.texts.drop;
  const lines = [...refusalOf(desk, start), desk.texts.common.help(desk.site.helpPhone)];
  return messagePage(desk.texts, {
    title,
    lines,
    tone: 'warning',
    ref: start.ref,
    onward: way.nextParcel,
  });
}

function refusalOf({ texts }: Desk, start: Exclude<DropStart, { kind: 'opening' | 'full' }>) {
  if (start.kind === 'over_limit') return texts.limits[start.why];
  return start.kind === 'no_room' ? texts.drop.noRoom : texts.drop.notNow;
}

/** Follows one parcel into one slot; every other slot it is sent to gets a page of its own. */
class DropDoor implements Page {
  readonly #desk: Desk;
  readonly #way: ends.Way;
  readonly #drop: Drop;
  readonly #visit: Visit;

  constructor(way: ends.Way, drop: Drop) {
    this.#desk = way.desk;
    this.#way = way;
    this.#drop = drop;
    this.#visit = new Visit(way.desk, drop.slot, drop.parcel);
  }

  draw(): Screen {
    const { texts } = this.#desk;
    const question = this.#visit.doorQuestion(texts.drop.title);
    return question ?? drawDrop(texts, this.#visit, this.#drop.ref, this.#way.insteadOf);
  }

  press(key: Key): Next {
    if (this.#visit.answersAboutDoor(key)) return null;
    switch (this.#visit.record.state) {
      case 'open':
        this.#pressOpen(key);
        return null;
      case 'drop_unconfirmed':
        if (key === '1') this.#visit.send({ type: 'LEFT_IT' });
        if (key === '2') this.#visit.send({ type: 'NOT_LEFT' });
        return null;
      case 'verify_empty':
        if (key === '1') this.#visit.send({ type: 'IS_EMPTY' });
        if (key === '2') this.#visit.send({ type: 'SOMETHING_INSIDE' });
        if (key === 'enter') this.#visit.reopen();
        return null;
      default:
        return null;
    }
  }

  noticed(after: SlotRecord, facts: readonly Fact[], before: SlotRecord): void {
    this.#visit.noticed(after, facts, before);
  }

  advance(): Next {
    return this.#visit.isUnderWay() ? null : this.#ended();
  }

  /** A door, or its question, has a time of its own (R10a). */
  limit() {
    return null;
  }

  #pressOpen(key: Key): void {
    if (key === '5') this.#visit.askAboutDoor();
    const answer = this.#visit.record.dropAnswer;
    if (answer === null || answer === 'done') {
      const said = ANSWERS.get(key);
      if (said !== undefined) this.#desk.deposit.answer(this.#drop, said);
    } else if (key === '1') {
      this.#desk.deposit.answer(this.#drop, 'done');
    }
  }

  /** The slot has come to rest: what that means for the parcel, and where it goes next. */
  #ended(): Page {
    const { record, answer, door } = this.#visit;
    const { deposit } = this.#desk;
    if (record.parcel === this.#drop.parcel) return ends.receiptPage(this.#way, this.#drop, door);
    const elsewhere = () => this.#move(() => deposit.elsewhere(this.#drop));
    if (!this.#visit.hasHappened('slot.opened')) {
      const unknown = record.bar?.reason === 'unknown_outcome';
      if (unknown) return ends.unseenPage(this.#way, this.#drop, door, elsewhere);
      return this.#moveUnasked(elsewhere);
    }
    if (record.bar?.reason === 'door_open') return ends.leftOpenPage(this.#way, this.#drop, door);
    if (answer === 'not_empty' || answer === 'dirty') return this.#moveUnasked(elsewhere);
    if (!this.#visit.hasHappened('slot.empty')) return ends.heldPage(this.#way, this.#drop, door);
    if (answer !== 'too_big') return ends.nothingStoredPage(this.#way, this.#drop);
    return this.#move(() => deposit.larger(this.#drop));
  }

  /** To another slot at once; but a wall that fails at every door must not go on by itself. */
  #moveUnasked(move: () => Page): Page {
    return this.#way.moves < MOVES_MAX
      ? move()
      : ends.askToMovePage(this.#way, this.#drop, this.#visit.door, move);
  }

  #move(place: () => DropStart): Page {
    const moves = this.#way.moves + 1;
    return followDrop({ ...this.#way, moves, insteadOf: this.#visit.door }, place());
  }
}
