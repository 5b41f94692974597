import type { Command } from 'commander';
import type { Board, Slot, Status } from '../../api/shapes.ts';
import { contextOf } from '../context.ts';
import { table } from '../table.ts';
import { duration, moment } from '../words.ts';

/** The kiosk, its slots and its boards. */
export function siteCommands(program: Command): void {
  program
    .command('status')
    .description('how the kiosk is doing, on one page')
    .action(async (_options, command) => {
      const { client, show } = contextOf(command);
      show(await client.get<Status>('/status'), statusText);
    });
  program
    .command('slots')
    .description('all slots: what is believed, and by whom it is used')
    .action(async (_options, command) => {
      const { client, show } = contextOf(command);
      show(await client.get<Slot[]>('/slots'), slotTable);
    });
  program
    .command('boards')
    .description('how the lock boards answer')
    .action(async (_options, command) => {
      const { client, show } = contextOf(command);
      show(await client.get<Board[]>('/boards'), boardTable);
    });
  const slot = program.command('slot').description('one slot');
  slot
    .command('show <slot>')
    .description('all that is known of a slot, by its id (locker/slot)')
    .action(async (id: string, _options, command) => {
      const { client, show } = contextOf(command);
      const path = id.split('/').map(encodeURIComponent).join('/');
      show(await client.get<Slot>(`/slots/${path}`), slotText);
    });
}

function statusText(status: Status): string {
  const { kiosk, name, city, serving, sizes, queue, openDoors: open } = status;
  const counts = Object.entries(sizes).map(
    ([size, { empty, reserved, occupied, out_of_service }]) => {
      return [size, empty, reserved, occupied, out_of_service];
    },
  );
  const waits = queue.oldestSeconds === null ? '' : `, oldest ${duration(queue.oldestSeconds)}`;
  const parcels = Object.entries(status.parcels).map(([state, count]) => `${count} ${state}`);
  return [
    `${kiosk}  ${name}, ${city}`,
    `serving   ${serving ? 'yes' : 'no'}, up ${duration(status.upSeconds)}`,
    `doors     ${open.length === 0 ? 'none open' : `open: ${open.join(', ')}`}`,
    `boards    ${status.darkSlots === 0 ? 'all answer' : `${status.darkSlots} slots are dark`}`,
    `clock     ${moment(status.wallMs)}, ${status.clock.state}`,
    `parcels   ${parcels.length === 0 ? 'none' : parcels.join(', ')}`,
    `queue     ${queue.count} events for the cloud${waits}`,
    `journal   ${status.auditHead ?? 'empty'}`,
    '',
    table(['size', 'empty', 'reserved', 'occupied', 'out of service'], counts),
  ].join('\n');
}

function slotTable(slots: Slot[]): string {
  const rows = slots.map((one) => [
    ...[one.number, one.slot, one.size, one.status.replaceAll('_', ' ')],
    ...[one.door, one.board, one.reason ?? '', one.parcel ?? ''],
  ]);
  return table(['no', 'slot', 'size', 'status', 'door', 'board', 'reason', 'parcel'], rows);
}

function slotText(slot: Slot): string {
  const rows = Object.entries(slot).map(([name, value]) => [name, `${value ?? '-'}`]);
  return table(['fact', 'value'], rows);
}

function boardTable(boards: Board[]): string {
  const rows = boards.map((one) => [
    ...[one.bus, one.board, one.health, one.sent, one.answered, one.noReply, one.badReply],
    ...[Math.round(one.lastLatencyMs), Math.round(one.maxLatencyMs)],
  ]);
  const counts = ['sent', 'answered', 'no reply', 'bad reply', 'last ms', 'longest ms'];
  return table(['bus', 'board', 'health', ...counts], rows);
}
