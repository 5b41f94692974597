import type { LostCodeAnswer } from '../../control/lost-code.ts';
import { PHONE_DIGITS_MAX, PHONE_DIGITS_MIN } from '../limits.ts';
import type { Desk, Page } from '../page.ts';
import { messagePage } from './choice.ts';
import { entryPage } from './entry.ts';
import { visitRef } from './fault.ts';
import { neutralPage, waitPage } from './wait.ts';

const MINUTE_MS = 60_000;

/** New numbers for a phone; the answer is the same whether or not a parcel is here (M16). */
export function lostCodePage(desk: Desk): Page {
  const { lostCode } = desk.texts;
  return entryPage(desk.texts, {
    title: lostCode.title,
    prompt: lostCode.phone,
    digits: { min: PHONE_DIGITS_MIN, max: PHONE_DIGITS_MAX },
    done: (phone) =>
      waitPage(desk, lostCode.title, (arrive) => {
        desk.lostCode.ask(desk.session, phone, (answer, sinceMono) => {
          arrive(() => neutralPage(desk, lostCode.title, sinceMono, answerPage(desk, answer)));
        });
      }),
    back: () => 'home',
  });
}

function answerPage(desk: Desk, answer: LostCodeAnswer): Page {
  const { texts, site } = desk;
  const { title, noted, cannotSend, wait } = texts.lostCode;
  const told = {
    noted: () => noted,
    cannot_send: () => cannotSend,
    wait: () => wait(answer.kind === 'wait' ? Math.ceil(answer.waitMs / MINUTE_MS) : 0),
  }[answer.kind]();
  return messagePage(texts, {
    title,
    lines: [...told, texts.common.help(site.helpPhone)],
    tone: answer.kind === 'noted' ? 'normal' : 'warning',
    ref: visitRef(desk.session),
    onward: () => 'home',
  });
}
