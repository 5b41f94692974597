import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readlineSplitter } from '../../../../hardware/bus/line-splitter.ts';
import { families } from '../../../../hardware/index.ts';
import { LineDecoder } from '../../../../hardware/wire/line/decoder.ts';
import { encodeLine, type LineFrame } from '../../../../hardware/wire/line/frame.ts';
import { FrameDecoder } from '../../../../hardware/wire/waveshare-relay-d/decoder.ts';
import {
  encodeFrame,
  type ModbusFrame,
} from '../../../../hardware/wire/waveshare-relay-d/frame.ts';
import { Bench } from './bench.ts';

/** Boards of `line` and relay boards on one pair of wires: both checksums are CRC-16/MODBUS. */

const word = fc.stringMatching(/^[0-9A-Za-z.-]{1,16}$/);
const lines: fc.Arbitrary<LineFrame> = fc.record({
  direction: fc.constantFrom('request', 'reply'),
  address: fc.integer({ min: 1, max: 99 }),
  id: fc.integer({ min: 0, max: 0xffff }),
  verb: fc.constantFrom('I', 'S', 'U', 'O', 'E'),
  args: fc.array(word, { maxLength: 4 }),
});

const byte = fc.integer({ min: 0, max: 255 });
const address = fc.integer({ min: 1, max: 247 });
const relays: fc.Arbitrary<ModbusFrame> = fc.oneof(
  fc.record({ address, code: fc.constant(5), data: fc.tuple(byte, byte, byte, byte) }),
  fc.record({ address, code: fc.constant(2), data: fc.tuple(fc.constant(1), byte) }),
  fc.record({ address, code: fc.constantFrom(0x82, 0x85), data: fc.tuple(byte) }),
);

test('each family allows the other', () => {
  expect(families.get('line')?.mayShareBusWith).toContain('waveshare-relay-d');
  expect(families.get('waveshare-relay-d')?.mayShareBusWith).toContain('line');
});

test('in mixed traffic each decoder finds its own frames, all of them, and no others', () => {
  const traffic = fc.array(
    fc.oneof(
      lines.map((line) => ({ line })),
      relays.map((relay) => ({ relay })),
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(traffic, (items) => {
      const forLines = new LineDecoder(readlineSplitter());
      const forRelays = new FrameDecoder();
      const heardLines: LineFrame[] = [];
      const heardRelays: ModbusFrame[] = [];
      for (const item of items) {
        const bytes = 'line' in item ? encodeLine(item.line) : encodeFrame(item.relay);
        for (const one of forLines.push(bytes)) if ('frame' in one) heardLines.push(one.frame);
        for (const one of forRelays.push(bytes)) if ('frame' in one) heardRelays.push(one.frame);
      }
      expect(heardLines).toEqual(items.flatMap((item) => ('line' in item ? [item.line] : [])));
      expect(heardRelays).toEqual(items.flatMap((item) => ('relay' in item ? [item.relay] : [])));
    }),
    { numRuns: 1_000 },
  );
});

test('a function code never stands in a line, so that neither frame can be in the other', () => {
  fc.assert(
    fc.property(relays, lines, (relay, line) => {
      const [, code = 0] = encodeFrame(relay);
      expect(encodeLine(line)).not.toContain(code);
    }),
  );
});

const MIXED = [
  { id: 'L', address: 20, family: 'line' },
  { id: 'A', address: 1 },
  { id: 'B', address: 10 },
] as const;

test('three boards of two families serve one bus, and none misses or mistakes a request', () => {
  const bench = new Bench({ boards: MIXED }).started();
  for (let round = 1; round <= 8; round += 1) {
    for (const board of ['L', 'A', 'B']) {
      const verdicts = bench.unlock({ board, channel: round, pulseMs: 1_000 });
      bench.clock.advance(1_500);
      expect(verdicts).toEqual([{ kind: 'Answered', reply: { kind: 'done' } }]);
      expect(bench.contacts(board)[round - 1]).toBe(false);
    }
  }
  expect(bench.wall.boards.map(({ pulses }) => pulses.length)).toEqual([8, 8, 8]);
  expect(bench.noise).toEqual([]);
  for (const { noReply, badReply } of bench.bus.stats().values()) {
    expect([noReply, badReply]).toEqual([0, 0]);
  }
});

test('a relay board is given the silence that ends a frame after a line, too', () => {
  const bench = new Bench({ boards: MIXED }).started();
  for (const { id } of MIXED) bench.bus.hurry(id, 5_000);
  bench.clock.advance(5_000);
  expect(bench.bus.stats().get('A')).toMatchObject({ noReply: 0, badReply: 0 });
  expect(bench.health.map(({ health }) => health)).not.toContain('quiet');
});
