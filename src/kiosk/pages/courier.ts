import type { PersonRecord } from '../../domain/person.ts';
import type { Desk, Page } from '../page.ts';
import { choicePage, option } from './choice.ts';
import { dropPage } from './drop.ts';
import { recallPage } from './recall.ts';

/** A courier signs in once and drops and fetches until they leave. */
export function courierMenu(desk: Desk, courier: PersonRecord): Page {
  const { title, menu, drop, recall, leave } = desk.texts.courier;
  const back = (): Page => courierMenu(desk, courier);
  const count = desk.recall.list(courier).length;
  return choicePage(desk.texts, {
    title,
    lines: menu,
    options: [
      option('1', drop, () => dropPage({ desk, courier, menu: back })),
      option('2', recall(count), () => recallPage({ desk, courier, menu: back })),
      option('back', leave, () => 'home'),
    ],
  });
}
