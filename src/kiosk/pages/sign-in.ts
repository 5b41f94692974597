import type { SignInAnswer } from '../../control/sign-in.ts';
import { type PersonRecord, PIN_DIGITS_MIN, STAFF_DIGITS } from '../../domain/person.ts';
import { PIN_DIGITS_MAX } from '../limits.ts';
import type { Desk, Page } from '../page.ts';
import { choicePage, messagePage, option } from './choice.ts';
import { entryPage } from './entry.ts';
import { waitPage } from './wait.ts';

type Welcome = (person: PersonRecord) => Page;

const MINUTE_MS = 60_000;

/** Asks for staff number and PIN, always both (R13a), and leads whoever gave them on. */
export function signInPage(desk: Desk, welcome: Welcome): Page {
  const { courier } = desk.texts;
  return entryPage(desk.texts, {
    title: courier.title,
    prompt: courier.staff(STAFF_DIGITS),
    digits: STAFF_DIGITS,
    done: (staff) => askPin(desk, welcome, staff),
    back: () => 'home',
  });
}

function askPin(desk: Desk, welcome: Welcome, staff: string): Page {
  const { courier } = desk.texts;
  return entryPage(desk.texts, {
    title: courier.title,
    prompt: courier.pin,
    digits: { min: PIN_DIGITS_MIN, max: PIN_DIGITS_MAX },
    masked: true,
    done: (pin) => check(desk, welcome, staff, pin),
    back: () => signInPage(desk, welcome),
  });
}

/** The hash takes its time in another thread; keys are ignored meanwhile. */
function check(desk: Desk, welcome: Welcome, staff: string, pin: string): Page {
  return waitPage(desk, desk.texts.courier.title, (arrive) => {
    desk.signIn.check(staff, pin, desk.session).then(
      (answer) => arrive(() => answered(desk, welcome, answer)),
      (error: unknown) =>
        arrive(() => {
          throw error;
        }),
    );
  });
}

function answered(desk: Desk, welcome: Welcome, answer: SignInAnswer): Page {
  const { texts, site } = desk;
  const { title, wrong, wait } = texts.courier;
  if (answer.kind === 'wait') {
    const lines = [
      ...wait(Math.ceil(answer.waitMs / MINUTE_MS)),
      texts.common.help(site.helpPhone),
    ];
    return messagePage(texts, { title, lines, tone: 'warning', onward: () => 'home' });
  }
  if (answer.kind === 'welcome') return welcome(answer.person);
  return choicePage(texts, {
    title,
    lines: [...wrong, texts.common.help(site.helpPhone)],
    tone: 'warning',
    options: [
      option('enter', texts.common.again, () => signInPage(desk, welcome)),
      option('back', texts.common.finish, () => 'home'),
    ],
  });
}
