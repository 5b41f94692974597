import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Decoded, FrameDecoder } from '../../../../hardware/wire/waveshare-relay-d/decoder.ts';
import {
  encodeFrame,
  type ModbusFrame,
} from '../../../../hardware/wire/waveshare-relay-d/frame.ts';
import { HELD_BYTES_MAX } from '../../../../hardware/wire/waveshare-relay-d/limits.ts';
import { seededRandom } from '../../../../sim/random.ts';
import { bytesOf, vectors } from './vectors.ts';

function outcomes(decoded: readonly Decoded[]): (string | ModbusFrame)[] {
  return decoded.map((item) => ('reason' in item ? item.reason : item.frame));
}

const byte = fc.integer({ min: 0, max: 255 });
const address = fc.integer({ min: 1, max: 247 });

/** Any frame of the family. */
const goodFrames: fc.Arbitrary<ModbusFrame> = fc.oneof(
  fc.record({ address, code: fc.constant(5), data: fc.tuple(byte, byte, byte, byte) }),
  fc.record({
    address,
    code: fc.constantFrom(1, 2),
    data: fc.tuple(fc.constant(0), byte, byte, byte),
  }),
  fc.record({ address, code: fc.constantFrom(1, 2), data: fc.tuple(fc.constant(1), byte) }),
  fc.record({ address, code: fc.constantFrom(0x81, 0x82, 0x85), data: fc.tuple(byte) }),
);

/** Bytes as a wire may carry them: anything, with pieces of frames more often. */
const noise = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.array(fc.constantFrom(0, 1, 2, 5, 0x82, 0x85), { maxLength: 20 }),
      goodFrames.map(encodeFrame),
      goodFrames.map((frame) => encodeFrame(frame).subarray(0, 4)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

test.each(vectors.unspoken)('understood and never said: $about', ({ bytes, frame }) => {
  expect(outcomes(new FrameDecoder().push(bytesOf(bytes)))).toEqual([frame]);
  expect(encodeFrame(frame)).toEqual(bytesOf(bytes));
});

test.each(vectors.bad)('bad vector: $about', ({ bytes, reason }) => {
  const decoder = new FrameDecoder();
  expect(decoder.push(bytesOf(bytes))).toEqual([]);
  expect(decoder.gap()).toEqual([{ reason, text: bytes }]);
});

test('a million random bytes pass in bounded memory, and the ten frames behind are decoded', () => {
  const decoder = new FrameDecoder();
  const random = seededRandom(20);
  let frames = 0;
  for (let chunk = 0; chunk < 10_000; chunk += 1) {
    frames += decoder.push(random.bytes(100)).filter((item) => 'frame' in item).length;
    expect(decoder.heldBytes).toBeLessThanOrEqual(HELD_BYTES_MAX);
  }
  // Of so many bytes a checksum of 16 bits lets one or two pass by chance.
  expect(frames).toBeLessThan(4);
  decoder.gap();
  const good = Array.from({ length: 10 }, (_, index) => {
    return { address: index + 1, code: 2, data: [1, 17 * index] };
  });
  const decoded = good.flatMap((frame) => outcomes(decoder.push(encodeFrame(frame))));
  expect(decoded).toEqual(good);
  expect(decoder.heldBytes).toBe(0);
}, 5_000);

test('no input makes it throw or hold more than its limit', () => {
  fc.assert(
    fc.property(fc.array(noise), (chunks) => {
      const decoder = new FrameDecoder();
      for (const chunk of chunks) {
        decoder.push(chunk);
        expect(decoder.heldBytes).toBeLessThanOrEqual(HELD_BYTES_MAX);
      }
      decoder.gap();
      expect(decoder.heldBytes).toBe(0);
    }),
  );
});

test('a good frame is found behind any noise, after a gap and without one', () => {
  fc.assert(
    fc.property(noise, goodFrames, fc.boolean(), (before, frame, gap) => {
      const decoder = new FrameDecoder();
      decoder.push(before);
      if (gap) decoder.gap();
      expect(outcomes(decoder.push(encodeFrame(frame))).at(-1)).toEqual(frame);
    }),
  );
});

test('the borders of chunks mean nothing', () => {
  fc.assert(
    fc.property(noise, fc.array(fc.integer({ min: 1, max: 50 })), (bytes, sizes) => {
      const pieces = new FrameDecoder();
      const decoded: Decoded[] = [];
      let from = 0;
      for (const size of sizes) {
        decoded.push(...pieces.push(bytes.subarray(from, from + size)));
        from += size;
      }
      decoded.push(...pieces.push(bytes.subarray(from)));
      expect(decoded).toEqual(new FrameDecoder().push(bytes));
    }),
  );
});

test('every byte is either in a frame or reported, in order', () => {
  fc.assert(
    fc.property(noise, (bytes) => {
      const decoder = new FrameDecoder();
      const decoded = [...decoder.push(bytes), ...decoder.gap()];
      expect(bytesOf(decoded.map(({ text }) => text).join(' '))).toEqual(bytes);
    }),
  );
});

test('no single changed bit passes', () => {
  fc.assert(
    fc.property(goodFrames, fc.nat(), (frame, place) => {
      const bytes = encodeFrame(frame);
      const at = place % (bytes.length * 8);
      bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
      expect(outcomes(new FrameDecoder().push(bytes))).not.toContainEqual(frame);
    }),
  );
});

test('no frame that the driver or its boards say hides a shorter one', () => {
  const decoder = new FrameDecoder();
  for (let board = 1; board <= 247; board += 1) {
    const frames: [number, readonly number[]][] = [
      [5, [0, 0xff, 0, 0]],
      [2, [0, 0, 0, 8]],
    ];
    for (let value = 0; value < 256; value += 1) frames.push([2, [1, value]]);
    for (let code = 1; code <= 11; code += 1) frames.push([0x82, [code]], [0x85, [code]]);
    for (let relay = 0; relay < 8; relay += 1) {
      for (let steps = 1; steps <= 20; steps += 1) frames.push([5, [2, relay, 0, steps]]);
    }
    const bytes = frames.flatMap(([code, data]) => [
      ...encodeFrame({ address: board, code, data }),
    ]);
    const decoded = outcomes(decoder.push(Uint8Array.from(bytes)));
    expect(decoded).toEqual(frames.map(([code, data]) => ({ address: board, code, data })));
  }
});

test('what stands in front of a good frame costs only itself', () => {
  const cut = bytesOf('01 02 01');
  const corrupt = bytesOf('01 02 01 04 61 8B');
  const good = bytesOf('01 02 01 05 61 8B');
  for (const [front, reason] of [
    [bytesOf('FA FD 99 99'), 'garbage'],
    [cut, 'half-frame'],
    [corrupt, 'checksum'],
    [new Uint8Array(100).fill(5), 'garbage'],
  ] as const) {
    const decoded = outcomes(new FrameDecoder().push(Uint8Array.from([...front, ...good])));
    expect(decoded.at(-1)).toEqual({ address: 1, code: 2, data: [1, 5] });
    expect(new Set(decoded.slice(0, -1))).toEqual(new Set([reason]));
  }
});
