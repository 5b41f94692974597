import { expect, it } from 'vitest';
import { families } from '../../hardware/index.ts';
import { changed, FAMILIES, load, refusal } from './bench.ts';

/** The good file with another board B of a real family, and its one slot. */
function withBoard(lines: string, slot = ''): string {
  const board = changed('family = "plain"\nchannels = 4', lines);
  return changed('board = "B"', `board = "B"\n${slot}`, board);
}

const relay = (channels: number, inputs: string) =>
  `family = "waveshare-relay-d"\nchannels = ${channels}\nsettings = { inputs = "${inputs}" }`;
const cu48 = (settings: string) =>
  `family = "kerong-cu48"\nchannels = 48\nsettings = { ${settings} }`;
const BOTH = new Map([...FAMILIES, ...families]);
const SENSED = 'occupancy = true';

it.each([
  [relay(8, 'doors'), ''],
  [relay(4, 'doors-and-items'), SENSED],
  [cu48('items = "ir"'), SENSED],
  ['family = "shuoming-8a"\nchannels = 50\nsettings = { bulkBytes = "7" }', ''],
  ['family = "kerong-cu16"\nchannels = 16', SENSED],
])('M1 takes %j with %j', (board, slot) => {
  expect(load(withBoard(board, slot), BOTH).buses).toHaveLength(2);
});

const CHANNELS = 'buses[1].boards[0].channels';
const OCCUPANCY = 'lockers[1].slots[0].occupancy';
const UP_TO = (max: number, family: string) => `1 to ${max} with boards of the family "${family}"`;
const BLIND = (family: string) => `false: boards of the family "${family}" do not sense occupancy`;

it.each([
  [
    relay(5, 'doors-and-items'),
    '',
    CHANNELS,
    '5',
    `${UP_TO(4, 'waveshare-relay-d')}, unless its settings have inputs = "doors"`,
  ],
  [relay(9, 'doors'), '', CHANNELS, '9', UP_TO(8, 'waveshare-relay-d')],
  [
    'family = "shuoming-8a"\nchannels = 33\nsettings = { bulkBytes = "4" }',
    '',
    CHANNELS,
    '33',
    `${UP_TO(32, 'shuoming-8a')}, unless its settings have ${['auto', '5', '7']
      .map((bytes) => `bulkBytes = "${bytes}"`)
      .join(' or ')}`,
  ],
  [
    relay(4, 'doors'),
    SENSED,
    OCCUPANCY,
    'true',
    `${BLIND('waveshare-relay-d')}, unless its settings have inputs = "doors-and-items"`,
  ],
  [
    cu48(''),
    SENSED,
    OCCUPANCY,
    'true',
    `${BLIND('kerong-cu48')}, unless its settings have items = "ir"`,
  ],
])('M1 %j with %j can never work', (board, slot, key, found, allowed) => {
  expect(refusal(withBoard(board, slot), BOTH).problems).toEqual([{ key, found, allowed }]);
});

it('M1 does not take what follows from a wrong setting for another problem', () => {
  const wrong = refusal(withBoard(cu48('items = "irr"'), SENSED), BOTH);
  expect(wrong.problems.map(({ key }) => key)).toEqual(['buses[1].boards[0].settings.items']);
  const unknown = refusal(withBoard(cu48('toString = "ir"'), SENSED), BOTH);
  expect(unknown.problems).toHaveLength(1);
  const none = 'family = "kerong-cu48"\nchannels = 48\nsettings = 7';
  const { problems } = refusal(withBoard(none, SENSED), BOTH);
  expect(problems.map(({ key }) => key)).toEqual(['buses[1].boards[0].settings']);
});
