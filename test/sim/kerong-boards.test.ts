import { expect, test } from 'vitest';
import { seededRandom } from '../../sim/random.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { Wall } from '../../sim/wall.ts';

/** A board with address 1 on a wire without delay, and what it says in hexadecimal. */
function bench(
  family: 'kerong-cu16' | 'kerong-cu48',
  settings: Readonly<Record<string, string>> = {},
  channels = 12,
) {
  const clock = new VirtualClock();
  const board = { id: 'A', address: 1, family, channels, occupancy: true, settings };
  const plan = { buses: [{ name: 'main', baud: 0, boards: [board] }] };
  const wall = new Wall(clock, seededRandom(1), plan);
  let heard: string[] = [];
  const { wire } = wall.bus('main');
  wire.connect((chunk) => heard.push(Buffer.from(chunk).toString('hex')));
  /** Sends hexadecimal bytes and returns what came in the next `waitMs`. */
  const ask = (text: string, waitMs = 10): string[] => {
    heard = [];
    wire.send(Buffer.from(text.replaceAll(' ', ''), 'hex'));
    clock.advance(waitMs);
    return heard.map((said) => said.toUpperCase().replace(/..(?=.)/g, '$& '));
  };
  return { clock, wall, ask, board: wall.board('A') };
}

test('a CU16 tells 16 hook bits and 16 item bits, byte for byte', () => {
  const { ask, wall } = bench('kerong-cu16');
  expect(ask('02 10 30 03 45')).toEqual(['02 10 35 FF 0F 00 00 03 58']);
  wall.door('A', 1).force();
  wall.door('A', 12).force();
  wall.door('A', 12).putIn('book');
  expect(ask('02 10 30 03 45')).toEqual(['02 10 35 FE 07 00 08 03 57']);
});

test('a CU48 tells 48 and 48, byte for byte', () => {
  const { ask, wall } = bench('kerong-cu48', {}, 48);
  wall.door('A', 1).force();
  wall.door('A', 48).force();
  wall.door('A', 48).putIn('book');
  expect(ask('02 01 00 60 03 66')).toEqual([
    '02 01 00 75 FE FF FF FF FF 7F 00 00 00 00 00 80 03 74',
  ]);
});

test('an unlock pulses one lock for the factory’s time and is answered only if set so', () => {
  for (const unlockAnswer of ['none', 'status']) {
    const { ask, wall, board, clock } = bench('kerong-cu16', { unlockAnswer });
    const answer = unlockAnswer === 'status' ? ['02 10 35 FF 0F 00 00 03 58'] : [];
    expect(ask('02 12 31 03 48')).toEqual(answer);
    expect(wall.door('A', 3).isEnergised).toBe(true);
    clock.advance(300);
    expect(wall.door('A', 3).isEnergised).toBe(false);
    expect(board.doors.filter(({ isOpen }) => isOpen)).toEqual([wall.door('A', 3)]);
    expect(board.pulses).toEqual([{ atMs: 0, channel: 3, pulseMs: 300, requestId: 1, boot: 1 }]);
  }
});

test('a CU48 unlocks lock 5 by its number 4', () => {
  const { ask, wall } = bench('kerong-cu48');
  expect(ask('02 01 04 61 03 6B', 500)).toEqual([]);
  expect(wall.door('A', 5).isOpen).toBe(true);
});

test('R6 nothing protects against a repeat: the board pulses again', () => {
  const { ask, board } = bench('kerong-cu16');
  ask('02 10 31 03 46', 500);
  ask('02 10 31 03 46', 500);
  expect(board.pulses.map(({ requestId }) => requestId)).toEqual([1, 2]);
});

test('I8 one output at a time: an unlock during a pulse does nothing', () => {
  const { ask, board } = bench('kerong-cu16');
  ask('02 10 31 03 46');
  ask('02 11 31 03 47', 500);
  ask('02 11 31 03 47', 500);
  expect(board.pulses).toMatchObject([
    { channel: 1, requestId: 1 },
    { channel: 2, requestId: 3 },
  ]);
});

test('a set pulse time holds until the power goes, and is not answered', () => {
  const { ask, board, clock } = bench('kerong-cu16');
  expect(ask('02 10 37 00 37 03 83')).toEqual([]);
  ask('02 10 31 03 46', 1_000);
  board.reset();
  clock.advance(100);
  ask('02 10 31 03 46', 1_000);
  expect(board.pulses).toMatchObject([
    { pulseMs: 550, boot: 1 },
    { pulseMs: 300, boot: 2 },
  ]);
});

test('a board that stays busy after an unlock takes the next one after any other command', () => {
  const { ask, board } = bench('kerong-cu16', { afterUnlock: 'busy' });
  ask('02 10 31 03 46', 1_000);
  ask('02 11 31 03 47', 1_000);
  expect(board.pulses).toHaveLength(1);
  ask('02 10 30 03 45');
  ask('02 11 31 03 47', 1_000);
  expect(board.pulses.map(({ channel }) => channel)).toEqual([1, 2]);
});

test('others are ignored: addresses, all boards, unknown commands, wrong sums, no locks', () => {
  const { ask, board } = bench('kerong-cu16');
  const others = [
    '02 00 30 03 35',
    '02 F0 32 03 27',
    '02 10 32 03 47',
    '02 10 33 03 48',
    '02 10 30 03 3E',
    '02 10 31 03 47',
    '02 1C 31 03 52',
    '02 10 35 FF FF 00 00 03 48',
  ];
  for (const other of others) expect(ask(other, 100)).toEqual([]);
  expect(board.pulses).toEqual([]);
});

test('half a request is dropped in the silence behind it', () => {
  const { ask } = bench('kerong-cu16');
  expect(ask('02 10 37 00', 100)).toEqual([]);
  expect(ask('02 10 30 03 45')).toEqual(['02 10 35 FF 0F 00 00 03 58']);
});

test('a CU48 reports a moved contact by itself, only if set so', () => {
  const moved = ['02 01 03 77 F7 0F 00 00 00 00 00 00 00 00 00 00 03 86'];
  for (const code77 of ['ignore', 'report']) {
    const { ask, wall } = bench('kerong-cu48', { code77 });
    wall.door('A', 4).force();
    expect(ask('', 100)).toEqual(code77 === 'report' ? moved : []);
  }
});

test('a stuck board is deaf until its power is cut, and a reset ends its pulse', () => {
  const { ask, board, wall, clock } = bench('kerong-cu16');
  board.faults.next('reset');
  ask('02 10 31 03 46', 400);
  expect(wall.door('A', 1).isEnergised).toBe(false);
  board.faults.next('stuck');
  expect(ask('02 10 30 03 45')).toEqual([]);
  expect(ask('02 10 30 03 45')).toEqual([]);
  board.reset();
  clock.advance(100);
  expect(ask('02 10 30 03 45')).toHaveLength(1);
});
