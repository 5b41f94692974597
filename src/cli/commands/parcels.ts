import { type Command, Option } from 'commander';
import type { Evidence, Parcel } from '../../api/shapes.ts';
import { PARCEL_STATUSES } from '../../domain/parcel.ts';
import { contextOf } from '../context.ts';
import { factTable, storyOf } from '../story.ts';
import { table } from '../table.ts';
import { moment } from '../words.ts';

/** The parcels, by the reference that people quote. */
export function parcelCommands(program: Command): void {
  program
    .command('parcels')
    .description('parcels, newest first')
    .addOption(new Option('--status <status>', 'of one status').choices(PARCEL_STATUSES))
    .action(async ({ status }, command) => {
      const { client, show } = contextOf(command);
      const query = status === undefined ? '' : `?status=${status}`;
      show(await client.get<Parcel[]>(`/parcels${query}`), parcelTable);
    });
  const parcel = program.command('parcel').description('one parcel');
  parcel
    .command('show <parcel>')
    .description('one parcel, by reference or id')
    .action(async (name: string, _options, command) => {
      const { client, show } = contextOf(command);
      show(await client.get<Parcel>(`/parcels/${encodeURIComponent(name)}`), factTable);
    });
  program
    .command('evidence <parcel>')
    .description('the whole story of a parcel: grants, pulses, doors, with grades and hashes')
    .action(async (name: string, _options, command) => {
      const { client, show } = contextOf(command);
      const path = `/parcels/${encodeURIComponent(name)}/evidence`;
      show(await client.get<Evidence>(path), storyOf);
    });
}

function parcelTable(parcels: Parcel[]): string {
  const rows = parcels.map((one) => [
    ...[one.ref, one.status, one.custody, one.slot ?? '', one.size, one.carrier],
    moment(one.storedAtWall),
  ]);
  return table(['ref', 'status', 'custody', 'slot', 'size', 'carrier', 'stored'], rows);
}
