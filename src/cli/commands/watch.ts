import type { Command } from 'commander';
import { contextOf } from '../context.ts';
import { NoTerminal } from '../errors.ts';

/** B10: the wall in this terminal, as it is or as it was. */
export function watchCommand(program: Command): void {
  program
    .command('watch')
    .description('the wall, live: doors, timers, boards, queue and what happens; q quits')
    .option('--trace <file>', 'a trace instead, step by step')
    .action(async ({ trace }: { trace?: string }, command) => {
      if (trace === undefined) await watchLive(command);
      else await watchTrace(trace);
    });
}

async function watchLive(command: Command): Promise<void> {
  const { client } = contextOf(command);
  const { LiveWatch } = await import('../watch/live.ts');
  const live = new LiveWatch(client);
  await live.begin();
  if (!process.stdin.isTTY) throw new NoTerminal();
  const left = new AbortController();
  const over = live.follow(left.signal);
  const { showWatched } = await import('../watch/terminal.ts');
  await showWatched(live, over);
  left.abort();
}

async function watchTrace(path: string): Promise<void> {
  const { traceOf } = await import('./trace.ts');
  const trace = traceOf(path);
  if (!process.stdin.isTTY) throw new NoTerminal();
  const { RecordedWatch } = await import('../watch/recorded.ts');
  const { showWatched } = await import('../watch/terminal.ts');
  // Ctrl-C and q are the only ends.
  await showWatched(new RecordedWatch(trace), new Promise(() => {}));
}
