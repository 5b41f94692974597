import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/domain/language.ts';
import type { Catalogue } from '../../src/kiosk/messages/catalogue.ts';
import { CATALOGUES } from '../../src/kiosk/messages/catalogues.ts';
import { renderScreen } from '../../src/kiosk/render.ts';

/** What a screen may take of a keypad's display. */
const SENTENCE_ROWS_MAX = 2;
const TEXT_ROWS_MAX = 7;
const TITLE_CHARS_MAX = 56;
/** A key and two blanks stand before it. */
const LABEL_CHARS_MAX = 53;
/** Rows of a frame around one sentence. */
const FRAME_ROWS = 4;

/** Where a text stands in its catalogue, and the text with something in each of its gaps. */
interface Sentence {
  readonly path: string;
  readonly lines: readonly string[];
}

type Text = string | readonly string[] | ((...gaps: unknown[]) => Text);

/** What is put into gaps: numbers that no text has of its own. */
const GAPS = [7001, 7002, 7003];

function sentences(value: unknown, path: string, gaps: readonly unknown[] = GAPS): Sentence[] {
  if (typeof value === 'string') return [{ path, lines: [value] }];
  if (typeof value === 'function') return sentences((value as () => Text)(...(gaps as [])), path);
  if (Array.isArray(value)) return [{ path, lines: value as string[] }];
  return Object.entries(value as object).flatMap(([key, inner]) =>
    sentences(inner, `${path}.${key}`, gaps),
  );
}

/** Sizes are words of the config, not numbers. */
function textsOf(catalogue: Catalogue, gaps?: readonly unknown[]): Sentence[] {
  const { size: _size, ...common } = catalogue.common;
  return sentences({ ...catalogue, common }, '', gaps);
}

const gapsIn = ({ lines }: Sentence): number[] =>
  GAPS.filter((gap) => lines.join(' ').includes(String(gap)));

const rowsOf = (lines: readonly string[]): number =>
  renderScreen({ title: '', lines, tone: 'normal', choices: [] }).length - FRAME_ROWS;

/** R5, B8: a screen says how a door stands, or asks; it never says that a door was opened. */
const CLAIMS: Readonly<Record<Language, RegExp>> = {
  en: /(?<!being )\bopened\b/i,
  de: /(?<!wird )\bgeöffnet\b|\baufgegangen\b/i,
  es: /\b(?:se ha|ha sido|fue) abiert|\babrió\b/i,
};

const LANGUAGES = Object.entries(CATALOGUES) as [Language, Catalogue][];
const english = new Map(textsOf(CATALOGUES.en).map((one) => [one.path, one]));

describe.each(LANGUAGES)('language %s', (language, catalogue) => {
  const texts = textsOf(catalogue);

  test('R26 has every text of the others, in the same gaps, and none more', () => {
    expect(texts.map(({ path }) => path).sort()).toEqual([...english.keys()].sort());
    for (const text of texts) {
      const original = english.get(text.path);
      expect([text.path, gapsIn(text)]).toEqual([text.path, original ? gapsIn(original) : []]);
    }
  });

  test('R5 B8 no sentence says "opened": a screen shows a state, not a deed', () => {
    const lines = texts.flatMap((text) => text.lines).filter((line) => !line.endsWith('?'));
    expect(lines.filter((line) => CLAIMS[language].test(line))).toEqual([]);
  });

  test('R26 every text fits its screen, and none is empty', () => {
    for (const { path, lines } of texts) {
      expect([path, lines.filter((line) => line === '')]).toEqual([path, []]);
      expect([path, lines.filter((line) => rowsOf([line]) > SENTENCE_ROWS_MAX)]).toEqual([
        path,
        [],
      ]);
      expect(rowsOf(lines), path).toBeLessThanOrEqual(TEXT_ROWS_MAX);
      if (path.endsWith('.title')) expect(lines[0]?.length).toBeLessThanOrEqual(TITLE_CHARS_MAX);
    }
  });

  test('R26 what stands beside a key is one row', () => {
    const { idle, common, giveBack: _, ...rest } = catalogue;
    const labels = [
      ...Object.values(common).filter((text) => typeof text === 'string' && !text.endsWith('.')),
      ...[idle.collect, idle.courier, idle.giveBack, idle.moreTime, idle.normalTime],
      ...[rest.collect.isClosed, rest.collect.staysOpen, rest.collect.somethingInside],
      ...[rest.collect.reopen(9_999), rest.collect.another(9_999)],
      ...[rest.drop.tooBig, rest.drop.notEmpty, rest.drop.dirty, rest.drop.changedMind],
      ...[rest.drop.afterAll, rest.drop.haveIt, rest.closing.doesNotClose, rest.closing.backToDoor],
    ] as string[];
    expect(labels.filter((label) => label.length > LABEL_CHARS_MAX)).toEqual([]);
  });

  test('sizes have names, and unknown ones keep theirs', () => {
    expect(catalogue.common.size('SMALL')).not.toBe('small'.toUpperCase());
    expect(catalogue.common.size('SMALL')).toBe(catalogue.common.size('S'));
    expect(catalogue.common.size('XXL')).toBe('xxl');
  });

  test('one and several are told apart', () => {
    const one = new Map(
      textsOf(catalogue, [1, 1, 1]).map(({ path, lines }) => [path, lines.join()]),
    );
    const two = textsOf(catalogue, [2, 2, 2]).map(
      ({ path, lines }) => [path, lines.join()] as const,
    );
    for (const path of ['.collect.others', '.numbers.wait', '.courier.wait']) {
      const several = two.find(([key]) => key === path)?.[1] ?? '';
      expect(several.replaceAll('2', '1')).not.toBe(one.get(path));
    }
  });
});

const WORDS_OF_ALL = ['No', 'PIN'];

test('R26 no text was left in English', () => {
  const { en: _, ...others } = CATALOGUES;
  const same = Object.entries(others).flatMap(([language, catalogue]) =>
    textsOf(catalogue)
      .filter(({ path, lines }) => lines.join() === english.get(path)?.lines.join())
      .filter(({ lines }) => !WORDS_OF_ALL.includes(lines.join()))
      .map(({ path }) => `${language}${path}`),
  );
  expect(same).toEqual([]);
});
