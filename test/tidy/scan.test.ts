import { expect, test } from 'vitest';
import { importsOf } from './imports.ts';
import { scan } from './scan.ts';
import { source } from './source.ts';

test.each([
  ["a('b // c') // d", "a('      ')     "],
  ['a /* "b" */ + c', 'a           + c'],
  ['"a\\"b" + c', '"    " + c'],
  [`\`a \${b + \`c \${'d'}\` + {}} e\` + f`, `\`  \${b + \`  \${' '}\` + {}}  \` + f`],
  ["a.replace(/[/'\"]/g, b) / 2 / 'c'", "a.replace(/     /g, b) / 2 / ' '"],
  ["return /'/.test(a)", 'return / /.test(a)'],
  ["a = b! / c; d = '/'", "a = b! / c; d = ' '"],
  [`\`a\n\${b}\nc\``, `\` \n\${b}\n \``],
])('code is told from the rest: %s', (text, code) => {
  expect(scan(text).code).toBe(code);
});

test('strings and comments are kept with their places', () => {
  const { strings, comments } = scan(`a('b', \`c \${'d'} e\`); // f\n/* g\n*/`);
  expect(strings).toEqual([
    { at: 2, text: 'b' },
    { at: 7, text: 'c … e' },
    { at: 12, text: 'd' },
  ]);
  expect(comments.map(({ text }) => text)).toEqual(['// f', '/* g\n*/']);
});

test('every way to import is seen', () => {
  const text = `import a, { b as c, type D } from './x.ts';
import * as e from '../f/y.ts';
import type { G } from '@scope/name/deep';
export { type H } from "./z.ts";
export * from './all.ts';
import 'node:fs';
const i = await import('./j.ts');
const k = require('l');
import {
  m,
} from './n.ts';
// import './not.ts';
const text = "import './not.ts'";`;
  const found = importsOf(source('src/f/a.ts', text));
  expect(found.map(({ kind, target }) => `${kind} ${target}`)).toEqual([
    'file src/f/x.ts',
    'file src/f/y.ts',
    'package @scope/name',
    'file src/f/z.ts',
    'file src/f/all.ts',
    'node node:fs',
    'file src/f/j.ts',
    'package l',
    'file src/f/n.ts',
  ]);
  expect(found.map(({ names }) => names.join())).toEqual([
    'b,D,default',
    '',
    'G',
    'H',
    '*',
    '',
    '*',
    '*',
    'm',
  ]);
  expect(found.map(({ typeOnly }) => typeOnly)).toEqual([
    false,
    false,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
  expect(found[1]?.namespace).toBe('e');
});
