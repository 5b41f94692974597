import type { SlotRecord } from '../../domain/slot.ts';
import type { Page } from '../page.ts';
import { choicePage, messagePage, option } from './choice.ts';
import { type Duty, refIn } from './duty.ts';

/** Whether the person may cancel what is booked in a compartment: admins only (M5, M9). */
export function mayGiveUp({ person }: Duty, { parcel }: SlotRecord): boolean {
  return person.role === 'admin' && parcel !== null;
}

/** Cancels the parcel that is booked here: its courier takes it back (M5). */
export function giveUpPage(duty: Duty, slot: SlotRecord, onward: () => Page): Page {
  const { desk, person } = duty;
  const { upkeep, common } = desk.texts;
  const { title } = upkeep;
  const cancel = (): Page => {
    const answer = desk.cancel.byOperator(slot.parcel ?? '', `admin:${person.id}`);
    const isDone = answer.kind === 'cancelled';
    const lines = isDone ? upkeep.gaveUp(answer.ref) : upkeep.busy;
    return messagePage(desk.texts, { title, lines, tone: isDone ? 'good' : 'warning', onward });
  };
  return choicePage(desk.texts, {
    title,
    lines: [upkeep.reallyGiveUp(refIn(desk, slot))],
    tone: 'warning',
    options: [option('1', common.yes, cancel), option('2', common.no, onward)],
  });
}
