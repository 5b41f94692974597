import { closeOf } from './scan.ts';
import type { Source } from './source.ts';

const CITED = /(?<![\w-])[RI]\d{1,2}a?(?![\w-])/g;
/** At the start of a heading or of an item of a list. */
const DEFINED = /^[ \t]*(?:#{1,6}|[-*])[ \t]+\*\*([RI]\d+[a-z]?)\*\*/gm;
const CALL = /(?<![\w.$])(?:it|test|describe)((?:\s*\.\s*\w+)*)\s*\(/g;

/** The ids that a document of rules defines, in its order. */
export function idsIn(document: string): string[] {
  return [...document.matchAll(DEFINED)].map(([, id = '']) => id);
}

/** The ids in the names of tests and of groups of tests. */
export function idsOfTests(file: Source): string[] {
  const texts = new Map(file.strings.map(({ at, text }) => [at, text]));
  return [...file.code.matchAll(CALL)].flatMap((match) => {
    const open = match.index + match[0].length - 1;
    const isTable = /\b(?:each|for)$/.test(match[1] ?? '');
    const before = isTable ? file.code.indexOf('(', closeOf(file.code, open)) : open;
    const quote = before + 1 + file.code.slice(before + 1).search(/\S/);
    return texts.get(quote)?.match(CITED) ?? [];
  });
}

/** What is missing of `R1` to the last id, for each last id; a letter needs its plain id. */
export function missingBetween(ids: readonly string[], lasts: readonly string[]): string[] {
  const expected = lasts.flatMap((last) =>
    Array.from({ length: Number(last.slice(1)) }, (_, index) => `${last.charAt(0)}${index + 1}`),
  );
  const plain = ids.map((id) => id.replace(/[a-z]$/, ''));
  return [...new Set([...expected, ...plain])].filter((id) => !ids.includes(id));
}
