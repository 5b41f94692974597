import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runCommand } from '../../sim/console.ts';
import { describeEvent } from '../../sim/describe.ts';
import { MemoryPort } from '../../sim/memory-port.ts';
import { seededRandom } from '../../sim/random.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';
import { Wall } from '../../sim/wall.ts';
import { parseWall, readWallFile } from '../../sim/wall-file.ts';
import { workbench } from './workbench.ts';

const WALLS = new URL('../../sim/walls/', import.meta.url).pathname;

test.each(readdirSync(WALLS))('the wall %s can be built', (file) => {
  const plan = readWallFile(`${WALLS}${file}`);
  const wall = new Wall(new VirtualClock(), seededRandom(1), plan);
  expect(wall.boards.every((board) => board.doors.length > 0)).toBe(true);
});

test('doors are found by board and channel, and what is not there is named', () => {
  const { wall } = workbench({ boards: [{}, { id: 'B', address: 2, channels: 2 }] });
  expect(wall.door('B', 2)).toBe(wall.board('B').doors[1]);
  expect(() => wall.door('B', 3)).toThrow("no door 3 on 'B'");
  expect(() => wall.door('C', 1)).toThrow("no board 'C'");
  expect(() => wall.bus('left')).toThrow("no bus 'left'");
});

test('a plan sets faults, and clearing ends them', () => {
  const { ask, wall } = workbench({ boards: [{ faults: { stuck: 1 } }] });
  expect(ask('S')).toEqual([]);
  wall.clearFaults();
  wall.board('A').reset();
  ask('S', { waitMs: 100 });
  expect(ask('S')).toHaveLength(1);
});

const BAD = [
  ['', 'w.toml: buses is missing; allowed: 1 to 16 tables'],
  ['buses = [', 'w.toml: line 1: Invalid TOML document: '],
  [bus('baud = -1'), 'w.toml: buses[0].baud = -1; allowed: a whole number from 0 to 4000000'],
  [board('address = 256'), 'boards[0].address = 256; allowed: a whole number from 0 to 255'],
  [board('settings = { a = 1 }'), 'boards[0].settings.a = 1; allowed: a text'],
  [board('family = "abc"'), 'buses[0].boards[0].family = "abc"; allowed: one of "line"'],
  [board('id = "a b"'), `buses[0].boards[0].id = "a b"; allowed: 1 to 16 letters, digits`],
  [board('door = 4'), 'w.toml: buses[0].boards[0].door: there is no such key'],
  [board('faults = { stuck = 2 }'), 'faults.stuck = 2; allowed: a number from 0 to 1'],
  [board('faults = { lose = 1 }'), 'buses[0].boards[0].faults.lose: there is no such key'],
  [bus('') + bus(''), 'buses[1].name = "main"; allowed: a name that no other bus has'],
  [bus('') + bus(''), 'buses[1].boards[0].id = "A"; allowed: an id that no other board has'],
] as const;

test.each(BAD)(
  'a bad wall file is refused with key, value and what is allowed: %#',
  (text, why) => {
    expect(() => parseWall(text, 'w.toml')).toThrow(why);
  },
);

test('a wall file that is not there is named', () => {
  expect(() => readWallFile('/no/such/wall.toml')).toThrow('/no/such/wall.toml');
});

test('every command of the console does what it says, and mistakes are told', () => {
  const { bus, clock, wall, ask } = workbench();
  const port = new MemoryPort(clock, bus.wire);
  const told: string[] = [];
  wall.watch((event) => told.push(describeEvent(event) ?? ''));
  const run = (line: string) => runCommand({ wall, plugs: new Map([['main', port]]) }, line);
  const mistakes = [
    'put A 2 book',
    'nonsense',
    'put A 2',
    'open A 99',
    'contact A 1 odd',
    'take A 1',
  ];
  expect(mistakes.flatMap(run)).toEqual([
    'the door is closed',
    "no command 'nonsense'; try help",
    'usage: put BOARD CH THING',
    "the wall has no door 99 on 'A'",
    "'odd' is not one of none, stuck-on, stuck-off, inverted",
    'the door is closed',
  ]);
  const good = ['open A 2', 'put A 2 book', 'close A 2', 'jam A 2', 'contact A 2 stuck-off', ''];
  expect(good.flatMap(run)).toEqual([]);
  expect(run('show')).toEqual([
    'A: bus main, address 1, line, 14 of 15 doors closed and empty',
    '  A/2 closed, holds book, jammed, contact stuck-off',
  ]);
  expect(run('help').length).toBeGreaterThan(10);
  run('fault lose on');
  expect(ask('S')).toEqual([]);
  run('fault lose off');
  ask('U 3 400 0001', { id: 5, waitMs: 200 });
  ['fault stuck on', 'free A 2', 'occupancy A 2 inverted', 'open A 2', 'take A 2'].flatMap(run);
  ask('S');
  ['reset A', 'unplug main', 'replug main'].flatMap(run);
  clock.advance(100);
  const lines = told.filter((line) => line !== '');
  expect(lines).toContain('A/3 pulse 400 ms, request 5');
  expect(lines).toContain('A/3 opened');
  expect(lines).toContain('A is stuck');
  expect(lines.slice(-2)).toEqual(['A lost its power', 'A started, boot 2']);
});

function bus(extra: string): string {
  return `[[buses]]\nname = "main"\n${extra.startsWith('baud') ? extra : 'baud = 0'}\n${board('')}`;
}

/** The text of a wall of one board, or of one bus when `extra` is empty; `extra` wins. */
function board(extra: string): string {
  const fields = ['id = "A"', 'address = 1', 'family = "line"', 'channels = 4', 'occupancy = true'];
  const key = extra.split(' ')[0] ?? '';
  const kept = fields.filter((field) => extra === '' || field.split(' ')[0] !== key);
  const head = extra === '' ? '' : '[[buses]]\nname = "main"\nbaud = 0\n';
  return `${head}[[buses.boards]]\n${[...kept, extra].join('\n')}\n`;
}
