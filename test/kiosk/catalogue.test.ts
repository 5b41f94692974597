import { describe, expect, test } from 'vitest';
import type { Catalogue } from '../../src/kiosk/messages/catalogue.ts';
import { en } from '../../src/kiosk/messages/en.ts';

/** A new language is one more line here. */
const LANGUAGES: Readonly<Record<string, Catalogue>> = { en };

/** Every sentence of a catalogue, with something in each gap. */
function sentences(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return sentences(value(2, 3));
  if (Array.isArray(value)) return value.flatMap(sentences);
  return Object.values(value as object).flatMap(sentences);
}

describe.each(Object.entries(LANGUAGES))('language %s', (_name, catalogue) => {
  // Sizes are words of the config, not numbers.
  const { size: _size, ...common } = catalogue.common;
  const texts = sentences({ ...catalogue, common });

  test('R5 no sentence says "opened": a screen shows a state, not a deed', () => {
    expect(texts.filter((text) => /\bopened\b/i.test(text.replace(/being opened/g, '')))).toEqual(
      [],
    );
  });

  test('every sentence is short enough to be read, and none is empty', () => {
    expect(texts.filter((text) => text.length === 0 || text.length > 90)).toEqual([]);
  });

  test('sizes have names, and unknown ones keep theirs', () => {
    expect(catalogue.common.size('SMALL')).not.toBe('');
    expect(catalogue.common.size('XXL')).toBe('xxl');
  });

  test('one parcel and several are told apart', () => {
    expect(catalogue.collect.others(1)).not.toBe(catalogue.collect.others(2));
    expect(catalogue.numbers.wait(1)).not.toEqual(catalogue.numbers.wait(2));
  });
});
