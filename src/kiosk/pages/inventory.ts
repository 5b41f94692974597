import type { Page } from '../page.ts';
import { choicePage, messagePage, option } from './choice.ts';
import { type Duty, describeSlot } from './duty.ts';
import { openForService } from './service-door.ts';

/** A round so far, in the order of the numbers on the doors. */
interface Round {
  readonly at: number;
  readonly looked: number;
  readonly skipped: number;
}

const BEGIN: Round = { at: 0, looked: 0, skipped: 0 };

/** Door by door: what is there, held against what is believed (R31). */
export function inventoryPage(duty: Duty, menu: () => Page, round: Round = BEGIN): Page {
  const { desk } = duty;
  const { upkeep } = desk.texts;
  const doors = [...desk.site.slots].sort((a, b) => a.number - b.number);
  const id = doors[round.at]?.id;
  if (id === undefined) return endPage(duty, menu, round);
  const on = (looked: 0 | 1) => (): Page =>
    inventoryPage(duty, menu, {
      at: round.at + 1,
      looked: round.looked + looked,
      skipped: round.skipped + (1 - looked),
    });
  return choicePage(desk.texts, {
    title: upkeep.title,
    lines: [
      upkeep.round(round.at + 1, doors.length),
      ...describeSlot(desk, desk.supervisor.get(id)),
    ],
    options: [
      option('1', upkeep.open, () => openForService(duty, id, 'inspection', on(1))),
      option('2', upkeep.skip, on(0)),
      option('back', upkeep.endRound, () => endPage(duty, menu, round)),
    ],
  });
}

function endPage({ desk, person }: Duty, menu: () => Page, { looked, skipped }: Round): Page {
  const { title, roundDone } = desk.texts.upkeep;
  desk.upkeep.roundEnded(person, { looked, skipped });
  return messagePage(desk.texts, { title, lines: roundDone(looked, skipped), onward: menu });
}
