import type { Drop } from '../../control/deposit.ts';
import { RECEIPT_LIMIT_MS } from '../limits.ts';
import type { Desk, Page } from '../page.ts';
import { choicePage, messagePage, option } from './choice.ts';

/** A parcel's way over one or more slots. */
export interface Way {
  readonly desk: Desk;
  readonly menu: () => Page;
  readonly nextParcel: () => Page;
  /** How often the parcel went to another slot. */
  readonly moves: number;
  /** The number on the door it was to go behind before. */
  readonly insteadOf: number | null;
}

/** Shown only once the drop is committed (R17). */
export function receiptPage(way: Way, drop: Drop, door: number): Page {
  const { texts } = way.desk;
  const { title, receipt, nextParcel } = texts.drop;
  return choicePage(texts, {
    title,
    lines: receipt(drop.ref, door),
    tone: 'good',
    ref: drop.ref,
    options: [
      option('enter', nextParcel, way.nextParcel),
      option('back', texts.courier.toMenu, way.menu),
    ],
    limitMs: RECEIPT_LIMIT_MS,
    onward: way.nextParcel,
  });
}

export function nothingStoredPage(way: Way, drop: Drop): Page {
  const { texts } = way.desk;
  const { title, nothingStored } = texts.drop;
  const lines = nothingStored(drop.ref);
  return messagePage(texts, { title, lines, ref: drop.ref, onward: way.menu });
}

/** The content of the slot is not known: the drop is not committed (R2, R16a). */
export function heldPage(way: Way, drop: Drop, door: number): Page {
  return troublePage(way, drop, way.desk.texts.drop.held(door));
}

export function leftOpenPage(way: Way, drop: Drop, door: number): Page {
  return troublePage(way, drop, way.desk.texts.drop.leftOpen(door));
}

/** The board fell silent after the pulse: only the courier can say where the parcel is. */
export function unseenPage(way: Way, drop: Drop, door: number, elsewhere: () => Page): Page {
  const { texts, site } = way.desk;
  const { title, unseen, haveIt, doNotHaveIt } = texts.drop;
  return choicePage(texts, {
    title,
    lines: [...unseen(door), texts.common.help(site.helpPhone)],
    tone: 'warning',
    ref: drop.ref,
    options: [
      option('1', haveIt, elsewhere),
      option('2', doNotHaveIt, () => heldPage(way, drop, door)),
    ],
    onward: way.menu,
  });
}

/** Several slots failed one after the other. */
export function askToMovePage(way: Way, drop: Drop, door: number, move: () => Page): Page {
  const { texts, site } = way.desk;
  const { title, moved, another } = texts.drop;
  return choicePage(texts, {
    title,
    lines: [...moved(door), texts.common.help(site.helpPhone)],
    tone: 'warning',
    ref: drop.ref,
    options: [option('1', another, move), option('back', texts.courier.toMenu, way.menu)],
  });
}

function troublePage(way: Way, drop: Drop, told: readonly string[]): Page {
  const { texts, site } = way.desk;
  return messagePage(texts, {
    title: texts.drop.title,
    lines: [...told, texts.common.help(site.helpPhone)],
    tone: 'warning',
    ref: drop.ref,
    onward: way.nextParcel,
  });
}
