import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Health, Parcel, Reference, Report, Slot } from '../../api/shapes.ts';
import { act } from '../act.ts';
import { LONG_REPLY_MAX_MS } from '../client.ts';
import { contextOf } from '../context.ts';
import { storyOf } from '../story.ts';
import { csv, table } from '../table.ts';
import { moment } from '../words.ts';

/** What is made of the journal, and what is done to the kiosk as a whole. */
export function officeCommands(program: Command): void {
  reportCommand(program);
  inquiryCommands(program);
  program
    .command('backup')
    .description('copy the database of the running kiosk, and verify the copy')
    .action((_options, command) => {
      const said = ({ name }: { name: string }) => `Copied as ${name}.`;
      return act(command, ['backups'], {}, said, LONG_REPLY_MAX_MS);
    });
  program
    .command('time')
    .description('the time of day')
    .command('set <time>')
    .description('say what time it is (ISO 8601, with its zone), where nobody else can')
    .option('--sure', 'even more than 14 days ahead, which nothing takes back')
    .action((at: string, { sure }, command) => act(command, ['clock'], { at, sure }));
}

function reportCommand(program: Command): void {
  program
    .command('report')
    .description('what came and went, and how the slots of each locker and size were used')
    .requiredOption(
      '--from <day>',
      'from the beginning of this day (UTC), as in 2026-11-01',
      wallOf,
    )
    .option('--to <day>', 'to the beginning of this one; to now unless given', wallOf)
    .addOption(new Option('--format <format>', 'of the output').choices(['table', 'csv']))
    .action(async ({ from, to, format }, command) => {
      const { client, show } = contextOf(command);
      const until = to === undefined ? '' : `&to=${to}`;
      const report = await client.get<Report>(`/report?from=${from}${until}`, LONG_REPLY_MAX_MS);
      show(report, format === 'csv' ? (one) => csv(HEADINGS, rowsOf(one)) : reportText);
    });
}

function inquiryCommands(program: Command): void {
  program
    .command('health')
    .description('how long each lock takes to open, against how long it took at first')
    .action(async (_options, command) => {
      const { client, show } = contextOf(command);
      show(await client.get<Health>('/health', LONG_REPLY_MAX_MS), healthTable);
    });
  program
    .command('ref <number>')
    .description('what a reference of a screen stands for, with its whole story')
    .action(async (ref: string, _options, command) => {
      const { client, show } = contextOf(command);
      const path = `/refs/${encodeURIComponent(ref)}`;
      show(await client.get<Reference>(path, LONG_REPLY_MAX_MS), storyOf);
    });
  program
    .command('inventory')
    .description('what should lie where, to be gone through door by door')
    .action(async (_options, command) => {
      const { client, show } = contextOf(command);
      const [slots, parcels] = await Promise.all([
        client.get<Slot[]>('/slots'),
        client.get<Parcel[]>('/parcels'),
      ]);
      show(stockOf(slots, parcels), stockTable);
    });
}

function wallOf(text: string): number {
  const ms = Date.parse(text);
  if (ms >= 0) return ms;
  throw new InvalidArgumentError('It is a day such as 2026-11-01, or a time in ISO 8601.');
}

const HEADINGS = [
  ...['locker', 'size', 'slots', 'occupied %', 'stored', 'a day', 'retrieved', 'recalled'],
  ...['expired', 'cancelled', 'missing'],
];

function rowsOf({ groups, days }: Report): (string | number)[][] {
  return groups.map((one) => [
    ...[one.locker, one.size, one.slots, Number((one.occupied * 100).toFixed(1)), one.stored],
    ...[Number((one.stored / days).toFixed(2)), one.retrieved, one.recalled],
    ...[one.expired, one.cancelled, one.missing],
  ]);
}

function reportText(report: Report): string {
  const { fromWall, toWall, days, total } = report;
  const counts = Object.entries(total).map(([name, count]) => {
    return `${count} ${name} (${(count / days).toFixed(2)} a day)`;
  });
  return [
    `${moment(fromWall)} to ${moment(toWall)}, ${days.toFixed(1)} days`,
    counts.join(', '),
    '',
    table(HEADINGS, rowsOf(report)),
  ].join('\n');
}

function healthTable(health: Health): string {
  const ms = (value: number | null) => (value === null ? '-' : Math.round(value));
  const rows = health.map((one) => [
    ...[one.slot, one.openings, ms(one.firstMs), ms(one.lastMs), one.verdict],
  ]);
  return table(['slot', 'openings', 'at first ms', 'lately ms', 'lock'], rows);
}

interface Stock {
  readonly number: number;
  readonly slot: string;
  readonly believed: string;
  readonly parcel: string | null;
  readonly label: string | null;
  readonly storedAtWall: number | null;
  readonly doubt: string | null;
}

/** Slots in which something lies, or may lie. */
function stockOf(slots: readonly Slot[], parcels: readonly Parcel[]): Stock[] {
  const byRef = new Map(parcels.map((one) => [one.ref, one]));
  return slots
    .filter(
      ({ content, parcel, reason }) => content !== 'empty' || parcel !== null || reason !== null,
    )
    .map(({ number, slot, content, parcel, reason }) => {
      const { label = null, storedAtWall = null } = byRef.get(parcel ?? '') ?? {};
      return { number, slot, believed: content, parcel, label, storedAtWall, doubt: reason };
    });
}

function stockTable(stock: readonly Stock[]): string {
  if (stock.length === 0) return 'Every compartment should be empty.';
  const rows = stock.map((one) => [
    ...[one.number, one.slot, one.believed, one.parcel ?? '', one.label ?? ''],
    ...[moment(one.storedAtWall), one.doubt ?? ''],
  ]);
  return table(['no', 'slot', 'believed', 'parcel', 'label', 'since', 'doubt'], rows);
}
