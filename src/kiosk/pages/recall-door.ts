import type { ParcelRecord } from '../../domain/parcel.ts';
import type { SlotRecord } from '../../domain/slot.ts';
import type { Fact } from '../../domain/slot-events.ts';
import { RECEIPT_LIMIT_MS } from '../limits.ts';
import type { Desk, Next, Page } from '../page.ts';
import type { Choice, Key, Screen } from '../screen.ts';
import { messagePage } from './choice.ts';
import { Visit } from './visit.ts';

/** Follows the fetching of one parcel; the courier looked in, so their word counts (R1c). */
export class RecallDoor implements Page {
  readonly #desk: Desk;
  readonly #parcel: ParcelRecord;
  readonly #visit: Visit;
  readonly #rest: () => Page;

  /** `rest` leads to what else there is to fetch. */
  constructor(desk: Desk, parcel: ParcelRecord, rest: () => Page) {
    this.#desk = desk;
    this.#parcel = parcel;
    this.#visit = new Visit(desk, parcel.slot ?? '', parcel.id);
    this.#rest = rest;
  }

  draw(): Screen {
    const { recall, common } = this.#desk.texts;
    const { door } = this.#visit;
    const question = this.#visit.doorQuestion(recall.title);
    if (question !== null) return question;
    switch (this.#visit.record.state) {
      case 'opening':
        return this.#screen([recall.opening(door)]);
      case 'open': {
        const { lines, tone } = this.#visit.closeRequest();
        const choices: Choice[] = [{ key: '1', label: this.#desk.texts.drop.staysOpen }];
        const take = recall.take(this.#parcel.ref, door);
        return { ...this.#screen([take, ...lines], choices), tone };
      }
      case 'grace':
        return this.#drawQuestion();
      default:
        return this.#screen([common.moment]);
    }
  }

  press(key: Key): Next {
    if (this.#visit.answersAboutDoor(key)) return null;
    const { state } = this.#visit.record;
    if (state === 'open' && key === '1') this.#visit.askAboutDoor();
    if (state !== 'grace') return null;
    if (key === '1') this.#visit.send({ type: 'IS_EMPTY' });
    if (key === '2') this.#visit.send({ type: 'SOMETHING_INSIDE' });
    if (key === 'enter') this.#visit.reopen();
    return null;
  }

  noticed(after: SlotRecord, facts: readonly Fact[], before: SlotRecord): void {
    this.#visit.noticed(after, facts, before);
  }

  advance(): Next {
    if (this.#visit.isUnderWay()) return null;
    const { texts, site } = this.#desk;
    const { title, taken, leftOpen, notFetched } = texts.recall;
    const { ref, id } = this.#parcel;
    const { record, door } = this.#visit;
    const opened = record.bar?.reason === 'door_open';
    if (record.parcel !== id && !opened) {
      const limitMs = RECEIPT_LIMIT_MS;
      const lines = taken(ref);
      return messagePage(texts, { title, lines, tone: 'good', ref, limitMs, onward: this.#rest });
    }
    const told = (opened ? leftOpen : notFetched)(ref, door);
    const lines = [...told, texts.common.help(site.helpPhone)];
    return messagePage(texts, { title, lines, tone: 'warning', ref, onward: this.#rest });
  }

  /** A door, or its question, has a time of its own (R10a). */
  limit() {
    return null;
  }

  #drawQuestion(): Screen {
    const { recall, common } = this.#desk.texts;
    const { leftInside } = this.#visit.record;
    const inside = leftInside ? [recall.inside] : [];
    const choices: Choice[] = [
      { key: '1', label: common.yes },
      { key: '2', label: common.no },
      { key: 'enter', label: recall.reopen },
    ];
    const lines = [...inside, recall.tookIt(this.#parcel.ref)];
    return { ...this.#screen(lines, choices), ...this.#visit.secondsLeft() };
  }

  #screen(lines: readonly string[], choices: readonly Choice[] = []): Screen {
    return { title: this.#desk.texts.recall.title, lines, tone: 'normal', choices };
  }
}
