import { closeOf } from './scan.ts';
import { type Finding, finding, isIn, type Source } from './source.ts';

const FOLDER = 'src/config/';
const SCHEMA = /^src\/config\/.*schema.*\.ts$/;
/** The type of a config that was read, and what derives from it. */
const CONFIG = 'src/config/config.ts';

/** Hardware reads what it is handed under the same names. */
const PROGRAM = ['src/', 'hardware/'];

const TABLE = /\b(?:table|object|strictObject|looseObject)\s*\(\s*\{/g;

interface Key {
  readonly file: Source;
  readonly name: string;
  readonly at: number;
}

/**
 * Keys that the config file may have and that nothing asks for. What `Config` has must be read by
 * the program; other keys are shorthands, which the config folder itself writes out.
 */
export function unreadKeys(files: readonly Source[]): Finding[] {
  const config = files.find(({ path }) => path === CONFIG);
  const fields = config === undefined ? [] : fieldsOf(config);
  const isField = new Set(fields.map(({ name }) => name));
  const ofProgram = readBy(files, (path) => !isIn(path, [FOLDER]) || path === CONFIG);
  const ofFolder = readBy(files, (path) => isIn(path, [FOLDER]) && !SCHEMA.test(path));
  return [
    ...fields
      .filter(({ name }) => !ofProgram.has(name))
      .map(({ file, name, at }) => finding(file, at, `has '${name}', which nothing reads`)),
    ...files
      .filter(({ path }) => SCHEMA.test(path))
      .flatMap(keysOf)
      .filter(({ name }) => !isField.has(name) && !ofProgram.has(name) && !ofFolder.has(name))
      .map(({ file, name, at }) => finding(file, at, `takes '${name}', which nothing reads`)),
  ];
}

function readBy(files: readonly Source[], isReader: (path: string) => boolean): Set<string> {
  const readers = files.filter(({ path }) => isIn(path, PROGRAM) && isReader(path));
  return new Set(readers.flatMap(({ code }) => namesRead(code)));
}

/** The properties of the interfaces that are called `Config` or `…Config`. */
function fieldsOf(file: Source): Key[] {
  return [...file.code.matchAll(/\binterface\s+\w*Config\s*\{/g)].flatMap((match) => {
    const from = match.index + match[0].length - 1;
    const body = file.code.slice(from, closeOf(file.code, from));
    return [...body.matchAll(/\breadonly\s+([\w$]+)\??\s*:/g)].map(({ 1: name = '', index }) => ({
      file,
      name,
      at: from + index,
    }));
  });
}

function keysOf(file: Source): Key[] {
  return [...file.code.matchAll(TABLE)].flatMap(({ 0: start, index }) => {
    const open = index + start.length - 1;
    return keysWithin(file, open + 1, closeOf(file.code, open));
  });
}

function keysWithin(file: Source, from: number, to: number): Key[] {
  const keys: Key[] = [];
  let isKeyNext = true;
  for (let at = from; at < to; at += 1) {
    const char = file.code.charAt(at);
    if (isKeyNext && char.trim() !== '') {
      // A quoted key is blanked in the code.
      const name = /^['"]?([\w$-]+)['"]?\s*[:,}]/.exec(file.text.slice(at, at + 100))?.[1];
      if (name !== undefined) keys.push({ file, name: camelCase(name), at });
      isKeyNext = false;
    }
    if ('([{'.includes(char)) at = closeOf(file.code, at);
    if (char === ',') isKeyNext = true;
  }
  return keys;
}

function camelCase(name: string): string {
  return name.replace(/[_-](\w)/g, (_all, letter: string) => letter.toUpperCase());
}

const MEMBER = /\.\s*([\w$]+)/g;
/** `const { a, b: c } = …`, `({ a }) =>`, `(x, { a }: Type) …`; innermost braces first. */
const PATTERN = /(?:\b(?:const|let)\s*|[(,:]\s*)\{([^{}]*)\}/g;

function namesRead(code: string): string[] {
  const members = [...code.matchAll(MEMBER)].map(([, name = '']) => name);
  const taken = [...code.matchAll(PATTERN)].flatMap(([, list = '']) =>
    list.split(',').map((item) => /^\s*([\w$]+)/.exec(item)?.[1] ?? ''),
  );
  return [...members, ...taken];
}
