import { CHOICE_LIMIT_MS, MESSAGE_LIMIT_MS } from '../limits.ts';
import type { Catalogue } from '../messages/catalogue.ts';
import type { Next, Page } from '../page.ts';
import type { Choice, Key, Screen, Tone } from '../screen.ts';

interface Option extends Choice {
  readonly go: () => Next;
}

interface Spec {
  readonly title: string;
  readonly lines: readonly string[];
  readonly tone?: Tone;
  /** Bare, as it is quoted to the helpline. */
  readonly ref?: string;
  readonly options: readonly Option[];
  /** Milliseconds in the normal profile. */
  readonly limitMs?: number;
  /** Where the end of the time leads; without it, home. */
  readonly onward?: () => Next;
}

/** A page with some text, and a key for each way on. */
export function choicePage(texts: Catalogue, spec: Spec): Page {
  const screen: Screen = {
    title: spec.title,
    lines: spec.lines,
    tone: spec.tone ?? 'normal',
    choices: spec.options.map(({ key, label }) => ({ key, label })),
    ...(spec.ref !== undefined && { ref: refOf(texts, spec.ref) }),
  };
  const limit = {
    ms: spec.limitMs ?? CHOICE_LIMIT_MS,
    ...(spec.onward && { onward: spec.onward }),
  };
  return {
    draw: () => screen,
    press: (key) => spec.options.find((option) => option.key === key)?.go() ?? null,
    limit: () => limit,
  };
}

/** A page that is only read: # or the end of its time leads on. */
export function messagePage(
  texts: Catalogue,
  spec: Omit<Spec, 'options'> & { readonly onward: () => Next },
): Page {
  const goOn = option('enter', texts.common.goOn, spec.onward);
  return choicePage(texts, { limitMs: MESSAGE_LIMIT_MS, ...spec, options: [goOn] });
}

export function option(key: Key, label: string, go: () => Next): Option {
  return { key, label, go };
}

export function refOf(texts: Catalogue, value: string) {
  return { label: texts.common.reference, value };
}
