import { renderScreen } from '../../src/kiosk/render.ts';
import type { Key } from '../../src/kiosk/screen.ts';
import { type Bench, PIN } from './bench-kiosk.ts';

/** Between two keys of somebody who types without haste. */
const KEY_MS = 200;

/** Somebody at a keypad of the kiosk that runs now. */
export class Keys {
  readonly #bench: Bench;
  readonly #panel: ReturnType<Bench['app']['newPanel']>;

  constructor(bench: Bench) {
    this.#bench = bench;
    this.#panel = bench.app.newPanel();
  }

  /** Presses digits, `#` and `*`; blanks are for the reader. */
  type(keys: string): this {
    for (const char of keys.replaceAll(' ', '')) {
      const key = char === '#' ? 'enter' : char === '*' ? 'back' : (char as Key);
      this.#panel.press(key);
      this.#bench.wait(KEY_MS);
    }
    return this;
  }

  /** Holds something in front of the scanner. */
  scan(text: string): void {
    this.#panel.scan(text);
  }

  /** The screen as one line of text. */
  text(): string {
    return renderScreen(this.#panel.screen())
      .join(' ')
      .replaceAll(/[│┌┐└┘├┤─]/g, ' ')
      .replaceAll(/\s+/g, ' ');
  }

  shows(text: string): void {
    this.#bench.until(`the screen shows "${text}" and not "${this.text()}"`, () =>
      this.text().includes(text),
    );
  }

  /** Staff number and PIN; the check takes real time. */
  async signIn(staff: string): Promise<this> {
    await this.enterPin(staff);
    this.shows('What would you like to do?');
    return this;
  }

  /** The same, wherever it leads. */
  async enterPin(staff: string, pin = PIN): Promise<this> {
    this.type(`2 ${staff} ${pin} #`);
    // The same check again is done after the panel's own, as they run one after the other.
    for (let look = 0; look < 100 && this.text().includes('Checking'); look += 1) {
      await this.#bench.app.people.addCourier('NOBODY', PIN);
      this.#bench.wait(1);
    }
    return this;
  }
}
