import type { Command } from 'commander';
import type { Board } from '../../api/shapes.ts';
import { systemClock } from '../../platform/clock.ts';
import { contextOf } from '../context.ts';
import { table } from '../table.ts';

const LOOK_EVERY_MS = 500;
/** A line of the report that is a frame: its time comes first. */
const FRAME = /^ *\d+\.\d{3} s /;

/** The wires; `bus scan` stands among what needs a stopped kiosk. */
export function busCommands(program: Command): void {
  const bus = program.command('bus').description('the wires to the boards');
  bus
    .command('stats')
    .description('what each board was asked, what came back, and how long it took')
    .action(async (_options, command) => {
      const { client, show } = contextOf(command);
      show(await client.get<Board[]>('/boards'), statsText);
    });
  bus
    .command('monitor')
    .description('the frames on the wires as they pass, until Ctrl-C')
    .option('--count <lines>', 'only so many', Number, Number.POSITIVE_INFINITY)
    .action(async ({ count }: { count: number }, command) => {
      const { client, show } = contextOf(command);
      const clock = systemClock();
      const seen = new Set<string>();
      for (let left = count; left > 0; ) {
        const frames = (await client.get<string[]>('/buses')).filter((line) => FRAME.test(line));
        const fresh = frames.filter((line) => !seen.has(line)).slice(0, left);
        for (const line of fresh) show(line, (text) => text);
        left -= fresh.length;
        seen.clear();
        for (const line of frames) seen.add(line);
        if (left > 0) await new Promise<void>((go) => clock.after('look', LOOK_EVERY_MS, go));
      }
    });
}

function statsText(boards: readonly Board[]): string {
  const rows = boards.map((one) => [
    ...[one.bus, one.board, one.health, one.sent, one.answered, one.refused, one.noReply],
    ...[one.badReply, Object.values(one.discarded).reduce((sum, count) => sum + count, 0)],
    ...[Math.round(one.maxLatencyMs), latencyText(one)],
  ]);
  const counts = ['sent', 'answered', 'refused', 'no reply', 'bad reply', 'discarded'];
  return table(['bus', 'board', 'health', ...counts, 'longest ms', 'answers by ms'], rows);
}

const latencyText = ({ latency }: Board): string =>
  latency
    .filter(({ answers }) => answers > 0)
    .map(({ upToMs, answers }) => `${upToMs === null ? 'more' : `≤${upToMs}`}: ${answers}`)
    .join(', ');
