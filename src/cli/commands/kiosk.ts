import type { Command } from 'commander';
import type { Shown } from '../../api/shapes.ts';
import type { Key, Keypad, Screen } from '../../kiosk/screen.ts';
import type { Client } from '../client.ts';
import { contextOf } from '../context.ts';
import { NoTerminal } from '../errors.ts';

/** The keypad's screen in a terminal, with its keys. */
export function kioskCommand(program: Command): void {
  program
    .command('kiosk')
    .description('the keypad and its screen in this terminal, until Ctrl-C')
    .option('--wall', 'the screen that people stand at, with the keypad and scanner of the config')
    .action(async ({ wall: isAtWall = false }, command) => {
      const { client } = contextOf(command);
      if (!process.stdin.isTTY) throw new NoTerminal();
      const left = new AbortController();
      const keypad = new RemoteKeypad(client);
      const over = keypad.connect(isAtWall, left.signal);
      await Promise.race([keypad.ready, over]);
      const { showInTerminal } = await import('../../kiosk/terminal.ts');
      await showInTerminal(keypad, { until: over });
      left.abort();
    });
}

/** A panel of the daemon, at the other end of its socket. */
class RemoteKeypad implements Keypad {
  readonly #client: Client;
  readonly #listeners = new Set<() => void>();
  #panel = '';
  #screen: Screen = { title: '', lines: [], tone: 'normal', choices: [] };
  #ready: () => void = () => {};
  /** The first screen is there. */
  readonly ready = new Promise<void>((resolve) => {
    this.#ready = resolve;
  });

  constructor(client: Client) {
    this.#client = client;
  }

  /** Ends with the daemon, or when the signal says so. */
  connect(isAtWall: boolean, signal: AbortSignal): Promise<void> {
    const shown = ({ panel, screen }: Shown): void => {
      this.#panel = panel;
      this.#screen = screen as Screen;
      this.#ready();
      for (const listener of this.#listeners) listener();
    };
    return this.#client.follow<Shown>(`/screen${isAtWall ? '?wall=1' : ''}`, shown, {
      role: 'panel',
      signal,
    });
  }

  press(key: Key): void {
    // The stream ends as well when the daemon is gone, and says so; a wall may have its own keys.
    this.#client.post(`/panels/${this.#panel}/keys`, { key }, 'panel').catch(() => {});
  }

  screen(): Screen {
    return this.#screen;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
