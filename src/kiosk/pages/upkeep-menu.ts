import { STAFF_DIGITS } from '../../domain/person.ts';
import type { Next, Page } from '../page.ts';
import { choicePage, messagePage, option } from './choice.ts';
import { compartmentPage } from './compartment.ts';
import type { Duty } from './duty.ts';
import { entryPage } from './entry.ts';
import { inventoryPage } from './inventory.ts';
import { modeChoice, modePage } from './mode.ts';

const DOOR_DIGITS_MAX = 4;

/** What a technician can do at the keypad. */
export function upkeepMenu(duty: Duty): Page {
  const { texts } = duty.desk;
  const { title, menu, inventory, troubles, compartment, unblockStaff } = texts.upkeep;
  const back = (): Page => upkeepMenu(duty);
  return choicePage(texts, {
    title,
    lines: [...modeLines(duty), menu(troubled(duty).length)],
    options: [
      option('1', inventory, () => inventoryPage(duty, back)),
      option('2', troubles, () => troublesPage(duty, back)),
      option('3', compartment, () => numberPage(duty, back)),
      option('4', unblockStaff, () => unblockPage(duty, back)),
      option('5', modeChoice(duty), () => modePage(duty, back)),
      option('back', texts.courier.leave, () => 'home'),
    ],
  });
}

const modeLines = ({ desk }: Duty): readonly string[] =>
  desk.upkeep.mode === 'serve' ? [] : desk.texts.upkeep.modes[desk.upkeep.mode];

const troubled = ({ desk }: Duty) =>
  desk.supervisor.all().filter((slot) => slot.bar !== null || slot.board === 'dark');

/** One after the other; whoever has seen to one goes on with the next. */
function troublesPage(duty: Duty, menu: () => Page, seen: readonly string[] = []): Page {
  const { texts } = duty.desk;
  const next = troubled(duty).find(({ id }) => !seen.includes(id));
  if (next !== undefined) {
    return compartmentPage(duty, next.id, texts.upkeep.next, () =>
      troublesPage(duty, menu, [...seen, next.id]),
    );
  }
  const { title, noTroubles } = texts.upkeep;
  if (seen.length > 0) return menu();
  return messagePage(texts, { title, lines: noTroubles, tone: 'good', onward: menu });
}

function numberPage(duty: Duty, menu: () => Page, lines: readonly string[] = []): Page {
  const { texts, site } = duty.desk;
  const { title, number, noSuchDoor } = texts.upkeep;
  return entryPage(texts, {
    title,
    lines,
    prompt: number,
    digits: { min: 1, max: DOOR_DIGITS_MAX },
    done: (typed): Next => {
      const slot = site.slots.find((plan) => plan.number === Number(typed));
      if (slot === undefined) return numberPage(duty, menu, [noSuchDoor]);
      return compartmentPage(duty, slot.id, texts.courier.toMenu, menu);
    },
    back: menu,
  });
}

/** Ten wrong PINs block a staff number until somebody here says otherwise (R13a). */
function unblockPage({ desk, person }: Duty, menu: () => Page): Page {
  const { title, staffNumber, unblocked, unknownStaff } = desk.texts.upkeep;
  return entryPage(desk.texts, {
    title,
    prompt: staffNumber,
    digits: STAFF_DIGITS,
    done: (staff) => {
      const isKnown = desk.signIn.unblockNumber(staff, `technician:${person.id}`);
      const lines = isKnown ? unblocked : unknownStaff;
      const tone = isKnown ? 'good' : 'warning';
      return messagePage(desk.texts, { title, lines, tone, onward: menu });
    },
    back: menu,
  });
}
