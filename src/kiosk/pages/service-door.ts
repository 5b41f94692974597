import type { OpenAnswer } from '../../control/open-slot.ts';
import type { Belief } from '../../control/upkeep.ts';
import type { Found, OpenReason, SlotRecord } from '../../domain/slot.ts';
import type { Fact } from '../../domain/slot-events.ts';
import type { Desk, Next, Page } from '../page.ts';
import type { Key, Screen } from '../screen.ts';
import { choicePage, messagePage, option } from './choice.ts';
import { type Duty, refIn } from './duty.ts';
import { doorOf, Visit } from './visit.ts';

interface Ways {
  /** Once it is known what is inside, or nobody wants to say. */
  readonly onward: () => Page;
  /** Opens the door once more. */
  readonly again: () => Page;
}

/** Opens one door for a technician, and asks what is behind it once it is shut. */
export function openForService(
  duty: Duty,
  id: string,
  reason: OpenReason,
  onward: () => Page,
  believed?: Belief,
): Page {
  const { desk, person } = duty;
  const before = believed ?? desk.supervisor.get(id);
  const answer = desk.upkeep.open(desk.session, person, id, reason);
  const again = (): Page => openForService(duty, id, reason, onward, before);
  if (answer.kind === 'opening') return new ServiceDoor(duty, before, { onward, again });
  return refusedPage(duty, before, answer.why, { onward, again });
}

function refusedPage(
  duty: Duty,
  before: Belief,
  why: Extract<OpenAnswer, { kind: 'refused' }>['why'],
  ways: Ways,
): Page {
  const { desk } = duty;
  const { upkeep } = desk.texts;
  const door = doorOf(desk, before.id);
  if (why === 'jammed') return stuckPage(duty, before, ways);
  const lines = why === 'dark' ? upkeep.dark(door) : upkeep.busy;
  return messagePage(desk.texts, {
    title: upkeep.title,
    lines,
    tone: 'warning',
    onward: ways.onward,
  });
}

/** The lock is freed by hand; then the technician says what is inside, as after any open. */
function stuckPage(duty: Duty, before: Belief, ways: Ways): Page {
  const { upkeep } = duty.desk.texts;
  return messagePage(duty.desk.texts, {
    title: upkeep.title,
    lines: upkeep.notMoved(doorOf(duty.desk, before.id)),
    tone: 'warning',
    onward: () => contentPage(duty, before, ways),
  });
}

/** "What is inside?": nothing, the parcel that is booked here, or something else (R1c). */
export function contentPage(duty: Duty, before: Belief, ways: Ways): Page {
  const { desk } = duty;
  const { upkeep } = desk.texts;
  const ref = refIn(desk, before);
  const say = (found: Found): Page => saidPage(duty, before, found, ways);
  const empty = (): Page => (ref === '' ? say('empty') : reallyEmptyPage(duty, before, ways));
  return choicePage(desk.texts, {
    title: upkeep.title,
    lines: [upkeep.whatInside(doorOf(desk, before.id))],
    options: [
      option('1', upkeep.nothing, empty),
      ...(ref === '' ? [] : [option('2', upkeep.theParcel(ref), () => say('full'))]),
      option('3', upkeep.other, () => say('other')),
      option('enter', upkeep.lookAgain, ways.again),
    ],
  });
}

/** A parcel that is booked leaves the books: that is asked twice. */
function reallyEmptyPage(duty: Duty, before: Belief, ways: Ways): Page {
  const { desk } = duty;
  const { upkeep, common } = desk.texts;
  return choicePage(desk.texts, {
    title: upkeep.title,
    lines: [upkeep.reallyEmpty(refIn(desk, before))],
    tone: 'warning',
    options: [
      option('1', common.yes, () => saidPage(duty, before, 'empty', ways)),
      option('2', common.no, () => contentPage(duty, before, ways)),
    ],
  });
}

function saidPage(duty: Duty, before: Belief, found: Found, ways: Ways): Page {
  const { desk, person } = duty;
  const { title, noted, kept, refused } = desk.texts.upkeep;
  const door = doorOf(desk, before.id);
  if (!desk.upkeep.found(person, before, found)) {
    const onward = (): Page => contentPage(duty, before, ways);
    return messagePage(desk.texts, { title, lines: refused(door), tone: 'warning', onward });
  }
  const lines = found === 'other' ? kept(door) : noted(door);
  const tone = found === 'other' ? 'warning' : 'good';
  return messagePage(desk.texts, { title, lines, tone, onward: ways.onward });
}

/** Follows one door from the pulse to the close. */
class ServiceDoor implements Page {
  readonly #duty: Duty;
  readonly #desk: Desk;
  readonly #before: Belief;
  readonly #ways: Ways;
  readonly #visit: Visit;

  constructor(duty: Duty, before: Belief, ways: Ways) {
    this.#duty = duty;
    this.#desk = duty.desk;
    this.#before = before;
    this.#ways = ways;
    const { parcel } = this.#desk.supervisor.get(before.id);
    this.#visit = new Visit(this.#desk, before.id, parcel);
  }

  draw(): Screen {
    const { upkeep, closing } = this.#desk.texts;
    const { door, record } = this.#visit;
    const question = this.#visit.doorQuestion(upkeep.title);
    if (question !== null) return question;
    const { lines, tone } = this.#visit.closeRequest();
    const isOpen = record.state === 'open';
    return {
      title: upkeep.title,
      lines: [(isOpen ? upkeep.isOpen : upkeep.opening)(door), ...lines],
      tone,
      choices: isOpen ? [{ key: '1', label: closing.doesNotClose }] : [],
    };
  }

  press(key: Key): Next {
    if (this.#visit.answersAboutDoor(key)) return null;
    if (this.#visit.record.state === 'open' && key === '1') this.#visit.askAboutDoor();
    return null;
  }

  noticed(after: SlotRecord, facts: readonly Fact[], before: SlotRecord): void {
    this.#visit.noticed(after, facts, before);
  }

  advance(): Next {
    if (this.#visit.isUnderWay()) return null;
    const { upkeep } = this.#desk.texts;
    const { door, record } = this.#visit;
    if (record.bar?.reason === 'door_open') {
      return messagePage(this.#desk.texts, {
        title: upkeep.title,
        lines: upkeep.staysOpen(door),
        tone: 'warning',
        onward: this.#ways.onward,
      });
    }
    if (record.bar?.reason === 'jammed') return stuckPage(this.#duty, this.#before, this.#ways);
    return contentPage(this.#duty, this.#before, this.#ways);
  }

  /** A door has a time of its own (R10a). */
  limit() {
    return null;
  }
}
