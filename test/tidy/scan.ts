/** A piece of text and the offset where its literal or comment starts. */
interface Piece {
  readonly at: number;
  readonly text: string;
}

export interface Scan {
  /** The text with comments and the insides of literals blanked: same length, same lines. */
  readonly code: string;
  /** What stands between the quotes; a template is one string, with its holes cut out. */
  readonly strings: readonly Piece[];
  readonly comments: readonly Piece[];
}

/** Stands in a template's text where code stood. */
const HOLE = '…';

/** Words after which a slash starts a regular expression, not a division. */
const BEFORE_REGEX = new Set(
  'return typeof case in of delete void throw new await yield else do instanceof'.split(' '),
);

/**
 * Tells code from comments and literals, which is all that the checks need to know of the
 * language. The compiler in use has no stable interface for its syntax tree.
 */
class Scanner {
  readonly #text: string;
  readonly #code: string[];
  readonly #strings: Piece[] = [];
  readonly #comments: Piece[] = [];
  #at = 0;
  /** Whether the last token ends an operand, so that a slash divides it. */
  #operand = false;

  constructor(text: string) {
    this.#text = text;
    this.#code = text.split('');
  }

  scan(): Scan {
    this.#run(false);
    const strings = this.#strings.toSorted((one, other) => one.at - other.at);
    return { code: this.#code.join(''), strings, comments: this.#comments };
  }

  /** Goes on to the end of the text, or of the hole in a template that it is in. */
  #run(inHole: boolean): void {
    let depth = 0;
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at);
      if (char === '}' && depth === 0 && inHole) return;
      if (char === '{') depth += 1;
      if (char === '}') depth -= 1;
      this.#token(char);
    }
  }

  #token(char: string): void {
    if (this.#starts('//')) this.#comment('\n', 0);
    else if (this.#starts('/*')) this.#comment('*/', 2);
    else if (char === "'" || char === '"') this.#string(char);
    else if (char === '`') this.#template();
    else if (char === '/' && !this.#operand) this.#regex();
    else if (/[\w$]/.test(char)) this.#word();
    else this.#punctuation(char);
  }

  #starts(mark: string): boolean {
    return this.#text.startsWith(mark, this.#at);
  }

  #word(): void {
    const word = /^[\w$]+/.exec(this.#text.slice(this.#at, this.#at + 80))?.[0] ?? '';
    this.#at += word.length;
    this.#operand = !BEFORE_REGEX.has(word);
  }

  #punctuation(char: string): void {
    // An exclamation mark after an operand asserts, before one it negates: both leave this as is.
    if (char !== '!' && char.trim() !== '') this.#operand = char === ')' || char === ']';
    this.#at += 1;
  }

  #comment(end: string, endLength: number): void {
    const found = this.#text.indexOf(end, this.#at + 2);
    const to = found < 0 ? this.#text.length : found + endLength;
    this.#comments.push({ at: this.#at, text: this.#text.slice(this.#at, to) });
    this.#blank(this.#at, to);
    this.#at = to;
  }

  #string(quote: string): void {
    const from = this.#at;
    this.#skipTo((char) => char === quote || char === '\n');
    this.#strings.push({ at: from, text: this.#text.slice(from + 1, this.#at) });
    this.#blank(from + 1, this.#at);
    this.#at += 1;
    this.#operand = true;
  }

  #regex(): void {
    const from = this.#at;
    let inClass = false;
    this.#skipTo((char) => {
      if (char === '[') inClass = true;
      if (char === ']') inClass = false;
      return (char === '/' && !inClass) || char === '\n';
    });
    this.#blank(from + 1, this.#at);
    this.#at += 1;
    this.#operand = true;
  }

  #template(): void {
    const from = this.#at;
    let piece = from + 1;
    let text = '';
    const isEnd = (char: string) => char === '`' || (char === '$' && this.#starts('${'));
    for (;;) {
      this.#skipTo(isEnd);
      text += this.#text.slice(piece, this.#at);
      this.#blank(piece, this.#at);
      if (!this.#starts('${')) break;
      this.#at += 2;
      this.#operand = false;
      this.#run(true);
      text += HOLE;
      this.#at += 1;
      piece = this.#at;
      this.#at -= 1;
    }
    this.#strings.push({ at: from, text });
    this.#at += 1;
    this.#operand = true;
  }

  /** Moves on from the current character to the next one that ends it and is not escaped. */
  #skipTo(ends: (char: string) => boolean): void {
    this.#at += 1;
    while (this.#at < this.#text.length && !ends(this.#text.charAt(this.#at))) {
      this.#at += this.#text.charAt(this.#at) === '\\' ? 2 : 1;
    }
  }

  #blank(from: number, to: number): void {
    for (let at = from; at < to && at < this.#code.length; at += 1) {
      if (this.#code[at] !== '\n') this.#code[at] = ' ';
    }
  }
}

const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The offset of the bracket that closes the one at `from`; the end of the code when none does. */
export function closeOf(code: string, from: number): number {
  const open = code.charAt(from);
  const close = CLOSING[open];
  let depth = 0;
  for (let at = from; at < code.length; at += 1) {
    if (code.charAt(at) === open) depth += 1;
    if (code.charAt(at) === close) depth -= 1;
    if (depth === 0) return at;
  }
  return code.length;
}

/** The offset of the bracket that the one at `from` closes; -1 when there is none. */
export function openOf(code: string, from: number): number {
  const close = code.charAt(from);
  const open = OPENING[close];
  let depth = 0;
  for (let at = from; at >= 0; at -= 1) {
    if (code.charAt(at) === close) depth += 1;
    if (code.charAt(at) === open) depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

export function scan(text: string): Scan {
  return new Scanner(text).scan();
}
