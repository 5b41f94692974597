import type { Mode } from '../../control/modes.ts';
import type { Page } from '../page.ts';
import { choicePage, messagePage, option } from './choice.ts';
import type { Duty } from './duty.ts';

/** What the menu calls the way to the other mode. */
export function modeChoice({ desk }: Duty): string {
  const { lockDown, serveAgain } = desk.texts.upkeep;
  return desk.upkeep.mode === 'serve' ? lockDown : serveAgain;
}

/** Begins a lockdown, or ends what keeps the kiosk from serving: only here, once asked (R23). */
export function modePage({ desk, person }: Duty, menu: () => Page): Page {
  const { upkeep, common } = desk.texts;
  const { title } = upkeep;
  const next: Mode = desk.upkeep.mode === 'serve' ? 'lockdown' : 'serve';
  const change = (): Page => {
    desk.upkeep.setMode(person, next);
    return messagePage(desk.texts, { title, lines: upkeep.modes[next], onward: menu });
  };
  return choicePage(desk.texts, {
    title,
    lines: [...upkeep.modes[desk.upkeep.mode], upkeep.changeMode[next]],
    tone: 'warning',
    options: [option('1', common.yes, change), option('2', common.no, menu)],
  });
}
