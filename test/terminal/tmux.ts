import { execFileSync } from 'node:child_process';
import { sleep } from '../../sim/real-clock.ts';

const LOOK_EVERY_MS = 100;
const SHOWS_MS_MAX = 20_000;
const SIZE = ['-x', '100', '-y', '30'];
/** A terminal with a person before it: Ink draws nothing until the end where it finds `CI`. */
const { CI: _, ...ENVIRONMENT } = process.env;

/** Real terminals, each with a program in it. */
export class Tmux {
  /** A server of our own: nobody else's sessions are touched. */
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  open(terminal: string, command: string): void {
    this.#tmux('new-session', '-d', '-s', terminal, ...SIZE, command);
  }

  /** Names of keys as tmux has them, or text. */
  keys(terminal: string, ...keys: readonly string[]): void {
    this.#tmux('send-keys', '-t', terminal, ...keys);
  }

  screen(terminal: string): string {
    const text = this.#tmux('capture-pane', '-p', '-t', terminal);
    const lines = text.split('\n').map((line) => line.trimEnd());
    return `${lines.join('\n').trimEnd()}\n`;
  }

  /** Waits for the text and gives the screen. @throws when it does not come. */
  async shows(terminal: string, wanted: string | RegExp): Promise<string> {
    let screen = '';
    for (let waitedMs = 0; waitedMs < SHOWS_MS_MAX; waitedMs += LOOK_EVERY_MS) {
      screen = this.screen(terminal);
      if (screen.search(wanted) >= 0) return screen;
      await sleep(LOOK_EVERY_MS);
    }
    throw new Error(`${terminal} never showed ${wanted}; it shows:\n${screen}`);
  }

  end(): void {
    this.#tmux('kill-server');
  }

  #tmux(...args: readonly string[]): string {
    return execFileSync('tmux', ['-L', this.#name, '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: ENVIRONMENT,
    });
  }
}
