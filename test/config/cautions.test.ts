import { expect, test } from 'vitest';
import { families } from '../../hardware/index.ts';
import { roundMsOf } from '../../src/compose/boards.ts';
import { cautionsOf } from '../../src/config/cautions.ts';
import type { Config } from '../../src/config/config.ts';
import { GOOD, load } from './bench.ts';

/** The good file with a bus of its own of so many boards, which no slot uses. */
function withBus(family: string, boards: number, keys: string): Config {
  const channels = families.get(family)?.channelsMax ?? 0;
  const all = Array.from({ length: boards }, (_, address) => {
    return `[[buses.boards]]\nid = "W${address}"\naddress = ${address + 1}
family = "${family}"\nchannels = ${Math.min(16, channels)}`;
  });
  const bus = `[[buses]]\nname = "wide"\nport = "/dev/ttyUSB9"\n${keys}\n${all.join('\n')}\n`;
  return load(GOOD.replaceAll('"keen"', '"line"').replaceAll('"plain"', '"line"') + bus, families);
}

const rounds = (config: Config): string[] =>
  cautionsOf(config, roundMsOf).filter((one) => one.includes('(R7)'));

test('R7 a bus that cannot read every board within 2 s is named, with what is allowed', () => {
  expect(rounds(withBus('line', 32, 'baud = 9600'))).toEqual([
    'buses[2].baud = 9600 is slow for the bus "wide": to read its 32 boards in turn takes 2.3 s,' +
      ' allowed are 2.0 s (R7): at most 27 such boards, or 19200 baud',
  ]);
});

test('R7 what the caution allows is allowed, and one board more is not', () => {
  expect(rounds(withBus('line', 27, 'baud = 9600'))).toEqual([]);
  expect(rounds(withBus('line', 28, 'baud = 9600'))).toHaveLength(1);
  expect(rounds(withBus('line', 32, 'baud = 19200'))).toEqual([]);
});

test('R7 the silence that an adapter needs counts, and no rate helps against it', () => {
  expect(rounds(withBus('waveshare-relay-d', 32, 'quietMs = 20'))).toEqual([]);
  expect(rounds(withBus('waveshare-relay-d', 32, 'quietMs = 100'))).toEqual([
    'buses[2].baud = 9600 is slow for the bus "wide": to read its 32 boards in turn takes 3.7 s,' +
      ' allowed are 2.0 s (R7): at most 17 such boards',
  ]);
});

test('R7 no family is too slow at its own rate with as many boards as a segment bears', () => {
  for (const [name, { addresses }] of families) {
    const boards = Math.min(32, addresses.max);
    expect(rounds(withBus(name, boards, '')), name).toEqual([]);
  }
});
