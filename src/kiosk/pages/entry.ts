import { ENTRY_LIMIT_MS } from '../limits.ts';
import type { Catalogue } from '../messages/catalogue.ts';
import type { Next, Page } from '../page.ts';
import type { Choice, Key, Screen } from '../screen.ts';

interface Spec {
  readonly title: string;
  readonly prompt: string;
  /** Said above the prompt. */
  readonly lines?: readonly string[];
  /** A fixed number of digits ends by itself; between two bounds # ends it. */
  readonly digits: number | { readonly min: number; readonly max: number };
  readonly masked?: boolean;
  /** Refuses what was typed, at once and free of charge; it is then typed again. */
  readonly accepts?: (digits: string) => boolean;
  readonly done: (digits: string) => Next;
  /** Takes a scanned text in place of digits. */
  readonly scanned?: (text: string) => Next;
  readonly back: () => Next;
}

const MASK = '•';

/** Takes a number, digit by digit. */
export function entryPage(texts: Catalogue, spec: Spec): Page {
  return new EntryPage(texts, spec);
}

class EntryPage implements Page {
  readonly #texts: Catalogue;
  readonly #spec: Spec;
  readonly #min: number;
  readonly #max: number;
  #typed = '';
  #refused = false;

  constructor(texts: Catalogue, spec: Spec) {
    this.#texts = texts;
    this.#spec = spec;
    const { digits } = spec;
    this.#min = typeof digits === 'number' ? digits : digits.min;
    this.#max = typeof digits === 'number' ? digits : digits.max;
  }

  draw(): Screen {
    const { title, prompt, lines = [], masked = false } = this.#spec;
    const shown = masked ? MASK.repeat(this.#typed.length) : this.#typed;
    return {
      title,
      lines: this.#refused ? [...lines, this.#texts.common.checkNumber] : lines,
      tone: this.#refused ? 'warning' : 'normal',
      prompt,
      entry: { shown, masked, digits: this.#endsByItself() ? this.#max : null },
      choices: this.#choices(),
    };
  }

  press(key: Key): Next {
    if (key === 'back') return this.#remove();
    if (key === 'enter') return this.#typed === '' ? null : this.#end();
    if (this.#typed.length === this.#max) return null;
    this.#typed += key;
    this.#refused = false;
    return this.#endsByItself() && this.#typed.length === this.#max ? this.#end() : null;
  }

  scan(text: string): Next {
    return this.#spec.scanned?.(text) ?? null;
  }

  limit() {
    return { ms: ENTRY_LIMIT_MS };
  }

  #choices(): Choice[] {
    const { confirm, back, remove } = this.#texts.common;
    const end: Choice[] = this.#endsByItself() ? [] : [{ key: 'enter', label: confirm }];
    return [...end, { key: 'back', label: this.#typed === '' ? back : remove }];
  }

  #endsByItself(): boolean {
    return this.#min === this.#max;
  }

  #remove(): Next {
    if (this.#typed === '') return this.#spec.back();
    this.#typed = this.#typed.slice(0, -1);
    return null;
  }

  #end(): Next {
    const typed = this.#typed;
    if (typed.length >= this.#min && this.#spec.accepts?.(typed) !== false) {
      return this.#spec.done(typed);
    }
    this.#typed = '';
    this.#refused = true;
    return null;
  }
}
