import type { Command } from 'commander';
import { Client } from './client.ts';

/** Where systemd keeps the sockets of a kiosk (systemd/lockerd.tmpfiles). */
const FOLDER = '/run/lockerd';

/** What every command is given: the daemon, and how to show what it answers. */
interface Context {
  readonly client: Client;
  /** Prints the value as JSON when that was asked for, else what `text` makes of it. */
  show<T>(value: T, text: (value: T) => string): void;
}

export function contextOf(command: Command): Context {
  const { folder, json } = command.optsWithGlobals() as { folder?: string; json?: true };
  return {
    client: new Client(folder ?? process.env.LOCKERD_API ?? FOLDER),
    show: (value, text) => {
      process.stdout.write(`${json ? JSON.stringify(value) : text(value)}\n`);
    },
  };
}
