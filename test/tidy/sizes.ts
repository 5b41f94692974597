import { closeOf, openOf } from './scan.ts';
import { type Finding, finding, lineAt, type Source } from './source.ts';

const FILE_LINES_MAX = 300;
const FUNCTION_LINES_MAX = 60;
const LINE_CHARS_MAX = 100;

export function longFiles(files: readonly Source[]): Finding[] {
  return files.flatMap((file) => {
    const lines = file.text.replace(/\n$/, '').split('\n').length;
    return lines <= FILE_LINES_MAX
      ? []
      : [finding(file, 0, `has ${lines} lines, at most ${FILE_LINES_MAX}: split it`)];
  });
}

export function longLines(files: readonly Source[]): Finding[] {
  return files.flatMap((file) =>
    file.text.split('\n').flatMap((text, index) => {
      const { length } = [...text];
      if (length <= LINE_CHARS_MAX) return [];
      return [`${file.path}:${index + 1} has ${length} characters, at most ${LINE_CHARS_MAX}`];
    }),
  );
}

export function longFunctions(files: readonly Source[]): Finding[] {
  return files.flatMap((file) =>
    functionsOf(file.code).flatMap(({ head, end }) => {
      const lines = lineAt(file.code, end) - lineAt(file.code, head) + 1;
      if (lines <= FUNCTION_LINES_MAX || isGroupOfTests(file.code, head)) return [];
      return [finding(file, head, `function of ${lines} lines, at most ${FUNCTION_LINES_MAX}`)];
    }),
  );
}

/** From the head of a function (its parameters, or its arrow) to the end of its body. */
interface Span {
  readonly head: number;
  readonly end: number;
}

const CONTROL = /\b(if|for|while|switch|catch|with|await)\s*$/;

/** Every function with a body in braces. */
function functionsOf(code: string): Span[] {
  const heads = new Map<number, number>();
  for (const { index } of code.matchAll(/\(/g)) {
    if (CONTROL.test(code.slice(Math.max(0, index - 12), index))) continue;
    const body = bodyAfter(code, closeOf(code, index) + 1);
    if (body !== undefined && !heads.has(body)) heads.set(body, index);
  }
  // An arrow after a parameter without parentheses.
  for (const match of code.matchAll(/=>\s*\{/g)) {
    const body = match.index + match[0].length - 1;
    if (!heads.has(body)) heads.set(body, match.index);
  }
  return [...heads].map(([body, head]) => ({ head, end: closeOf(code, body) }));
}

/** One token of a type. */
const TYPE_TOKEN = /=>|[\w$.'"`]+|[<|&?:([{]/y;
/** Tokens that an operand must follow, so that a brace opens a type and not the body. */
const PREFIX = /^(=>|[|&?:]|keyof|readonly|typeof|is|asserts|infer|unique|extends|new)$/;

/** The brace that opens the body, when what ends at `from` is the parameters of a function. */
function bodyAfter(code: string, from: number): number | undefined {
  const isTyped = /^\s*:/.test(code.slice(from, from + 100));
  let isWanted = false;
  for (let at = skipSpace(code, from); at < code.length; at = skipSpace(code, at)) {
    TYPE_TOKEN.lastIndex = at;
    const token = TYPE_TOKEN.exec(code)?.[0];
    if (token === undefined) return undefined;
    if (token === '{' && !isWanted) return at;
    const next = skipSpace(code, at + token.length);
    if (token === '=>' && code.charAt(next) === '{') return next;
    if (!isTyped) return undefined;
    isWanted = PREFIX.test(token);
    if (token === '<') at = angleEnd(code, at);
    else at = '([{'.includes(token) ? closeOf(code, at) + 1 : next;
  }
  return undefined;
}

function skipSpace(code: string, from: number): number {
  let at = from;
  while (/\s/.test(code.charAt(at))) at += 1;
  return at;
}

/** Behind the type arguments that start at `from`. */
function angleEnd(code: string, from: number): number {
  let depth = 0;
  for (let at = from; at < code.length; at += 1) {
    if (code.charAt(at) === '<') depth += 1;
    if (code.charAt(at) === '>' && code.charAt(at - 1) !== '=') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return code.length;
}

/** Whether the function stands in a call of `describe`, which only groups what is in it. */
function isGroupOfTests(code: string, head: number): boolean {
  let at = head - 1;
  while (at >= 0 && code.charAt(at) !== '(' && code.charAt(at) !== '{') {
    at = ')]}'.includes(code.charAt(at)) ? openOf(code, at) - 1 : at - 1;
  }
  if (code.charAt(at) !== '(') return false;
  const before = code.slice(0, at).trimEnd();
  const callee = before.endsWith(')') ? before.slice(0, openOf(before, before.length - 1)) : before;
  return /\bdescribe(\.\w+)*$/.test(callee);
}
