import type { Evidence, Parcel, Reference } from '../api/shapes.ts';
import { eventLine } from './event-line.ts';
import { table } from './table.ts';
import { duration, moment } from './words.ts';

export function factTable({ hold, ...facts }: Parcel): string {
  const rows = Object.entries(facts).map(([name, value]) => [
    name,
    name.endsWith('Wall') ? moment(value as number | null) : `${value ?? '-'}`,
  ]);
  const held = `${duration(hold.countedMs / 1_000)} of ${duration(hold.totalMs / 1_000)}`;
  return table(['fact', 'value'], [...rows, ['hold', hold.told ? held : 'nobody was told yet']]);
}

/** All rows of it, oldest first, each with what kind of statement it is. */
export function storyOf({ parcel, rows }: Pick<Evidence, 'rows'> & Pick<Reference, 'parcel'>) {
  const lines = rows.flatMap((row, index) => {
    const isNewBoot = index > 0 && rows[index - 1]?.boot !== row.boot;
    const line = `${(row.grade ?? '').padEnd(12)}  ${eventLine(row)}`;
    return isNewBoot ? ['--- the kiosk was started again ---', line] : [line];
  });
  return [...(parcel === null ? [] : [factTable(parcel), '']), ...lines].join('\n');
}
