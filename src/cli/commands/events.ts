import type { Command } from 'commander';
import type { Event } from '../../api/shapes.ts';
import { contextOf } from '../context.ts';
import { eventLine } from '../event-line.ts';

/** The journal, read and followed. */
export function eventCommands(program: Command): void {
  program
    .command('events')
    .description('the last rows of the journal')
    .option('--limit <count>', 'so many, at most 1000', '50')
    .option('--follow', 'then each new row, until Ctrl-C')
    .action(async ({ limit, follow }, command) => {
      const { client, show } = contextOf(command);
      const rows = await client.get<Event[]>(`/events?limit=${encodeURIComponent(limit)}`);
      for (const row of rows) show(row, eventLine);
      if (!follow) return;
      const after = rows.at(-1)?.seq ?? 0;
      await client.follow<Event>(`/events/stream?after=${after}`, (row) => show(row, eventLine));
    });
}
