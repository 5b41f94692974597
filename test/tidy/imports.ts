import { posix } from 'node:path';
import type { Source } from './source.ts';

export interface Import {
  readonly at: number;
  readonly specifier: string;
  /** A file of the project, a package, or a module of the runtime (`node:…`). */
  readonly kind: 'file' | 'package' | 'node';
  /** The path from the top, the package's name, or the module with its prefix. */
  readonly target: string;
  readonly typeOnly: boolean;
  /** Names as the other file exports them; `*` for all of them. */
  readonly names: readonly string[];
  /** What the file calls the other as a whole, in `import * as …`. */
  readonly namespace: string | undefined;
}

const CLAUSE = String.raw`((?:(?!\b(?:import|export)\b)[\w\s{},*$])*?)`;
const STATEMENT = new RegExp(String.raw`(?<![\w.$])(?:import|export)\b${CLAUSE}\bfrom\s*['"]`, 'g');
const TAKEN_CHARS_MAX = 300;
const BARE = /(?<![\w.$])import\s*['"]/g;
const CALL = /(?<![\w$])(?:import|require|import\.meta\.resolve)\s*\(\s*['"`]/g;

/** All that a file imports, whichever way: statements, re-exports, calls, types. */
export function importsOf(file: Source): Import[] {
  const found: Import[] = [];
  const texts = new Map(file.strings.map(({ at, text }) => [at, text]));
  for (const pattern of [STATEMENT, BARE, CALL]) {
    for (const match of file.code.matchAll(pattern)) {
      const specifier = texts.get(match.index + match[0].length - 1);
      if (specifier === undefined) continue;
      const clause = pattern === CALL ? taken(file.code, match.index) : (match[1] ?? '');
      found.push({
        at: match.index,
        ...resolve(file.path, specifier),
        ...parseClause(clause.trim()),
      });
    }
  }
  return found.sort((one, other) => one.at - other.at);
}

/** What is taken of a module that is imported by a call: `const { a, b: c } = await import(…)`. */
function taken(code: string, at: number): string {
  const before = code.slice(Math.max(0, at - TAKEN_CHARS_MAX), at);
  const list = /\{[\w\s,:$]*\}\s*=\s*await\s*$/.exec(before)?.[0];
  return list === undefined ? '*' : list.replace(/\}[^}]*$/, '}').replaceAll(':', ' as ');
}

function resolve(from: string, specifier: string): Pick<Import, 'specifier' | 'kind' | 'target'> {
  if (specifier.startsWith('.')) {
    return { specifier, kind: 'file', target: posix.join(posix.dirname(from), specifier) };
  }
  if (specifier.startsWith('node:')) return { specifier, kind: 'node', target: specifier };
  const parts = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1);
  return { specifier, kind: 'package', target: parts.join('/') };
}

function parseClause(clause: string): Pick<Import, 'typeOnly' | 'names' | 'namespace'> {
  const isType = /^type\b(?!\s*,)/.test(clause);
  const rest = isType ? clause.slice('type'.length).trim() : clause;
  const listed = /\{([^}]*)\}/.exec(rest)?.[1]?.split(',') ?? [];
  const items = listed.map((item) => item.trim()).filter((item) => item !== '');
  const names = items.map((item) => item.replace(/^type\s+/, '').replace(/\s+as\s+.*$/s, ''));
  const outside = rest
    .replace(/\{[^}]*\}/, '')
    .replace(/\s+/g, ' ')
    .trim();
  const namespace = /\* as ([\w$]+)/.exec(outside)?.[1];
  if (outside.includes('*') && namespace === undefined) names.push('*');
  if (/^[\w$]+/.test(outside)) names.push('default');
  const values = items.filter((item) => !/^type\s/.test(item));
  const isOnlyTypes = items.length > 0 && values.length === 0 && outside === '';
  return { typeOnly: isType || isOnlyTypes, names, namespace };
}
