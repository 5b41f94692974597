import { isWellFormed } from '../../domain/code.ts';
import type { ParcelStatus } from '../../domain/parcel.ts';
import { MESSAGE_LIMIT_MS } from '../limits.ts';
import type { Desk, Next, Page } from '../page.ts';
import { choicePage, messagePage, option } from './choice.ts';
import { entryPage } from './entry.ts';
import { neutralPage } from './wait.ts';

/** What both numbers lead to when they open nothing and cancel nothing. */
export type Refused =
  | Told
  | { readonly kind: 'wrong'; readonly repeated: boolean }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'wait'; readonly waitMs: number };

interface Told {
  readonly kind: 'told';
  readonly status: ParcelStatus;
  readonly parcel: string;
  readonly ref: string;
}

interface Ask {
  readonly desk: Desk;
  readonly title: string;
  /** Judges both numbers: the page they lead to, or why they lead nowhere. */
  readonly judge: (code: string, second: string) => Page | Refused;
  readonly grant?: GrantWay;
  /** A grant was scanned: nobody typed a number that could be wrong. */
  readonly isScanned?: true;
}

/** Where a scanned grant may stand for the code (M17). */
interface GrantWay {
  readonly scan: (text: string) => Page | Refused | { readonly kind: 'second' };
  readonly judge: (second: string) => Page | Refused;
}

const MINUTE_MS = 60_000;

/**
 * Asks for what the site's policy wants, always all of it and with the same prompts, whatever the
 * policy of a parcel is, and has it judged together (R14).
 */
export function askNumbers(ask: Ask, lines: readonly string[] = []): Page {
  const { texts, numbers, scans } = ask.desk;
  const canScan = ask.grant !== undefined && scans.grants;
  const digits = numbers.codeDigits + 1;
  return entryPage(texts, {
    title: ask.title,
    lines: canScan ? [...lines, texts.numbers.scan] : lines,
    prompt: texts.numbers.code(digits),
    digits,
    accepts: (code) => isWellFormed(code, numbers.codeDigits),
    done: (code) =>
      numbers.codes === 'code'
        ? judged(ask, () => ask.judge(code, ''))
        : askSecond(ask, (second) => ask.judge(code, second)),
    scanned: (text) => (ask.grant === undefined ? null : scanned(ask, ask.grant, text)),
    back: () => 'home',
  });
}

function scanned(ask: Ask, grant: GrantWay, text: string): Page {
  const sinceMono = ask.desk.clock.monoMs();
  const answer = grant.scan(text);
  if (!('kind' in answer)) return answer;
  if (answer.kind === 'second') return askSecond(ask, grant.judge);
  return refusedPage({ ...ask, isScanned: true }, answer, sinceMono);
}

function askSecond(ask: Ask, judge: (second: string) => Page | Refused): Page {
  const { texts, numbers } = ask.desk;
  return entryPage(texts, {
    title: ask.title,
    prompt: texts.numbers[numbers.codes === 'code+phone' ? 'phoneTail' : 'second'](
      numbers.secondDigits,
    ),
    digits: numbers.secondDigits,
    done: (second) => judged(ask, () => judge(second)),
    back: () => askNumbers(ask),
  });
}

function judged(ask: Ask, judge: () => Page | Refused): Page {
  const sinceMono = ask.desk.clock.monoMs();
  const answer = judge();
  return 'kind' in answer ? refusedPage(ask, answer, sinceMono) : answer;
}

function refusedPage(ask: Ask, answer: Refused, sinceMono: number): Page {
  const { desk, title } = ask;
  const { texts, site } = desk;
  switch (answer.kind) {
    case 'malformed':
      return askNumbers(ask, [texts.common.checkNumber]);
    case 'wrong':
      return answer.repeated ? wrongPage(ask) : neutralPage(desk, title, sinceMono, wrongPage(ask));
    case 'wait': {
      const wait = texts.numbers.wait(Math.ceil(answer.waitMs / MINUTE_MS));
      const lines = [...wait, texts.common.help(site.helpPhone)];
      return messagePage(texts, { title, lines, tone: 'warning', onward: () => 'home' });
    }
    case 'told':
      return toldPage(desk, title, answer);
  }
}

function wrongPage({ isScanned, ...ask }: Ask): Page {
  const { texts, site } = ask.desk;
  return choicePage(texts, {
    title: ask.title,
    lines: [...texts.numbers[isScanned ? 'wrongScan' : 'wrong'], texts.common.help(site.helpPhone)],
    tone: 'warning',
    options: [
      option('enter', texts.common.again, () => askNumbers(ask)),
      option('back', texts.common.finish, () => 'home'),
    ],
  });
}

/** Who gave both numbers is the parcel's recipient and is told the truth (R14, R29). */
export function toldPage(desk: Desk, title: string, { status, parcel, ref }: Told): Page {
  const { texts, site } = desk;
  const lines = [...texts.numbers.told[status], texts.common.help(site.helpPhone)];
  const onward = (): Next => 'home';
  const missing = option('1', texts.collect.notThere, () => missingPage(desk, parcel, ref));
  const goOn = option('enter', texts.common.goOn, onward);
  const options = status === 'retrieved' ? [missing, goOn] : [goOn];
  return choicePage(texts, {
    title,
    lines,
    tone: 'warning',
    ref,
    options,
    limitMs: MESSAGE_LIMIT_MS,
  });
}

/** A recipient says that the parcel was not there: the operator is told, and calls back. */
export function missingPage(desk: Desk, parcel: string, ref: string): Page {
  const { texts, site } = desk;
  desk.aftermath.missing(desk.session, parcel);
  return messagePage(texts, {
    title: texts.collect.title,
    lines: [...texts.collect.missing(ref), texts.common.help(site.helpPhone)],
    tone: 'warning',
    ref,
    onward: () => 'home',
  });
}
