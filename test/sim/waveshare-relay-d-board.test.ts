import { expect, test } from 'vitest';
import { crc16 } from '../../hardware/wire/crc16.ts';
import { START_UP_MS } from '../../sim/boards/powered-board.ts';
import { FRAME_END_MS, TURNAROUND_MS } from '../../sim/boards/waveshare-relay-d.ts';
import type { BoardPlan } from '../../sim/wall.ts';
import { workbench } from './workbench.ts';

const REPLY_MS = FRAME_END_MS + TURNAROUND_MS;
const STATUS = '01 02 00 00 00 08 79 CC';
const RELAY_D = { family: 'waveshare-relay-d', channels: 8, occupancy: true } as const;

/** A wall with relay boards, and a host that talks in hexadecimal. */
function relayBench(boards: Partial<BoardPlan>[] = [{}]) {
  const bench = workbench({ boards: boards.map((board) => ({ ...RELAY_D, ...board })) });
  const { bus, clock, heard, wall } = bench;
  const ask = (frame: string, waitMs = 20): string => {
    const from = heard.length;
    bus.wire.send(Buffer.from(frame.replaceAll(' ', ''), 'hex'));
    clock.advance(waitMs);
    return heard
      .slice(from)
      .map(({ bytes }) => hex(bytes))
      .join(' | ');
  };
  return { ...bench, ask, board: wall.board('A') };
}

function hex(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}

/** Adds the checksum. */
function sealed(body: string): string {
  const bytes = Buffer.from(body.replaceAll(' ', ''), 'hex');
  const crc = crc16(bytes);
  return hex([...bytes, crc & 0xff, crc >> 8]);
}

test.each([
  ['relay 1 on', '01 05 00 00 FF 00 8C 3A', undefined],
  ['relay 1 off', '01 05 00 00 00 00 CD CA', undefined],
  ['relay 1 toggled', '01 05 00 00 55 00 F2 9A', undefined],
  ['all on', '01 05 00 FF FF 00 BC 0A', undefined],
  ['all off', '01 05 00 FF 00 00 FD FA', undefined],
  ['flash on', '01 05 02 00 00 07 8D B0', undefined],
  ['flash on, the second relay', '01 05 02 01 00 08 9C 74', undefined],
  ['flash off', '01 05 04 00 00 07 8D 38', undefined],
  ['read the relays', '01 01 00 00 00 08 3D CC', '01 01 01 00 51 88'],
  ['read the inputs, none driven', STATUS, '01 02 01 00 A1 88'],
  ['read the address', '00 03 40 00 00 01 90 1B', '00 03 02 00 01 44 44'],
  ['set the address: nobody answers a broadcast', '00 06 40 00 00 02 1C 1A', ''],
])('the published frame, byte for byte: %s', (_about, request, reply) => {
  const { ask, board } = relayBench();
  for (const door of board.doors) door.contact.fault = 'stuck-off';
  expect(ask(request)).toBe(reply ?? request);
});

test('inputs are driven by closed contacts, input 1 lowest', () => {
  const { ask, wall } = relayBench();
  expect(ask(STATUS)).toBe(sealed('01 02 01 FF'));
  wall.door('A', 1).force();
  wall.door('A', 8).force();
  wall.door('A', 4).contact.fault = 'inverted';
  expect(ask(STATUS)).toBe(sealed('01 02 01 76'));
  expect(ask(sealed('01 02 00 04 00 04'))).toBe(sealed('01 02 01 07'));
});

test('with items in the upper inputs there are four doors', () => {
  const settings = { inputs: 'doors-and-items' };
  const { ask, wall } = relayBench([{ channels: 4, settings }]);
  wall.door('A', 2).force();
  wall.door('A', 2).putIn('book');
  expect(ask(STATUS)).toBe(sealed('01 02 01 2D'));
  expect(() => relayBench([{ settings }])).toThrow("8 doors on board 'A' of 4");
  expect(() => relayBench([{ channels: 9 }])).toThrow("9 doors on board 'A' of 8");
});

test('flash on is timed by the board and opens that door only', () => {
  const { ask, clock, wall, board } = relayBench();
  const door = wall.door('A', 3);
  ask(sealed('01 05 02 02 00 04'), FRAME_END_MS);
  expect(door.isEnergised).toBe(true);
  clock.advance(399);
  expect(door.isEnergised).toBe(true);
  clock.advance(1);
  expect(door.isEnergised).toBe(false);
  expect(board.doors.filter(({ isOpen }) => isOpen)).toEqual([door]);
  expect(board.pulses).toEqual([
    { atMs: FRAME_END_MS, channel: 3, pulseMs: 400, requestId: 1, boot: 1 },
  ]);
});

test('R6 the board knows no ids: the same request again is another pulse', () => {
  const { ask, board } = relayBench();
  ask('01 05 02 00 00 05 0C 71', 1_000);
  ask('01 05 02 00 00 05 0C 71', 1_000);
  expect(board.pulses.map(({ requestId }) => requestId)).toEqual([1, 2]);
});

test('all off ends a pulse, and the next one has its full time', () => {
  const { ask, clock, wall } = relayBench();
  const door = wall.door('A', 1);
  ask('01 05 02 00 00 05 0C 71', 100);
  ask('01 05 00 FF 00 00 FD FA');
  expect(door.isEnergised).toBe(false);
  ask('01 05 02 00 00 05 0C 71', 450);
  expect(door.isEnergised).toBe(true);
  clock.advance(100);
  expect(door.isEnergised).toBe(false);
});

test('relays can be switched for good, together, and for a while the other way', () => {
  const { ask, board, clock } = relayBench();
  const RELAYS = '01 01 00 00 00 08 3D CC';
  ask('01 05 00 FF FF 00 BC 0A');
  expect(ask(RELAYS)).toBe(sealed('01 01 01 FF'));
  expect(board.doors.every(({ isEnergised }) => isEnergised)).toBe(true);
  ask('01 05 00 00 55 00 F2 9A');
  ask(sealed('01 05 04 01 00 02'));
  expect(ask(RELAYS)).toBe(sealed('01 01 01 FC'));
  clock.advance(200);
  expect(ask(RELAYS)).toBe(sealed('01 01 01 FE'));
  expect(board.pulses.map(({ pulseMs }) => pulseMs)).toContain(Number.POSITIVE_INFINITY);
});

test.each([
  ['an unknown function', '01 0B 00 00 00 00', '01 8B 01'],
  ['a relay that is not there', '01 05 00 08 FF 00', '01 85 02'],
  ['a pulse on a relay that is not there', '01 05 02 08 00 05', '01 85 02'],
  ['a command that is not there', '01 05 03 00 00 05', '01 85 02'],
  ['a value of no coil', '01 05 00 00 12 34', '01 85 03'],
  ['a pulse of nothing', '01 05 02 00 00 00', '01 85 03'],
  ['a pulse that is too long', '01 05 02 00 80 00', '01 85 03'],
  ['inputs that are not there', '01 02 00 08 00 01', '01 82 02'],
  ['too many inputs', '01 02 00 00 00 09', '01 82 03'],
  ['no inputs', '01 02 00 00 00 00', '01 82 03'],
  ['a register that is not there', '01 03 00 00 00 01', '01 83 02'],
  ['two registers', '01 03 40 00 00 02', '01 83 03'],
  ['a register that cannot be written', '01 06 00 00 00 01', '01 86 02'],
  ['an address that is none', '01 06 40 00 01 00', '01 86 03'],
])('%s is an exception', (_about, request, reply) => {
  const { ask, board } = relayBench();
  expect(ask(sealed(request))).toBe(sealed(reply));
  expect(board.pulses).toEqual([]);
});

test('control modes are normal, and the version is that of protocol V2', () => {
  const { ask } = relayBench();
  expect(ask(sealed('01 03 10 00 00 01'))).toBe(sealed('01 03 02 00 00'));
  expect(ask(sealed('01 03 80 00 00 01'))).toBe(sealed('01 03 02 00 C8'));
});

test('a new address outlives a reset', () => {
  const { ask, board, clock } = relayBench();
  ask('00 06 40 00 00 02 1C 1A');
  board.reset();
  clock.advance(START_UP_MS);
  expect(board.address).toBe(2);
  expect(ask(STATUS)).toBe('');
  expect(ask(sealed('02 02 00 00 00 08'))).toBe(sealed('02 02 01 FF'));
});

test('R9 a broadcast pulse opens a door on every board, and none answers', () => {
  const { ask, wall } = relayBench([{}, { id: 'B', address: 2 }]);
  expect(ask('00 05 02 00 00 07 8C 61')).toBe('');
  expect(wall.boards.map(({ pulses }) => pulses.length)).toEqual([1, 1]);
});

test('two boards at the factory address both act and both answer', () => {
  const { ask, wall } = relayBench([{}, { id: 'B' }]);
  const heard = ask('01 05 02 00 00 07 8D B0');
  expect(heard.split(' | ')).toHaveLength(2);
  expect(wall.boards.map(({ pulses }) => pulses.length)).toEqual([1, 1]);
});

test('frames end by silence: pieces without one are one, noise in front spoils the request', () => {
  const { ask, bus, clock, heard, board } = relayBench();
  const bytes = Buffer.from(STATUS.replaceAll(' ', ''), 'hex');
  bus.wire.send(bytes.subarray(0, 3));
  clock.advance(FRAME_END_MS - 1);
  bus.wire.send(bytes.subarray(3));
  clock.advance(REPLY_MS);
  expect(heard.map((chunk) => hex(chunk.bytes))).toEqual([sealed('01 02 01 FF')]);
  expect(ask(`FA FD ${STATUS}`)).toBe('');
  expect(ask(`${STATUS} 00`)).toBe('');
  expect(ask('01 02 00 00 00 08 79 CD')).toBe('');
  bus.wire.send(new Uint8Array(5_000).fill(1));
  clock.advance(20);
  expect(ask(STATUS)).toBe(sealed('01 02 01 FF'));
  expect(board.pulses).toEqual([]);
});

test('a request right behind the talk of others is not heard', () => {
  const { ask, bus } = relayBench();
  const talk = Buffer.from('<20 0001 O*0000\n');
  bus.wire.send(talk);
  expect(ask(STATUS)).toBe('');
  bus.wire.send(talk);
  expect(ask('', 13)).toBe('');
  expect(ask(STATUS)).toBe(sealed('01 02 01 FF'));
});

test('requests to others and the replies of others are ignored', () => {
  const { ask, board } = relayBench([{}, { id: 'B', address: 2 }]);
  expect(ask(sealed('03 05 02 00 00 05'))).toBe('');
  expect(ask(sealed('02 05 02 00 00 05'))).toBe(sealed('02 05 02 00 00 05'));
  expect(ask(sealed('01 02 01 FF'))).toBe('');
  expect(board.pulses).toEqual([]);
});

test('a pulse that pulls the supply down ends with the reset', () => {
  const { ask, board, clock, wall } = relayBench();
  const events: string[] = [];
  board.watch(({ kind }) => events.push(kind));
  board.faults.next('reset');
  ask(sealed('01 05 02 00 00 14'), 2_000 + START_UP_MS);
  expect(events).toEqual(['pulse', 'power off', 'started']);
  expect(wall.door('A', 1).isEnergised).toBe(false);
  clock.advance(5_000);
  expect(board.pulses).toHaveLength(1);
  expect(ask('01 01 00 00 00 08 3D CC')).toBe('01 01 01 00 51 88');
});

test('a board that hangs hears nothing until its power was cut', () => {
  const { ask, board, clock } = relayBench();
  board.faults.next('stuck');
  expect(ask(STATUS)).toBe('');
  expect(ask(STATUS)).toBe('');
  board.reset();
  clock.advance(START_UP_MS);
  expect(ask(STATUS)).toBe(sealed('01 02 01 FF'));
});
