import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { NoTrace, readTrace } from '../../offline/read-trace.ts';
import { type Replayed, replayTrace, type TraceFile } from '../../offline/replay-trace.ts';
import { EX_DATAERR, EX_NOINPUT } from '../../platform/exit-status.ts';
import { contextOf } from '../context.ts';

/** The replay did not lead to the same states. */
const EXIT_DIFFERENT = 1;

/** The last hours of a kiosk, taken to a desk (docs/TRACES.md). */
export function traceCommands(program: Command): void {
  const trace = program.command('trace').description('the last hours of a kiosk, to be replayed');
  trace
    .command('export [file]')
    .description('write the trace of the running kiosk to a file, or to stdout')
    .action(async (file: string | undefined, _options, command) => {
      const { client, show } = contextOf(command);
      const text = await client.text('/trace');
      if (file === undefined) {
        process.stdout.write(text);
        return;
      }
      writeFileSync(file, text);
      const lines = text.split('\n').length - 1;
      show({ file, lines }, () => `${file}: ${lines} lines`);
    });
  trace
    .command('replay <file>')
    .description('replay a trace, without any kiosk; status 1 when it leads to other states')
    .action((file: string, _options, command) => {
      const { show } = contextOf(command);
      const replayed = replayTrace(traceOf(file));
      show(replayed, (result) => replayText(file, result));
      if (replayed.difference !== null) process.exitCode = EXIT_DIFFERENT;
    });
}

/** @throws with a status of sysexits.h when there is no such file, or it is no trace. */
export function traceOf(file: string): TraceFile {
  try {
    return readTrace(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof NoTrace) {
      throw Object.assign(new Error(`${file}: ${message}`), { exitStatus: EX_DATAERR });
    }
    if (code === undefined) throw error;
    throw Object.assign(new Error(message), { exitStatus: EX_NOINPUT });
  }
}

function replayText(file: string, { steps, difference }: Replayed): string {
  if (difference === null) return `${file}: ${steps} steps, the same state at every one`;
  const { line, slot, recorded, replayed } = difference;
  return [
    `${file}: ${steps} steps are the same, then line ${line} differs at ${slot}`,
    `  recorded  ${recorded}`,
    `  replayed  ${replayed}`,
  ].join('\n');
}
