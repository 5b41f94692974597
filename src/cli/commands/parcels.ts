import { type Command, Option } from 'commander';
import type { Event, Parcel } from '../../api/shapes.ts';
import { contextOf } from '../context.ts';
import { table } from '../table.ts';
import { moment } from '../words.ts';
import { eventLine } from './events.ts';

const STATUSES = ['pending', 'stored', 'retrieved', 'expired', 'cancelled'];

/** The parcels, by the reference that people quote. */
export function parcelCommands(program: Command): void {
  program
    .command('parcels')
    .description('parcels, newest first')
    .addOption(new Option('--status <status>', 'of one status').choices(STATUSES))
    .action(async ({ status }, command) => {
      const { client, show } = contextOf(command);
      const query = status === undefined ? '' : `?status=${status}`;
      show(await client.get<Parcel[]>(`/parcels${query}`), parcelTable);
    });
  const parcel = program.command('parcel').description('one parcel');
  parcel
    .command('show <parcel>')
    .description('one parcel and its story, by reference or id')
    .action(async (name: string, _options, command) => {
      const { client, show } = contextOf(command);
      const path = `/parcels/${encodeURIComponent(name)}`;
      const [found, events] = await Promise.all([
        client.get<Parcel>(path),
        client.get<Event[]>(`${path}/events`),
      ]);
      show({ ...found, events }, storyText);
    });
}

function parcelTable(parcels: Parcel[]): string {
  const rows = parcels.map((one) => [
    ...[one.ref, one.status, one.custody, one.slot ?? '', one.size, one.carrier],
    moment(one.storedAtWall),
  ]);
  return table(['ref', 'status', 'custody', 'slot', 'size', 'carrier', 'stored'], rows);
}

function storyText({ events, ...parcel }: Parcel & { events: Event[] }): string {
  const { hold, ...facts } = parcel;
  const rows = Object.entries(facts).map(([name, value]) => [
    name,
    name.endsWith('Wall') ? moment(value as number | null) : `${value ?? '-'}`,
  ]);
  return [table(['fact', 'value'], rows), '', ...events.map(eventLine)].join('\n');
}
