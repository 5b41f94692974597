import { isWellFormed } from '../../domain/code.ts';
import type { ParcelStatus } from '../../domain/parcel.ts';
import { NEUTRAL_DELAY_MS } from '../limits.ts';
import type { Desk, Next, Page } from '../page.ts';
import { choicePage, messagePage, option } from './choice.ts';
import { entryPage } from './entry.ts';
import { waitPage } from './wait.ts';

/** What both numbers lead to when they open nothing and cancel nothing. */
export type Refused =
  | { readonly kind: 'told'; readonly status: ParcelStatus; readonly ref: string }
  | { readonly kind: 'wrong'; readonly repeated: boolean }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'wait'; readonly waitMs: number };

interface Ask {
  readonly desk: Desk;
  readonly title: string;
  /** Judges both numbers: the page they lead to, or why they lead nowhere. */
  readonly judge: (code: string, second: string) => Page | Refused;
}

const MINUTE_MS = 60_000;

/**
 * Asks for what the site's policy wants, always all of it and with the same prompts, whatever the
 * policy of a parcel is, and has it judged together (R14).
 */
export function askNumbers(ask: Ask, lines: readonly string[] = []): Page {
  const { texts, numbers } = ask.desk;
  const digits = numbers.codeDigits + 1;
  return entryPage(texts, {
    title: ask.title,
    lines,
    prompt: texts.numbers.code(digits),
    digits,
    accepts: (code) => isWellFormed(code, numbers.codeDigits),
    done: (code) =>
      numbers.codes === 'code' ? judged(ask, ask.judge(code, '')) : askSecond(ask, code),
    back: () => 'home',
  });
}

function askSecond(ask: Ask, code: string): Page {
  const { texts, numbers } = ask.desk;
  return entryPage(texts, {
    title: ask.title,
    prompt: texts.numbers[numbers.codes === 'code+phone' ? 'phoneTail' : 'second'](
      numbers.secondDigits,
    ),
    digits: numbers.secondDigits,
    done: (second) => judged(ask, ask.judge(code, second)),
    back: () => askNumbers(ask),
  });
}

function judged(ask: Ask, answer: Page | Refused): Page {
  if (!('kind' in answer)) return answer;
  return refusedPage(ask, answer);
}

function refusedPage(ask: Ask, answer: Refused): Page {
  const { desk, title } = ask;
  const { texts, site } = desk;
  switch (answer.kind) {
    case 'malformed':
      return askNumbers(ask, [texts.common.checkNumber]);
    case 'wrong':
      if (answer.repeated) return wrongPage(ask);
      return waitPage(desk, title, (arrive) => {
        desk.clock.after('neutral answer', NEUTRAL_DELAY_MS, () => arrive(() => wrongPage(ask)));
      });
    case 'wait': {
      const wait = texts.numbers.wait(Math.ceil(answer.waitMs / MINUTE_MS));
      const lines = [...wait, texts.common.help(site.helpPhone)];
      return messagePage(texts, { title, lines, tone: 'warning', onward: () => 'home' });
    }
    case 'told':
      return toldPage(desk, title, answer.status, answer.ref);
  }
}

function wrongPage(ask: Ask): Page {
  const { texts, site } = ask.desk;
  return choicePage(texts, {
    title: ask.title,
    lines: [...texts.numbers.wrong, texts.common.help(site.helpPhone)],
    tone: 'warning',
    options: [
      option('enter', texts.common.again, () => askNumbers(ask)),
      option('back', texts.common.finish, () => 'home'),
    ],
  });
}

/** Who gave both numbers is the parcel's recipient and is told the truth (R14, R29). */
export function toldPage(desk: Desk, title: string, status: ParcelStatus, ref: string): Page {
  const { texts, site } = desk;
  const lines = [...texts.numbers.told[status], texts.common.help(site.helpPhone)];
  const onward = (): Next => 'home';
  return messagePage(texts, { title, lines, tone: 'warning', ref, onward });
}
