import type { App } from '../../src/app.ts';
import { keyOf } from '../../src/kiosk/keyboard.ts';
import { en } from '../../src/kiosk/messages/en.ts';
import type { Key, Screen } from '../../src/kiosk/screen.ts';
import { type Part, until } from './script.ts';

type Panel = ReturnType<App['newPanel']>;

const KEYPADS = 3;
const KEY_MS = 150;
const PATIENCE_MS = 240_000;

/** The keypad went dark under somebody's fingers. */
export class Gone extends Error {
  override readonly name = 'Gone';
}

/** The keypads of the kiosk and who stands at them. */
export class Keypads {
  readonly #pressed: () => void;
  readonly #monoMs: () => number;
  #panels: Panel[] = [];
  /** When a key of each was pressed last. */
  readonly #pressedMs = new Map<Panel, number>();
  readonly #places = new Set<Place>();

  constructor(monoMs: () => number, pressed: () => void) {
    this.#monoMs = monoMs;
    this.#pressed = pressed;
  }

  /** The kiosk serves: its keypads are lit. */
  switchOn(app: App): void {
    this.#panels = Array.from({ length: KEYPADS }, () => app.newPanel());
  }

  switchOff(): void {
    this.#panels = [];
    this.#pressedMs.clear();
    for (const place of this.#places) place.panel = null;
    this.#places.clear();
  }

  /** Titles of the screens that have waited for a key for so long, and still do. */
  forgotten(forMs: number): string[] {
    const sinceMs = this.#monoMs() - forMs;
    return this.#panels
      .filter((one) => (this.#pressedMs.get(one) ?? 0) <= sinceMs)
      .map((one) => one.screen())
      .flatMap((one) => (isIdle(one) ? [] : one.title));
  }

  /** Waits for a keypad that nobody uses; undefined when that takes too long. */
  *wait(): Part<Place | undefined> {
    yield* until(() => this.#free() !== undefined, PATIENCE_MS);
    const panel = this.#free();
    if (panel === undefined) return undefined;
    const pressed = (): void => {
      this.#pressedMs.set(panel, this.#monoMs());
      this.#pressed();
    };
    const place = new Place(panel, pressed, () => this.#places.delete(place));
    this.#places.add(place);
    return place;
  }

  #free(): Panel | undefined {
    const taken = [...this.#places].map(({ panel }) => panel);
    return this.#panels.find((one) => !taken.includes(one) && isIdle(one.screen()));
  }
}

/** Somebody in front of a keypad. Everything throws {@link Gone} once the power was lost. */
export class Place {
  panel: Panel | null;
  readonly #pressed: () => void;
  readonly leave: () => void;

  constructor(panel: Panel, pressed: () => void, leave: () => void) {
    this.panel = panel;
    this.#pressed = pressed;
    this.leave = leave;
  }

  press(key: Key): void {
    const panel = this.#need();
    this.#pressed();
    panel.press(key);
  }

  /** Digits, `#` and `*`, one after the other. */
  *type(keys: string): Part<void> {
    for (const char of keys) {
      const key = keyOf(char);
      if (key !== null) this.press(key);
      yield KEY_MS;
    }
  }

  look(): Screen {
    return this.#need().screen();
  }

  isIdle(): boolean {
    return isIdle(this.look());
  }

  shows(line: string): boolean {
    return this.look().lines.includes(line);
  }

  asks(prompt: string): boolean {
    return this.look().prompt === prompt;
  }

  offers(label: string): boolean {
    return this.look().choices.some((choice) => choice.label === label);
  }

  /** Presses the key of the choice; false when there is no such choice. */
  choose(label: string): boolean {
    const choice = this.look().choices.find((one) => one.label === label);
    if (choice !== undefined) this.press(choice.key);
    return choice !== undefined;
  }

  /** The first number of a compartment on the screen; 0 when there is none. */
  doorShown(): number {
    const { lines, choices } = this.look();
    const text = [...lines, ...choices.map(({ label }) => label)].join(' ');
    return Number(/ompartment (\d+)/.exec(text)?.[1] ?? 0);
  }

  #need(): Panel {
    if (this.panel === null) throw new Gone();
    return this.panel;
  }
}

function isIdle({ choices }: Screen): boolean {
  return choices.some(({ label }) => label === en.idle.collect);
}
