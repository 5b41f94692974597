import { expect, test } from 'vitest';
import { DUTY_ON_MAX_MS, DUTY_WINDOW_MS } from '../../sim/boards/coil.ts';
import { START_UP_MS } from '../../sim/boards/powered-board.ts';
import { goodReplies, line, workbench } from './workbench.ts';

test('identify, byte for byte', () => {
  const { bus, clock, text } = workbench();
  bus.wire.send(Buffer.from('>01 00AF I*3DCE\n'));
  expect(Buffer.from(line('I', 0xaf)).toString()).toBe('>01 00AF I*3DCE\n');
  clock.advance(5);
  expect(text()).toBe('<01 00AF I 1 15 0001 SIM-LINE*BEBD\n');
});

test('status shows contacts, occupancy and counted changes, channel 1 lowest', () => {
  const { ask, wall } = workbench({ boards: [{ channels: 10, occupancy: true }] });
  expect(ask('S')).toEqual(['S 0001 3FF 000 0000000000']);
  wall.door('A', 1).force();
  wall.door('A', 10).force();
  wall.door('A', 10).putIn('book');
  wall.door('A', 10).push();
  expect(ask('S')).toEqual(['S 0001 3FE 200 1000000002']);
});

test('a board without occupancy sensors says so, and counts changes modulo 16', () => {
  const { ask, wall } = workbench({ boards: [{ channels: 1 }] });
  for (let cycle = 0; cycle < 9; cycle += 1) {
    wall.door('A', 1).force();
    wall.door('A', 1).push();
  }
  expect(ask('S')).toEqual(['S 0001 1 - 2']);
});

test('unlock pulses for the asked time and opens that door only', () => {
  const { ask, wall, clock } = workbench();
  const door = wall.door('A', 3);
  expect(ask('U 3 400 0001', { id: 0x12, waitMs: 1 })).toEqual(['U 3 400']);
  expect(door.isEnergised).toBe(true);
  clock.advance(398);
  expect(door.isEnergised).toBe(true);
  clock.advance(1);
  expect(door.isEnergised).toBe(false);
  expect(door.isOpen).toBe(true);
  expect(wall.board('A').doors.filter((other) => other.isOpen)).toEqual([door]);
  expect(wall.board('A').pulses).toEqual([
    { atMs: 0, channel: 3, pulseMs: 400, requestId: 0x12, boot: 1 },
  ]);
});

test('R6 a repeated id is answered and never pulses twice, during the pulse or after it', () => {
  const { ask, wall } = workbench();
  expect(ask('U 3 400 0001', { id: 7 })).toEqual(['U 3 400']);
  expect(ask('U 3 400 0001', { id: 7, waitMs: 1_000 })).toEqual(['U 3 0']);
  expect(ask('U 3 400 0001', { id: 7 })).toEqual(['U 3 0']);
  expect(wall.board('A').pulses).toHaveLength(1);
});

test('the last 8 ids are remembered, and a refused one is not', () => {
  const { ask, wall } = workbench();
  expect(ask('U 1 100 0001', { id: 1 })).toEqual(['U 1 100']);
  expect(ask('U 2 100 0001', { id: 2, waitMs: 200 })).toEqual(['E 4 busy']);
  for (let id = 2; id <= 8; id += 1) ask(`U ${id} 100 0001`, { id, waitMs: 200 });
  expect(ask('U 1 100 0001', { id: 1 })).toEqual(['U 1 0']);
  ask('U 9 100 0001', { id: 9, waitMs: 200 });
  expect(ask('U 1 100 0001', { id: 1 })).toEqual(['U 1 100']);
  expect(wall.board('A').pulses).toHaveLength(10);
});

test('an id from before a reset meets another boot counter and does not pulse', () => {
  const { ask, wall, clock } = workbench();
  ask('U 3 400 0001', { id: 7, waitMs: 100 });
  wall.board('A').reset();
  expect(wall.door('A', 3).isEnergised).toBe(false);
  clock.advance(START_UP_MS);
  expect(ask('U 3 400 0001', { id: 7 })).toEqual(['E 5 boot']);
  expect(ask('S')).toEqual(['S 0002 7FFF - 000000000000000']);
  expect(wall.board('A').pulses).toHaveLength(1);
});

test('what is wrong with a request is told', () => {
  const { ask, wall } = workbench();
  const refused = ['X', 'I 1', 'O 1', 'U', 'U 3', 'U 0 400 0001', 'U 16 400 0001'].map((r) =>
    ask(r),
  );
  const codes = refused.flat().map((reply) => reply.slice(0, 3));
  expect(codes).toEqual(['E 1', 'E 2', 'E 2', 'E 2', 'E 2', 'E 3', 'E 3']);
  for (const odd of [
    'U 3 49 0001',
    'U 3 2001 0001',
    'U 3 400 1',
    'U 3 400 0001 9',
    'U x 400 0001',
  ]) {
    expect(ask(odd)).toEqual(['E 2 argument']);
  }
  expect(ask('U 3 400 0002')).toEqual(['E 5 boot']);
  expect(wall.board('A').pulses).toEqual([]);
});

test('I8 one output at a time, and no coil beyond its duty', () => {
  const { ask, wall } = workbench();
  expect(ask('U 1 2000 0001')).toEqual(['U 1 2000']);
  expect(ask('U 2 100 0001', { waitMs: 2_000 })).toEqual(['E 4 busy']);
  const restMs = DUTY_ON_MAX_MS - 2_000;
  expect(ask(`U 1 ${restMs + 1} 0001`)).toEqual(['E 6 duty']);
  expect(ask(`U 1 ${restMs} 0001`, { waitMs: 1_000 })).toEqual([`U 1 ${restMs}`]);
  expect(ask('U 1 50 0001')).toEqual(['E 6 duty']);
  expect(ask('U 2 50 0001', { waitMs: DUTY_WINDOW_MS })).toEqual(['U 2 50']);
  expect(ask('U 1 50 0001')).toEqual(['U 1 50']);
  expect(wall.board('A').pulses).toHaveLength(4);
});

test('off ends a pulse, and the next pulse has its full time', () => {
  const { ask, wall, clock } = workbench();
  ask('U 1 100 0001', { waitMs: 10 });
  expect(ask('O')).toEqual(['O']);
  expect(wall.door('A', 1).isEnergised).toBe(false);
  ask('U 1 400 0001', { waitMs: 10 });
  clock.advance(300);
  expect(wall.door('A', 1).isEnergised).toBe(true);
});

test('others are ignored: addresses, replies, broken checksums, and two boards share a bus', () => {
  const { ask, bus, clock, text, wall } = workbench({ boards: [{}, { id: 'B', address: 2 }] });
  expect(ask('I', { address: 3 })).toEqual([]);
  const spoilt = line('U 1 400 0001', 1);
  spoilt[5] = 0x31;
  bus.wire.send(spoilt);
  bus.wire.send(Buffer.from('<01 00AF I 1 15 0001 SIM-LINE*BEBD\n'));
  clock.advance(10);
  expect(text()).toBe('');
  expect(ask('U 4 400 0001', { address: 2 })).toEqual(['U 4 400']);
  expect(wall.board('A').pulses).toEqual([]);
  expect(wall.board('B').pulses).toHaveLength(1);
});

test('a good line is found behind noise, a cut line, and with a carriage return', () => {
  const { bus, clock, text } = workbench();
  const good = Buffer.from(line('I', 5)).toString('latin1');
  for (const before of ['\x00\xff>>', '>01 0004 U 3 4', 'x'.repeat(5_000)]) {
    bus.wire.send(Buffer.from(before + good, 'latin1'));
    clock.advance(10);
    expect(goodReplies(text())).toHaveLength(1);
  }
  bus.wire.send(Buffer.from(good.replace('\n', '\r\n')));
  clock.advance(10);
  expect(goodReplies(text())).toHaveLength(1);
});
