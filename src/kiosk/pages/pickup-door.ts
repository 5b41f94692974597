import type { CollectAnswer, Opening } from '../../control/collect.ts';
import type { OpenRefusal } from '../../control/open-slot.ts';
import type { ParcelRecord } from '../../domain/parcel.ts';
import { isBusy, type SlotRecord } from '../../domain/slot.ts';
import type { Fact } from '../../domain/slot-events.ts';
import { MESSAGE_LIMIT_MS, RECEIPT_LIMIT_MS } from '../limits.ts';
import type { Desk, Next, Page } from '../page.ts';
import type { Key, Screen } from '../screen.ts';
import { choicePage, messagePage, option } from './choice.ts';
import { missingPage, type Refused, toldPage } from './numbers.ts';
import { drawPickup } from './pickup-screens.ts';
import { doorOf, Visit } from './visit.ts';

/** Follows a pickup from the pulse to the end of its grace; the slot's record moves it. */
class PickupDoor implements Page {
  readonly #desk: Desk;
  readonly #opening: Opening;
  readonly #visit: Visit;
  /** The recipient's other parcels here (R12a). */
  readonly #others: readonly ParcelRecord[];

  constructor(desk: Desk, opening: Opening) {
    this.#desk = desk;
    this.#opening = opening;
    this.#visit = new Visit(desk, opening.slot, opening.parcel);
    this.#others = othersHere(desk, opening.parcel);
  }

  draw(): Screen {
    const question = this.#visit.doorQuestion(this.#desk.texts.collect.title);
    const next = this.#others[0];
    return (
      question ??
      drawPickup(this.#desk, this.#visit, {
        ref: this.#opening.ref,
        others: this.#others.length,
        nextDoor: next?.slot ? doorOf(this.#desk, next.slot) : null,
      })
    );
  }

  press(key: Key): Next {
    if (this.#visit.answersAboutDoor(key)) return null;
    switch (this.#visit.record.state) {
      case 'unseen':
        return this.#pressUnseen(key);
      case 'open':
        return this.#pressOpen(key);
      case 'grace':
        return this.#pressGrace(key);
      default:
        return null;
    }
  }

  noticed(after: SlotRecord, facts: readonly Fact[], before: SlotRecord): void {
    this.#visit.noticed(after, facts, before);
  }

  advance(): Next {
    if (this.#visit.isUnderWay()) return null;
    const { record } = this.#visit;
    return record.parcel === this.#opening.parcel ? this.#held(record) : this.#gone(record);
  }

  /** A door, or its question, has a time of its own (R10a). */
  limit() {
    return null;
  }

  #pressUnseen(key: Key): Next {
    const { ask } = this.#visit.record;
    if (ask === 'asked' && key === '1') this.#visit.send({ type: 'DID_OPEN' });
    if (ask === 'asked' && key === '2') this.#visit.send({ type: 'DID_NOT_OPEN' });
    if (ask === 'ready' && key === '1') return this.#reopen();
    return null;
  }

  #pressOpen(key: Key): Next {
    const { sensor, door } = this.#visit.record;
    const suspect = sensor === 'suspect' && door !== 'open';
    if (suspect && key === '1') this.#visit.send({ type: 'SAYS_CLOSED' });
    if (key === (suspect ? '2' : '1')) this.#visit.askAboutDoor();
    return null;
  }

  #pressGrace(key: Key): Next {
    if (key === 'enter') return 'home';
    if (key === '1') return this.#reopen();
    const { leftInside, refused } = this.#visit.record;
    if (key === '2') {
      if (refused) this.#desk.aftermath.took(this.#opening.parcel);
      else this.#visit.send({ type: 'SOMETHING_INSIDE' });
    }
    if (!leftInside && key === '4') {
      return refusedPage(this.#desk, this.#opening, this.#visit.door);
    }
    if (!leftInside && key === '5') {
      return missingPage(this.#desk, this.#opening.parcel, this.#opening.ref);
    }
    const next = this.#others[0];
    if (key !== '3' || next === undefined) return null;
    return openEntitled(this.#desk, next.id, next.ref);
  }

  #reopen(): Next {
    if (this.#visit.reopen()) return null;
    const why = this.#visit.record.board === 'dark' ? 'dark' : 'busy';
    return notNowPage(this.#desk, why, this.#opening.ref);
  }

  /** The parcel has left the books: taken, with the door closed or given up. */
  #gone(record: SlotRecord): Page {
    const { texts, site } = this.#desk;
    const { title, goneOpen } = texts.collect;
    if (record.bar?.reason !== 'door_open') return offerNext(this.#desk, this.#opening.parcel);
    return messagePage(texts, {
      title,
      lines: [...goneOpen(this.#visit.door), texts.common.help(site.helpPhone)],
      tone: 'warning',
      ref: this.#opening.ref,
      onward: () => offerNext(this.#desk, this.#opening.parcel),
    });
  }

  /** The parcel is still booked in: the open was not observed, or the slot still looks full. */
  #held(record: SlotRecord): Page {
    const { texts, site } = this.#desk;
    const { title, jammed, notSeen, stillFull } = texts.collect;
    const { parcel, ref } = this.#opening;
    const isJammed = record.bar?.reason === 'jammed';
    const isFull = record.bar?.reason === 'still_full';
    const lines = (isJammed ? jammed : isFull ? stillFull : notSeen)(this.#visit.door);
    const again = option('1', texts.common.again, () => openEntitled(this.#desk, parcel, ref));
    const finish = option('enter', texts.common.finish, () => 'home');
    return choicePage(texts, {
      title,
      lines: [...lines, texts.common.help(site.helpPhone)],
      tone: 'warning',
      ref,
      options: isJammed ? [finish] : [again, finish],
    });
  }
}

/** Where the use case's answer leads: the door, a reason, or what the numbers page must say. */
export function followCollect(desk: Desk, answer: CollectAnswer): Page | Refused {
  if (answer.kind === 'opening') return new PickupDoor(desk, answer);
  if (answer.kind === 'not_now') return notNowPage(desk, answer.why, answer.ref);
  return answer;
}

/** Opens a parcel that this session has proved its right to (R11, R12a). */
function openEntitled(desk: Desk, parcel: string, ref: string): Page {
  const next = followCollect(desk, desk.collect.openEntitled(desk.session, parcel));
  if (!('kind' in next)) return next;
  if (next.kind !== 'told') return notNowPage(desk, 'session_over', ref);
  return toldPage(desk, desk.texts.collect.title, { ...next, parcel });
}

/** After a pickup: the recipient's next parcel, or goodbye. */
function offerNext(desk: Desk, taken: string): Page {
  const { texts } = desk;
  const { title, thanks, another, others } = texts.collect;
  const rest = othersHere(desk, taken);
  const next = rest[0];
  if (next === undefined) {
    const onward = (): Next => 'home';
    const limitMs = RECEIPT_LIMIT_MS;
    return messagePage(texts, { title, lines: thanks, tone: 'good', limitMs, onward });
  }
  const door = doorOf(desk, next.slot ?? '');
  return choicePage(texts, {
    title,
    lines: [others(rest.length)],
    limitMs: MESSAGE_LIMIT_MS,
    options: [
      option('1', another(door), () => openEntitled(desk, next.id, next.ref)),
      option('enter', texts.common.finish, () => 'home'),
    ],
  });
}

/** Stored parcels that this session may open as well, and that nobody is visiting now. */
function othersHere(desk: Desk, inHand: string): readonly ParcelRecord[] {
  return desk.collect
    .others(desk.session)
    .filter(({ id, slot }) => id !== inHand && slot && !isBusy(desk.supervisor.get(slot)));
}

/** The parcel stays behind the closed door; its courier takes it back. */
function refusedPage(desk: Desk, { parcel, ref }: Opening, door: number): Page {
  const { texts, site } = desk;
  desk.aftermath.refuse(desk.session, parcel);
  return messagePage(texts, {
    title: texts.collect.title,
    lines: [...texts.collect.refused(ref, door), texts.common.help(site.helpPhone)],
    ref,
    onward: () => offerNext(desk, parcel),
  });
}

function notNowPage(desk: Desk, why: OpenRefusal, ref: string): Page {
  const { texts, site } = desk;
  const { title, notNow, safe, lockedUntilThen } = texts.collect;
  // After a restore nobody knows what lies inside, so that nobody can say that it is safe.
  const assurance = why === 'unverified' ? lockedUntilThen : safe;
  return messagePage(texts, {
    title,
    lines: [notNow[why], assurance, texts.common.help(site.helpPhone)],
    tone: 'warning',
    ref,
    onward: () => 'home',
  });
}
