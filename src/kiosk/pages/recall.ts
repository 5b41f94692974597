import type { ParcelRecord } from '../../domain/parcel.ts';
import type { Page } from '../page.ts';
import { choicePage, messagePage, option } from './choice.ts';
import { RecallDoor } from './recall-door.ts';
import type { Shift } from './shift.ts';
import { doorOf } from './visit.ts';

/** What the courier has to fetch, one compartment at a time (M6, R3). */
export function recallPage(shift: Shift, skipped: readonly string[] = []): Page {
  const { texts, recall } = shift.desk;
  const { title, none } = texts.recall;
  const list = recall.list(shift.courier).filter((parcel) => !skipped.includes(parcel.id));
  const [next] = list;
  if (next !== undefined) return itemPage(shift, next, list.length, skipped);
  return messagePage(texts, { title, lines: none, onward: shift.menu });
}

function itemPage(
  shift: Shift,
  parcel: ParcelRecord,
  count: number,
  skipped: readonly string[],
): Page {
  const { texts } = shift.desk;
  const { title, item, left, open, skip } = texts.recall;
  const door = doorOf(shift.desk, parcel.slot ?? '');
  const rest = (): Page => recallPage(shift, [...skipped, parcel.id]);
  return choicePage(texts, {
    title,
    lines: [item(parcel.ref, door), left(count)],
    options: [
      option('1', open(door), () => openDoor(shift, parcel, rest)),
      option('2', skip, rest),
      option('back', texts.courier.toMenu, shift.menu),
    ],
  });
}

function openDoor(shift: Shift, parcel: ParcelRecord, rest: () => Page): Page {
  const { desk, courier } = shift;
  const { texts, site, recall } = desk;
  // Somebody else may have fetched it while the question stood on the screen.
  if (!recall.list(courier).some((one) => one.id === parcel.id)) return rest();
  const answer = recall.open(desk.session, courier, parcel.id);
  if (answer.kind === 'opening') return new RecallDoor(desk, parcel, rest);
  const { title, notFetched } = texts.recall;
  const lines = notFetched(parcel.ref, doorOf(desk, parcel.slot ?? ''));
  return messagePage(texts, {
    title,
    lines: [...lines, texts.common.help(site.helpPhone)],
    tone: 'warning',
    ref: parcel.ref,
    onward: rest,
  });
}
