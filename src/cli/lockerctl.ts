import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { EX_SOFTWARE, EX_USAGE } from '../platform/exit-status.ts';
import { addCommands } from './commands/index.ts';

/** Runs `lockerctl` with these arguments; ends the process with a status of sysexits.h. */
export async function lockerctl(args: readonly string[]): Promise<void> {
  const program = new Command('lockerctl')
    .description('The technician’s hand: asks the lockerd that runs on this machine')
    .version(manifest.version)
    .option('--folder <path>', 'the folder of its sockets, as in its config key api.folder')
    .option('--json', 'print JSON instead of tables')
    .exitOverride()
    .addHelpText('after', EXAMPLES);
  try {
    await addCommands(program, args);
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = told(error);
  }
}

/** Says what went wrong, where that was not said yet; gives the status to end with. */
function told(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EX_USAGE;
  const { message, stack, exitStatus } = error as Error & { exitStatus?: number };
  process.stderr.write(`lockerctl: ${exitStatus === undefined ? stack : message}\n`);
  return exitStatus ?? EX_SOFTWARE;
}

const EXAMPLES = `
Examples:
  lockerctl status
  lockerctl slot show LOCK001/7
  lockerctl parcel show K7RQ2M
  lockerctl events --follow --json
`;
