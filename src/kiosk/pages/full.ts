import type { Neighbour } from '../../control/ports.ts';
import type { Desk, Page } from '../page.ts';
import { messagePage } from './choice.ts';

/** No slot takes the parcel; where else there is room follows once the cloud has said so (M14). */
export function fullPage(
  desk: Desk,
  { ref, size }: { readonly ref: string; readonly size: string },
  onward: () => Page,
): Page {
  const { texts, site, deposit } = desk;
  const { title, full, roomAt } = texts.drop;
  const help = texts.common.help(site.helpPhone);
  const page = messagePage(texts, { title, lines: [...full, help], tone: 'warning', ref, onward });
  let nearest: Neighbour | null = null;
  deposit.nearest(size, (found) => {
    nearest = found;
    desk.refresh();
  });
  const lines = (): readonly string[] =>
    nearest === null ? [...full, help] : [...full, ...roomAt(nearest.name, nearest.address), help];
  return { ...page, draw: () => ({ ...page.draw(), lines: lines() }) };
}
