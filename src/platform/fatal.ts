import type { Log } from '../control/ports.ts';
import { EX_SOFTWARE } from './exit-status.ts';

/**
 * Ends the program before it serves. An error with an exit status of its own is no bug: its
 * message is all that a reader needs; of any other the stack is shown.
 */
export function refuseToStart(error: unknown): never {
  const status = exitStatusOf(error);
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`lockerd: ${status === EX_SOFTWARE ? stack : message}\n`);
  process.exit(status);
}

/**
 * Ends the program on whatever nobody caught, a throwing timer included. Its state is in doubt
 * then; the next start holds the records against the sensors (R20).
 */
export function dieOfUncaught(log: Log): void {
  const die = dieOf(log, 'ended by an error that nobody caught');
  process.on('uncaughtException', die);
}

/** Ends the program at once, before anything else is done, with the error's own status. */
export function dieOf(log: Log, message: string): (error: Error) => never {
  return (error) => {
    log.error(message, { error });
    process.stderr.write(`lockerd: ${error.message}\n`);
    process.exit(exitStatusOf(error));
  };
}

/** The error's own status, or that of a bug. */
function exitStatusOf(error: unknown): number {
  const status = error instanceof Error && 'exitStatus' in error ? error.exitStatus : undefined;
  return typeof status === 'number' ? status : EX_SOFTWARE;
}
