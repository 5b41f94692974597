import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Command } from 'commander';

const LOCKERD = new URL('../../main.ts', import.meta.url).pathname;

/** What lockerctl calls a command of `lockerd`, which does the work at the files themselves. */
interface Handed {
  readonly group: string | null;
  readonly name: string;
  readonly lockerd: string;
  readonly about: string;
}

export const HANDED: readonly Handed[] = [
  {
    ...{ group: null, name: 'restore', lockerd: 'restore' },
    about: 'put a copy in the place of the database of a stopped kiosk',
  },
  {
    ...{ group: null, name: 'commission', lockerd: 'commission' },
    about: 'prove the wiring of a stopped kiosk, door by door',
  },
  {
    ...{ group: 'bus', name: 'scan', lockerd: 'scan' },
    about: 'ask every address of the buses of a stopped kiosk',
  },
  {
    ...{ group: 'config', name: 'check', lockerd: 'check-config' },
    about: 'say everything that is wrong in a config file',
  },
  {
    ...{ group: 'config', name: 'show', lockerd: 'show-config' },
    about: 'show a config file as it is understood, secrets masked',
  },
  {
    ...{ group: 'audit', name: 'verify', lockerd: 'audit-verify' },
    about: 'say whether a journal is what was written, and which doors opened without right',
  },
];

const GROUPS: Readonly<Record<string, string>> = {
  bus: 'the wires to the boards',
  config: 'the config file',
  audit: 'the journal’s proof',
};

/**
 * Commands that need no daemon, or none to run. Their options are those of `lockerd`, which also
 * gives the status to end with.
 */
export function offlineCommands(program: Command): void {
  for (const { group, name, lockerd, about } of HANDED) {
    const parent = group === null ? program : groupOf(program, group);
    parent
      .command(`${name} [options...]`)
      .description(`${about} (lockerd ${lockerd} --help has its options)`)
      .allowUnknownOption()
      .helpOption(false)
      .action(async (_options, _none, command: Command) => {
        const child = spawn(process.execPath, [LOCKERD, lockerd, ...command.args], {
          stdio: 'inherit',
        });
        const [status] = await once(child, 'close');
        process.exitCode = status ?? 1;
      });
  }
}

function groupOf(program: Command, name: string): Command {
  const known = program.commands.find((one) => one.name() === name);
  return known ?? program.command(name).description(GROUPS[name] ?? '');
}
