import { LANGUAGES, type Language } from '../../domain/language.ts';
import { CATALOGUES } from '../messages/catalogues.ts';
import type { Desk, Page } from '../page.ts';
import type { Key, Screen } from '../screen.ts';
import { collectPage } from './collect.ts';
import { giveBackPage } from './give-back.ts';
import { lostCodePage } from './lost-code.ts';
import { staffPage } from './staff.ts';

/** What somebody has chosen for the session that they are about to begin. */
export interface Wish {
  /** The extended profile (R28). */
  readonly moreTime: boolean;
  readonly language: Language;
}

/** What the idle page asks of the panel. */
interface Doorstep {
  readonly title: string;
  /** What the operator says to everybody, if anything. */
  notice(language: Language): string | undefined;
  /** Begins a session. */
  begin(): Desk;
  wish(): Wish;
  choose(wish: Wish): void;
}

const WAYS: ReadonlyMap<Key, (desk: Desk) => Page> = new Map([
  ['1', collectPage],
  ['2', staffPage],
  ['3', giveBackPage],
  ['4', lostCodePage],
]);

/** Waits for somebody; the first key that means something begins their session. */
export function idlePage(doorstep: Doorstep): Page {
  return {
    draw: () => drawIdle(doorstep),
    press: (key) => {
      const wish = doorstep.wish();
      const language = otherLanguages(wish).get(key);
      if (key === '0') doorstep.choose({ ...wish, moreTime: !wish.moreTime });
      if (language !== undefined) doorstep.choose({ ...wish, language });
      return WAYS.get(key)?.(doorstep.begin()) ?? null;
    },
    limit: () => null,
  };
}

function drawIdle(doorstep: Doorstep): Screen {
  const wish = doorstep.wish();
  const { idle } = CATALOGUES[wish.language];
  const notice = doorstep.notice(wish.language);
  const languages = [...otherLanguages(wish)].map(([key, language]) => ({
    key,
    label: CATALOGUES[language].common.language,
  }));
  return {
    title: doorstep.title,
    lines: [
      ...idle.lines,
      ...(notice === undefined ? [] : [notice]),
      ...(wish.moreTime ? [idle.hasMoreTime] : []),
    ],
    tone: 'normal',
    choices: [
      { key: '1', label: idle.collect },
      { key: '2', label: idle.courier },
      { key: '3', label: idle.giveBack },
      { key: '4', label: idle.lostCode },
      ...languages,
      { key: '0', label: wish.moreTime ? idle.normalTime : idle.moreTime },
    ],
  };
}

const LANGUAGE_KEYS: readonly Key[] = ['8', '9'];

/** The languages besides the one that is shown, each with its key. */
function otherLanguages({ language }: Wish): ReadonlyMap<Key, Language> {
  const others = LANGUAGES.filter((one) => one !== language);
  return new Map(others.map((one, index) => [LANGUAGE_KEYS[index] ?? '9', one]));
}
