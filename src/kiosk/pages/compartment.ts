import { OPEN_REASONS, type OpenReason, type SlotRecord } from '../../domain/slot.ts';
import type { Page } from '../page.ts';
import type { Digit } from '../screen.ts';
import { choicePage, messagePage, option } from './choice.ts';
import { type Duty, describeSlot } from './duty.ts';
import { giveUpPage, mayGiveUp } from './give-up.ts';
import { contentPage, openForService } from './service-door.ts';
import { doorOf } from './visit.ts';

const REASON_KEYS: readonly Digit[] = ['1', '2', '3', '4'];

/** One compartment: what is believed of it and what can be done; `leave` names `onward`. */
export function compartmentPage(duty: Duty, id: string, leave: string, onward: () => Page): Page {
  const { desk } = duty;
  const { upkeep } = desk.texts;
  const slot = desk.supervisor.get(id);
  const again = (): Page => compartmentPage(duty, id, leave, onward);
  const canSay = slot.bar !== null && slot.door === 'closed';
  return choicePage(desk.texts, {
    title: upkeep.title,
    lines: describeSlot(desk, slot),
    tone: slot.bar === null ? 'normal' : 'warning',
    options: [
      option('1', upkeep.open, () =>
        reasonPage(duty, upkeep.why, again, (reason) => openForService(duty, id, reason, onward)),
      ),
      ...(slot.bar === null
        ? [option('2', upkeep.block, () => block(duty, id, onward))]
        : slot.bar.reason === 'blocked'
          ? [option('2', upkeep.unblock, () => unblock(duty, id, onward))]
          : []),
      ...(canSay
        ? [option('3', upkeep.sayInside, () => contentPage(duty, slot, { onward, again }))]
        : []),
      ...(mayGiveUp(duty, slot)
        ? [option('4', upkeep.giveUp, () => giveUpPage(duty, slot, again))]
        : []),
      option('back', leave, onward),
    ],
  });
}

function reasonPage(
  { desk }: Duty,
  question: string,
  back: () => Page,
  go: (reason: OpenReason) => Page,
): Page {
  const { upkeep, common } = desk.texts;
  return choicePage(desk.texts, {
    title: upkeep.title,
    lines: [question],
    options: [
      ...OPEN_REASONS.map((reason, at) =>
        option(REASON_KEYS[at] ?? '9', upkeep.reasons[reason], () => go(reason)),
      ),
      option('back', common.back, back),
    ],
  });
}

function block({ desk, person }: Duty, id: string, onward: () => Page): Page {
  const { upkeep } = desk.texts;
  const done = desk.upkeep.block(person, id, 'repair');
  const lines = done ? upkeep.blocked(doorOf(desk, id)) : upkeep.busy;
  return messagePage(desk.texts, { title: upkeep.title, lines, onward });
}

function unblock({ desk, person }: Duty, id: string, onward: () => Page): Page {
  const { upkeep } = desk.texts;
  const done = desk.upkeep.unblock(person, id);
  const after: SlotRecord = desk.supervisor.get(id);
  const { nothingChanged, inDoubt, givenBack } = upkeep;
  const door = doorOf(desk, id);
  const lines = !done ? nothingChanged : after.bar === null ? givenBack(door) : inDoubt(door);
  return messagePage(desk.texts, { title: upkeep.title, lines, onward });
}
