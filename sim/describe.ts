import type { SimBoard } from './boards/sim-board.ts';
import type { Door } from './door.ts';
import type { SimBus, Wall, WallEvent } from './wall.ts';

/** One line for what happened; undefined for what another event's line already says. */
export function describeEvent(event: WallEvent): string | undefined {
  return event.kind === 'board' ? boardEvent(event) : doorEvent(event);
}

/** The whole wall, one line for each board and each door worth a line. */
export function describeWall(wall: Wall): string[] {
  return wall.buses.flatMap((bus) => bus.boards.flatMap((board) => boardLines(bus, board)));
}

function boardEvent({ board, event }: WallEvent & { kind: 'board' }): string {
  switch (event.kind) {
    case 'pulse':
      return `${board.id}/${event.channel} pulse ${event.pulseMs} ms, request ${event.requestId}`;
    case 'started':
      return `${board.id} started, boot ${event.boot}`;
    case 'power off':
      return `${board.id} lost its power`;
    case 'stuck':
      return `${board.id} is stuck`;
  }
}

function doorEvent({ board, channel, door, event }: WallEvent & { kind: 'door' }) {
  // The pulse's own line comes at the same time, and its length is in it.
  if (event === 'energised' || event === 'released') return undefined;
  const what = event === 'contents' || event === 'sensor' ? doorState(door) : event;
  return `${board.id}/${channel} ${what}`;
}

function boardLines(bus: SimBus, board: SimBoard): string[] {
  const { id, address, family, doors } = board;
  const closed = doors.filter((door) => isPlain(door)).length;
  const head = `${id}: bus ${bus.name}, address ${address}, ${family}`;
  const special = doors.flatMap((door, index) =>
    isPlain(door) ? [] : [`  ${id}/${index + 1} ${doorState(door)}`],
  );
  return [`${head}, ${closed} of ${doors.length} doors closed and empty`, ...special];
}

function isPlain(door: Door): boolean {
  return doorState(door) === 'closed, empty';
}

function doorState(door: Door): string {
  const parts = [
    door.isOpen ? 'open' : 'closed',
    door.contents.length === 0 ? 'empty' : `holds ${door.contents.join(' and ')}`,
  ];
  if (door.isJammed) parts.push('jammed');
  if (door.contact.fault !== 'none') parts.push(`contact ${door.contact.fault}`);
  if (door.occupancy.fault !== 'none') parts.push(`occupancy ${door.occupancy.fault}`);
  return parts.join(', ');
}
