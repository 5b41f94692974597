import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../src/app.ts';
import type { Config } from '../../src/config/config.ts';
import type { Dice } from './dice.ts';

const CHANNELS = 12;
/** Rows of one board, from the top: where each begins and how large its slots are. */
const ROWS = [
  { first: 1, last: 5, size: 'S' },
  { first: 6, last: 9, size: 'M' },
  { first: 10, last: 12, size: 'L' },
] as const;
/** Longer than the product's, so that no other number is one of them by chance (I10). */
const CODE_DIGITS = 10;
const SECOND_DIGITS = 8;
const BAUD = 115_200;
/** The slowest pace that the config takes: what a storm spends most of its time on. */
const IDLE_POLL_MS = 1_000;
const ACTIVE_POLL_MS = 500;

/** What differs from storm to storm. */
interface Layout {
  readonly buses: readonly (readonly string[])[];
  /** Boards whose slots have occupancy sensors. */
  readonly sensing: readonly string[];
  /** Boards whose contacts are open when the door is shut. */
  readonly inverted: readonly string[];
  readonly graceSeconds: number;
}

/** A site of two boards, as the dice fall. */
export function stormSite(folder: string, dice: Dice): Config {
  const layout: Layout = {
    buses: dice.pick([[['A', 'B']], [['A'], ['B']]]),
    sensing: dice.pick([[], [], ['B'], ['A', 'B']]),
    inverted: dice.pick([[], ['A'], ['B']]),
    graceSeconds: dice.pick([10, 60, 60]),
  };
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'kiosk.toml');
  const lines = [
    ...head(folder, layout),
    ...layout.buses.flatMap(bus),
    ...['A', 'B'].flatMap((board, index) => rows(layout, board, index * CHANNELS)),
  ];
  writeFileSync(path, lines.join('\n'));
  return readConfig(path);
}

function head(folder: string, { graceSeconds }: Layout): string[] {
  return [
    '[site]',
    'id = "STORM"',
    'name = "Storm"',
    'address = "1 Harbour Road"',
    'city = "Galway"',
    'timeZone = "Europe/Dublin"',
    'helpPhone = "+353 1 555 0100"',
    '[database]',
    `path = ${JSON.stringify(join(folder, 'lockerd.db'))}`,
    '[keys]',
    `path = ${JSON.stringify(join(folder, 'device.key'))}`,
    // The few people of a storm have more parcels a day than anybody else.
    '[notices]',
    'perDay = 1000',
    '[policy]',
    `codeDigits = ${CODE_DIGITS}`,
    `secondDigits = ${SECOND_DIGITS}`,
    `graceSeconds = ${graceSeconds}`,
  ];
}

function bus(boards: readonly string[], index: number): string[] {
  const name = `bus${index + 1}`;
  return [
    '[[buses]]',
    `name = "${name}"`,
    `port = "${name}"`,
    `baud = ${BAUD}`,
    `idlePollMs = ${IDLE_POLL_MS}`,
    `activePollMs = ${ACTIVE_POLL_MS}`,
    ...boards.flatMap((board, place) => [
      '[[buses.boards]]',
      `id = "${board}"`,
      `address = ${place + 1}`,
      'family = "line"',
      `channels = ${CHANNELS}`,
    ]),
  ];
}

function rows({ sensing, inverted }: Layout, board: string, numbersFrom: number): string[] {
  const table = ({ first, last, size }: (typeof ROWS)[number]): string[] => [
    '[[lockers.rows]]',
    `from = ${numbersFrom + first}`,
    `to = ${numbersFrom + last}`,
    `size = "${size}"`,
    `board = "${board}"`,
    `firstChannel = ${first}`,
    `doorContact = "closed-when-${inverted.includes(board) ? 'open' : 'shut'}"`,
    `occupancy = ${sensing.includes(board)}`,
  ];
  const locker = board === 'A' ? ['[[lockers]]', 'id = "L"'] : [];
  return [...locker, ...ROWS.flatMap(table)];
}
