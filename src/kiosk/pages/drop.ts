import type { Brought } from '../../control/deposit.ts';
import { type ParcelRecord, TAIL_DIGITS, tailOf } from '../../domain/parcel.ts';
import { MATCHES_SHOWN_MAX, PHONE_DIGITS_MAX, PHONE_DIGITS_MIN } from '../limits.ts';
import type { Next, Page } from '../page.ts';
import type { Digit } from '../screen.ts';
import { choicePage, messagePage, option } from './choice.ts';
import { followDrop } from './drop-door.ts';
import { entryPage } from './entry.ts';
import { limitOf } from './limit-text.ts';
import type { Shift } from './shift.ts';

const LIST_KEYS: readonly Digit[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Names the parcel by the last digits of its label (R15a); comes back here after each drop. */
export function dropPage(shift: Shift): Page {
  const { deposit, texts, scans } = shift.desk;
  return entryPage(texts, {
    title: texts.drop.title,
    lines: scans.labels ? [texts.drop.scan] : [],
    prompt: texts.drop.label(TAIL_DIGITS),
    digits: TAIL_DIGITS,
    done: (tail) => {
      const found = deposit.find(shift.courier, tail);
      if (found.length > 1) return listPage(shift, tail, found);
      return found[0] === undefined ? phonePage(shift, []) : confirmPage(shift, tail, found[0]);
    },
    scanned: (label) => {
      const parcel = deposit.findLabel(shift.courier, label);
      return parcel === null ? phonePage(shift, []) : bring(shift, tailOf(label), parcel);
    },
    back: shift.menu,
  });
}

function confirmPage(shift: Shift, tail: string, parcel: ParcelRecord): Page {
  const { texts } = shift.desk;
  const { title, found, noneOfThese } = texts.drop;
  return choicePage(texts, {
    title,
    lines: [found(parcel.label ?? parcel.ref, texts.common.size(parcel.size))],
    options: [
      option('1', texts.common.yes, () => bring(shift, tail, parcel)),
      option('9', noneOfThese, () => phonePage(shift, [])),
      option('back', texts.common.back, () => dropPage(shift)),
    ],
  });
}

function listPage(shift: Shift, tail: string, found: readonly ParcelRecord[]): Page {
  const { texts } = shift.desk;
  const { title, several, entry, noneOfThese } = texts.drop;
  const listed = found.slice(0, MATCHES_SHOWN_MAX).map((parcel, index) => {
    const label = entry(parcel.label ?? parcel.ref, texts.common.size(parcel.size));
    return option(LIST_KEYS[index] ?? '8', label, () => bring(shift, tail, parcel));
  });
  return choicePage(texts, {
    title,
    lines: [several],
    options: [
      ...listed,
      option('9', noneOfThese, () => phonePage(shift, [])),
      option('back', texts.common.back, () => dropPage(shift)),
    ],
  });
}

/** An announced parcel; it may have been cancelled while the question stood on the screen. */
function bring(shift: Shift, tail: string, parcel: ParcelRecord): Next {
  const stillAnnounced = shift.desk.deposit
    .find(shift.courier, tail)
    .some((one) => one.id === parcel.id);
  if (!stillAnnounced) return dropPage(shift);
  return begin(shift, { kind: 'announced', parcel: parcel.id });
}

/** Nobody announced it: the recipient's phone number, typed twice (R15a). */
function phonePage(shift: Shift, lines: readonly string[]): Page {
  const { texts } = shift.desk;
  const { title, unannounced, phone } = texts.drop;
  return entryPage(texts, {
    title,
    lines: [unannounced, ...lines],
    prompt: phone,
    digits: { min: PHONE_DIGITS_MIN, max: PHONE_DIGITS_MAX },
    done: (first) => phoneAgainPage(shift, first),
    back: () => dropPage(shift),
  });
}

function phoneAgainPage(shift: Shift, first: string): Page {
  const { texts } = shift.desk;
  const { title, phoneAgain, phonesDiffer } = texts.drop;
  return entryPage(texts, {
    title,
    prompt: phoneAgain,
    digits: { min: PHONE_DIGITS_MIN, max: PHONE_DIGITS_MAX },
    done: (second) =>
      second === first ? sizePage(shift, first) : phonePage(shift, [phonesDiffer]),
    back: () => phonePage(shift, []),
  });
}

function sizePage(shift: Shift, phone: string): Page {
  const { texts, site } = shift.desk;
  const sizes = site.sizes
    .slice(0, LIST_KEYS.length)
    .map((size, index) =>
      option(LIST_KEYS[index] ?? '9', sizeText(shift, size), () =>
        begin(shift, { kind: 'unannounced', phone, size }),
      ),
    );
  const limit = limitOf(site, texts.limits, site.sizes.at(-1) ?? '');
  const none = option('0', texts.limits.none, () => overLimit(shift));
  return choicePage(texts, {
    title: texts.drop.title,
    lines: [texts.drop.size],
    options: [
      ...sizes,
      ...(limit === '' ? [] : [none]),
      option('back', texts.common.back, () => dropPage(shift)),
    ],
  });
}

/** The name of a size, with what it takes where the config says. */
function sizeText({ desk: { texts, site } }: Shift, size: string): string {
  const limit = limitOf(site, texts.limits, size);
  const name = texts.common.size(size);
  return limit === '' ? name : `${name}: ${limit}`;
}

/** By the courier's own word, before a door opens (M20). */
function overLimit(shift: Shift): Page {
  const { desk, courier } = shift;
  desk.deposit.refuse(desk.session, courier);
  return messagePage(desk.texts, {
    title: desk.texts.drop.title,
    lines: [...desk.texts.limits.over, desk.texts.common.help(desk.site.helpPhone)],
    tone: 'warning',
    onward: () => dropPage(shift),
  });
}

function begin(shift: Shift, brought: Brought): Page {
  const { desk, courier, menu } = shift;
  const start = desk.deposit.begin(desk.session, courier, brought);
  const nextParcel = (): Page => dropPage(shift);
  const way = { desk, menu, nextParcel, moves: 0, insteadOf: null };
  return followDrop(way, start);
}
