export type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';

/** One key of a numeric keypad (R26): `enter` is the one with #, `back` the one with *. */
export type Key = Digit | 'enter' | 'back';

export type Tone = 'normal' | 'good' | 'warning';

/** Digits that are being typed, as they may be shown. */
export interface Entry {
  /** One character per digit typed so far: the digit, or a dot when `masked`. */
  readonly shown: string;
  readonly masked: boolean;
  /** How many digits are expected; null when # ends the entry. */
  readonly digits: number | null;
}

export interface Choice {
  readonly key: Key;
  readonly label: string;
}

/** What a person sees: text in their language and the keys that mean something now. */
export interface Screen {
  readonly title: string;
  readonly lines: readonly string[];
  readonly tone: Tone;
  readonly choices: readonly Choice[];
  readonly prompt?: string;
  readonly entry?: Entry;
  /** Whole seconds until the page, or the question on it, ends by itself. */
  readonly secondsLeft?: number;
  /** What to quote to the helpline (R29): a parcel's reference, or a session's. */
  readonly ref?: { readonly label: string; readonly value: string };
}

/** What a view shows and where its keys go; {@link Panel} is one. */
export interface Keypad {
  press(key: Key): void;
  screen(): Screen;
  /** Calls the listener whenever the screen may have changed. Returns how to stop. */
  onChange(listener: () => void): () => void;
}
